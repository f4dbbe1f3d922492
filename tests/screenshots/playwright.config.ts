import { defineConfig } from '@playwright/test'
import base from '../../playwright.config.ts'

/** `npm run screenshots`: the pictures of the README and the guides, taken from a real desk. */
export default defineConfig({
  ...base,
  testDir: '.',
  outputDir: '../../test-results/screenshots',
  projects: [{ name: 'screenshots' }],
  use: { ...base.use, viewport: { width: 1360, height: 850 } },
})
