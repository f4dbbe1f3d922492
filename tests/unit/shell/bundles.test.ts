import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contentSecurityPolicy } from '../../../main/lib/content-security-policy.ts'
import { buildConsole } from '../../../scripts/setup.mjs'
import { startShellProcess } from '../../helpers/electron/shell-process.ts'
import type { ShellProcess } from '../../helpers/electron/shell-process.ts'

/** These run out/main and out/preload as they are shipped, with a stand-in for the `electron` module. */
let dataDir: string
let shell: ShellProcess

beforeAll(async () => {
  await buildConsole()
  dataDir = mkdtempSync(join(tmpdir(), 'desk-shell-'))
  shell = await startShellProcess(dataDir)
}, 120_000)

afterAll(async () => {
  await shell[Symbol.asyncDispose]()
  rmSync(dataDir, { recursive: true })
})

const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'desk-shell-'))
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, maxRetries: 5 }) }
}

describe('the window', () => {
  test('has no power of its own', async () => {
    const facts = await shell.acts.facts()
    expect({ ...(facts.windows[0]?.['webPreferences'] as object), preload: 'see below' }).toEqual({
      preload: 'see below',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    })
  })

  test('loads the console from its own scheme, in a sandbox, with its profile in the data folder', async () => {
    const { loaded, schemes, isSandboxEnabled, userData } = await shell.acts.facts()
    expect({ loaded, schemes, isSandboxEnabled, userData }).toEqual({
      loaded: ['app://console/'],
      schemes: [{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }],
      isSandboxEnabled: true,
      userData: join(dataDir, 'window'),
    })
  })

  test('can be zoomed by keyboard, with and without Shift', async () => {
    const { menu } = await shell.acts.facts()
    const view = (menu as { label?: string; submenu?: { role?: string; accelerator?: string }[] }[]).find(
      (item) => item.label === 'View',
    )
    expect(
      view?.submenu?.filter((item) => /zoom/i.test(item.role ?? '')).map((item) => item.accelerator),
    ).toEqual(['CommandOrControl+Plus', 'CommandOrControl+=', 'CommandOrControl+-', 'CommandOrControl+0'])
  })
})

describe('the page', () => {
  test('gets two functions from the preload and nothing else', async () => {
    expect(await shell.acts.exposed()).toEqual({ desk: ['invoke', 'subscribe'] })
  })

  test('calls the desk through the preload and gets an envelope', async () => {
    expect(await shell.acts.throughPreload('desk.status', {})).toMatchObject({
      ok: true,
      value: { dataDir, platform: process.platform },
    })
  })

  test('hears events through the preload', async () => {
    expect(
      await shell.acts.eventThroughPreload('settings.changed', 'settings.update', { density: 'compact' }),
    ).toEqual({})
  })

  test.each([
    ['a frame inside the page', { isMainFrame: false }],
    ['another origin', { url: 'https://mail.example/' }],
    ['a look-alike of the scheme', { url: 'app://console.example/' }],
    ['a local file', { url: 'file:///home/ana/letter.html' }],
    ['another window', { isOurContents: false }],
    ['a frame that is gone', { isGone: true }],
  ])('is not answered when the sender is %s', async (_, sender) => {
    expect(await shell.acts.invoke(sender, 'settings.get', {})).toEqual({
      ok: false,
      error: {
        code: 'contract.untrusted_sender',
        details: {},
        retryable: false,
        errorId: expect.any(String) as string,
      },
    })
  })

  test('is refused, not thrown at, when it calls what does not exist', async () => {
    expect(await shell.acts.invoke({}, { not: 'a name' }, null)).toMatchObject({
      ok: false,
      error: { code: 'contract.unknown_endpoint' },
    })
  })
})

describe('app://console/', () => {
  test('serves the page under the policy, at every address of a place', async () => {
    const answers = await Promise.all(
      ['app://console/', 'app://console/queue/7'].map((url) => shell.acts.fetch(url)),
    )
    const page = readFileSync('out/renderer/index.html', 'utf8')
    expect(
      answers.map(({ status, headers, body }) => [
        status,
        headers['content-type'],
        headers['content-security-policy'],
        body === page,
      ]),
    ).toEqual(Array(2).fill([200, 'text/html; charset=utf-8', contentSecurityPolicy, true]))
  })

  test.each([
    ['app://console/%2e%2e/%2e%2e/package.json', 404],
    ['app://console/..%2f..%2fpackage.json', 403],
    ['app://console/..%5c..%5cpackage.json', 403],
    ['app://console/%00.html', 403],
    ['app://console/%zz', 403],
    ['app://console/assets/none.js', 404],
    ['app://elsewhere/index.html', 404],
  ])('answers %s with %i and no content', async (url, status) => {
    const answer = await shell.acts.fetch(url)
    expect([answer.status, answer.body]).toEqual([status, ''])
  })

  test('takes no other method than GET and HEAD', async () => {
    expect((await shell.acts.fetch('app://console/', 'POST')).status).toBe(405)
  })
})

describe('the program', () => {
  test('starts once: the second start brings the first one’s window forward', async () => {
    using place = newFolder()
    await using first = await startShellProcess(place.folder)
    await first.acts.minimize()
    await first.acts.secondInstance()
    await using second = await startShellProcess(place.folder, { hasLock: false })
    expect([(await first.acts.facts()).windowActs, await second.ended]).toEqual([
      ['show', 'restore', 'show', 'focus'],
      0,
    ])
  })

  test('puts the desk away before it ends', async () => {
    using place = newFolder()
    await using program = await startShellProcess(place.folder)
    await program.acts.invoke({}, 'settings.update', { operatorName: 'Ana' })
    void program.acts.quit().catch(() => undefined)
    const exitCode = await program.ended
    // SQLite removes its journal when the last connection is closed in order.
    expect([exitCode, existsSync(join(place.folder, 'desk.sqlite-wal'))]).toEqual([0, false])
  })

  test('opens the next window where the last one was', async () => {
    using place = newFolder()
    {
      await using program = await startShellProcess(place.folder)
      void program.acts.closeWindow({ x: 40, y: 60, width: 1000, height: 700 }).catch(() => undefined)
      await program.ended
    }
    await using again = await startShellProcess(place.folder)
    expect((await again.acts.facts()).windows[0]).toMatchObject({ x: 40, y: 60, width: 1000, height: 700 })
  })

  test('goes on in the tray when its window is closed while something is scheduled', async () => {
    using place = newFolder()
    await using program = await startShellProcess(place.folder)
    const { acts } = program
    await acts.throughPreload('schedules.create', {
      kind: 'archive.scrub',
      target: { archiveId: 'archive', mailboxIds: [], planId: null },
      recurrence: { every: 'week', weekdays: [6], atMinute: 0 },
      window: null,
      onBattery: false,
      onMetered: false,
      enabled: true,
    })
    await acts.closeWindow({ x: 40, y: 60, width: 1000, height: 700 })
    await acts.clickTray('Show Mail Desk')
    expect((await acts.facts()).windows).toHaveLength(2)
  })

  test('says in words why the desk cannot be opened, and ends', async () => {
    using place = newFolder()
    writeFileSync(join(place.folder, 'desk.sqlite'), 'this is no database, and long enough to be read as one')
    await using program = await startShellProcess(place.folder)
    const exitCode = await program.ended
    expect([exitCode, program.lastFacts().errorBoxes, program.lastFacts().windows]).toEqual([
      1,
      [
        [
          `The database ${join(place.folder, 'desk.sqlite')} is damaged.`,
          `Restore it from a backup; archives are not affected.\n\nThe log is in ${join(place.folder, 'logs')}.`,
        ],
      ],
      [],
    ])
  })
})
