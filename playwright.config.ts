import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

/** Where distributions put Chromium; elsewhere Playwright finds Chrome by its channel. */
const chromium = [
  process.env['MAIL_DESK_CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== '' && existsSync(path))

/** End-to-end tests: the served console in Chromium, and Electron where its runtime is. Build first. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // Every test serves a desk of its own; two at once are what a small machine can carry.
  workers: 2,
  forbidOnly: process.env['CI'] === 'true',
  reporter: 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    actionTimeout: 15_000,
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      args: [
        // Chromium's own sandbox cannot be set up by root (containers, CI).
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
    ...(chromium === undefined ? { channel: 'chrome' } : {}),
  },
  projects: [
    { name: 'console', testIgnore: 'electron.spec.ts' },
    { name: 'electron', testMatch: 'electron.spec.ts' },
  ],
})
