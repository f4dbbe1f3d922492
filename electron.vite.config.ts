import { globSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { defineConfig } from 'electron-vite'
import { rendererConfig } from './vite.config.ts'

/** Every file `*.worker.ts` under main is an entry of its own, so that a thread can be started from it. */
const workers = Object.fromEntries(
  globSync('main/**/*.worker.ts').map((file) => [basename(file, '.ts').replace('.worker', '-worker'), file]),
)

/** What `npm run build` makes: out/main (ES modules), out/preload (one CommonJS file), out/renderer (the page). */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      // Dependencies stay outside by themselves; an optional one must be named, or its binary is copied in. Drizzle
      // is bundled: as packaged, importing its SQLite part loads every dialect, 200 MB and half a second a thread. So is
      // zod, which else brings its messages in fifty languages into every thread (7 MB each).
      externalizeDeps: { include: ['keytar'], exclude: ['drizzle-orm', 'zod'] },
      rolldownOptions: {
        input: {
          index: resolve('main/index.ts'),
          cli: resolve('main/cli/index.ts'),
          'db-worker': resolve('db/worker.ts'),
          ...workers,
        },
        // Shared code lies beside the entries: what finds a worker or the migrations by its own address
        // (main/lib/worker-url.ts, db/migrate.ts) then finds it from every file.
        output: { chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload cannot require packages: everything it needs is bundled.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve('preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: rendererConfig,
})
