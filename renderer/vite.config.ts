import react from '@vitejs/plugin-react'
import { fileURLToPath, URL } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** How the page is built; used by electron.vite.config.ts and by `vite build renderer` on its own. */
export const rendererConfig = defineConfig({
  root: here('.'),
  // Absolute paths: every screen has an address of its own, in the browser and under Electron's own protocol.
  base: '/',
  plugins: [react()],
  build: {
    outDir: here('../out/renderer'),
    emptyOutDir: true,
    // Chromium of Electron and of the browser host's users; no transforms for older engines.
    target: 'chrome130',
    rolldownOptions: {
      input: { index: here('index.html') },
      output: {
        // What every screen needs changes seldom: it is kept apart from the screens, which load when opened.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|react-router|scheduler)\//, priority: 3 },
            { name: 'contract', test: /node_modules\/zod\/|\/core\/[^/]+\/contract\.ts/, priority: 2 },
          ],
        },
      },
    },
  },
})

export default rendererConfig
