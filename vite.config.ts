import react from '@vitejs/plugin-react'
import { resolve } from 'node:path'
import { defineConfig, type Plugin } from 'vite'

/**
 * Every screen has an address of its own, in the browser and under Electron's own protocol, so files are found
 * from the root. electron-vite sets `base` to './' for pages that are opened as files; this comes after it.
 */
const absolutePaths: Plugin = { name: 'absolute-paths', enforce: 'post', config: () => ({ base: '/' }) }

/** How the page is built; used by electron.vite.config.ts, and by `vite build` for the page alone. */
export const rendererConfig = defineConfig({
  root: resolve('renderer'),
  plugins: [react(), absolutePaths],
  build: {
    outDir: resolve('out/renderer'),
    emptyOutDir: true,
    // Chromium of Electron and of the browser host's users; no transforms for older engines.
    target: 'chrome130',
    // electron-vite leaves scripts as long as they are; the browser host serves them too.
    minify: 'oxc',
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
