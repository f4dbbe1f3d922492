import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      // Generous limits: some of these start whole programs, and a small machine may have others to run.
      { test: { name: 'unit', include: ['tests/unit/**/*.test.{ts,tsx}'], testTimeout: 60_000 } },
      { test: { name: 'db', include: ['tests/db/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: ['tests/helpers/global-servers.ts'],
          // Real servers, real fsyncs and processes that are killed: on a busy machine each takes its time.
          testTimeout: 180_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      // One test a fault, side by side: most of them wait for a server that never answers.
      { test: { name: 'faults', include: ['tests/faults/**/*.test.ts'], maxConcurrency: 6 } },
    ],
  },
})
