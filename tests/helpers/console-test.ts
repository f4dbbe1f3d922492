import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import type { DeskOptions } from '../../main/compose.ts'
import { serveConsole, type ServedConsole } from '../../main/serve/index.ts'
import { createTestDesk, type TestDesk } from './test-desk.ts'

/** What every test of the console gets: a desk of its own, served, and a page that has opened its link. */
interface ConsoleFixtures {
  /** Parts of the desk that a test replaces, by `test.use`. */
  readonly deskOptions: Partial<DeskOptions>
  readonly testDesk: TestDesk
  readonly served: ServedConsole
  /** Opens a screen by its address, signing in first. */
  readonly open: (path: string) => Promise<Page>
  /** Keeps a screenshot with the results, and fails on serious accessibility violations. */
  readonly look: (name: string) => Promise<void>
}

/** The page under test: what `npm run build` made, or another build that MAIL_DESK_PAGE names. */
const assetsDir =
  process.env['MAIL_DESK_PAGE'] ?? fileURLToPath(new URL('../../out/renderer', import.meta.url))

/** Playwright's `test` on a real desk behind the real browser host. */
export const test = base.extend<ConsoleFixtures>({
  // A screenshot in the middle of a fade shows nothing that anybody sees.
  contextOptions: { reducedMotion: 'reduce' },
  deskOptions: [{}, { option: true }],
  testDesk: async ({ deskOptions }, use) => {
    const testDesk = await createTestDesk(deskOptions)
    await use(testDesk)
    await testDesk.dispose()
  },
  served: async ({ testDesk }, use) => {
    const served = await serveConsole({ desk: testDesk.desk, assetsDir, port: 0, host: '127.0.0.1' })
    await use(served)
    await served.close()
  },
  open: async ({ served, page }, use) => {
    let signedIn = false
    await use(async (path) => {
      if (!signedIn) await page.goto(served.url)
      signedIn = true
      await page.goto(new URL(path, served.url).href)
      return page
    })
  },
  look: async ({ page }, use, info) => {
    await use(async (name) => {
      await page.screenshot({ path: info.outputPath(`${name}.png`) })
      // The frame that shows mail runs no script, and so none of axe either: its content is the sender's.
      const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze()
      const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect(grave.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.html) }))).toEqual([])
    })
  },
})

export { expect }
