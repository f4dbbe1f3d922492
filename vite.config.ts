import react from '@vitejs/plugin-react'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'

/** How the page is built; used by electron.vite.config.ts, and by `vite build` for the page alone. */
export const rendererConfig = defineConfig({
  root: resolve('renderer'),
  // Absolute paths: every screen has an address of its own, in the browser and under Electron's own protocol.
  base: '/',
  plugins: [react()],
  build: {
    outDir: resolve('out/renderer'),
    emptyOutDir: true,
    // Chromium of Electron and of the browser host's users; no transforms for older engines.
    target: 'chrome130',
    rolldownOptions: {
      input: { index: resolve('renderer/index.html') },
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
