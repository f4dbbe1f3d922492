import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, expect, test } from '@playwright/test'
import type { ElectronApplication } from '@playwright/test'
import { findElectron, whyNoWindow } from '../../scripts/electron-runtime.mjs'

/** The packaged order of things in real Electron, where its runtime is. Build first. */
const runtime = findElectron()
const noWindow = whyNoWindow()

test.skip(runtime === null, 'Electron’s runtime is not here: `npx install-electron` fetches it.')
test.skip(noWindow !== null, `Electron cannot open a window: ${noWindow ?? ''}.`)

let dataDir: string
let program: ElectronApplication

test.beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'desk-electron-'))
  program = await _electron.launch({
    executablePath: runtime ?? '',
    args: ['.'],
    env: { ...(process.env as Record<string, string>), MAIL_DESK_DATA_DIR: dataDir },
  })
})

test.afterEach(async () => {
  await program.close()
  rmSync(dataDir, { recursive: true })
})

test('opens the console in a window, from its own scheme', async () => {
  const page = await program.firstWindow()
  await expect(page.getByRole('navigation').first()).toBeVisible()
  expect(page.url()).toMatch(/^app:\/\/console\//)
})

test('gives the page a bridge to the desk and no Node', async () => {
  const page = await program.firstWindow()
  const inPage = await page.evaluate(async () => ({
    status: await window.desk?.invoke('desk.status', {}),
    node: typeof (globalThis as { require?: unknown }).require,
    process: typeof (globalThis as { process?: unknown }).process,
  }))
  expect(inPage).toMatchObject({ status: { ok: true }, node: 'undefined', process: 'undefined' })
})

test('keeps the page from the network and from other origins', async () => {
  const page = await program.firstWindow()
  const reached = await page.evaluate(() =>
    fetch('http://127.0.0.1:1/').then(
      () => 'answered',
      () => 'refused',
    ),
  )
  await page.evaluate(() => {
    window.location.href = 'https://mail.example/'
  })
  expect([reached, page.url().slice(0, 14)]).toEqual(['refused', 'app://console/'])
})

test('puts the database away when it quits', async () => {
  await program.firstWindow()
  const ended = program.waitForEvent('close')
  await program.evaluate(({ app }) => app.quit())
  await ended
  expect(existsSync(join(dataDir, 'desk.sqlite-wal'))).toBe(false)
})
