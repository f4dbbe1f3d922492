import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Job } from '../../../core/jobs/contract.ts'
import { createInlineDbClient } from '../../../db/inline-client.ts'
import { buildConsole } from '../../../scripts/setup.mjs'
import { startShellProcess } from '../../helpers/electron/shell-process.ts'
import type { ShellProcess } from '../../helpers/electron/shell-process.ts'

/** What the built shell refuses, and what it asks a person about. */
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

const outside = [
  'https://mail.example/',
  'http://console/',
  'file:///etc/passwd',
  'app://console.example/',
  'data:text/html,x',
]

describe('navigation', () => {
  test.each(outside)('of the window to %s is refused', async (url) => {
    expect(await shell.acts.navigate('will-navigate', url)).toBe(true)
  })

  test.each(outside)('of a frame to %s is refused', async (url) => {
    expect(await shell.acts.navigate('will-frame-navigate', url)).toBe(true)
  })

  test('by redirection is refused', async () => {
    expect(await shell.acts.navigate('will-redirect', 'https://mail.example/')).toBe(true)
  })

  test('inside the console, and of a mail’s own frame, is allowed', async () => {
    expect([
      await shell.acts.navigate('will-navigate', 'app://console/queue'),
      await shell.acts.navigate('will-frame-navigate', 'about:srcdoc'),
    ]).toEqual([false, false])
  })

  test('never gives a page a webview', async () => {
    expect(await shell.acts.attachWebview()).toBe(true)
  })
})

describe('a link that wants out', () => {
  const openedBy = async (url: string, response: number) => {
    const before = await shell.acts.facts()
    await shell.acts.answerQuestions(response)
    const action = await shell.acts.openWindow(url)
    const after = await shell.acts.facts()
    return {
      action,
      asked: after.questions.slice(before.questions.length),
      opened: after.openedOutside.slice(before.openedOutside.length),
    }
  }

  test('is opened outside when the person agrees to its real target', async () => {
    expect(await openedBy('https://mail.example/reset?id=1', 0)).toEqual({
      action: 'deny',
      asked: [{ message: 'Open mail.example outside Mail Desk?', detail: 'https://mail.example/reset?id=1' }],
      opened: ['https://mail.example/reset?id=1'],
    })
  })

  test('stays closed when the person does not agree', async () => {
    expect(await openedBy('mailto:ana@harbour.example', 1)).toEqual({
      action: 'deny',
      asked: [
        { message: 'Open ana@harbour.example outside Mail Desk?', detail: 'mailto:ana@harbour.example' },
      ],
      opened: [],
    })
  })

  test.each([
    'http://mail.example/',
    'file:///etc/passwd',
    'smb://server/share',
    'javascript:alert(1)',
    'ms-msdt:/id',
    'https://mail.example@evil.example/',
    'mailto:ana@harbour.example?attach=/etc/passwd',
    `https://mail.example/${'x'.repeat(3000)}`,
    'not a link',
  ])('is refused without a question: %s', async (url) => {
    expect(await openedBy(url, 0)).toEqual({ action: 'deny', asked: [], opened: [] })
  })
})

describe('permissions', () => {
  test.each(['media', 'geolocation', 'notifications', 'clipboard-read', 'fileSystem', 'openExternal', 'usb'])(
    '%s is refused, whether asked or looked up',
    async (permission) => {
      expect([
        await shell.acts.askPermission(permission, 'app://console/'),
        await shell.acts.checkPermission(permission, 'app://console'),
      ]).toEqual([false, false])
    },
  )

  test('to copy text is given to the console and to no other page', async () => {
    const copy = 'clipboard-sanitized-write'
    expect([
      await shell.acts.checkPermission(copy, 'app://console'),
      await shell.acts.askPermission(copy, 'https://mail.example/'),
      await shell.acts.checkPermission(copy, ''),
    ]).toEqual([true, false, false])
  })

  test('to use a device is refused', async () => {
    expect(await shell.acts.askDevice()).toBe(false)
  })

  test('to reach a network from the page is refused; the console’s own files are not on one', async () => {
    const urls = [
      'https://tracker.example/p.gif',
      'http://127.0.0.1:25/',
      'wss://mail.example/',
      'file:///etc/passwd',
    ]
    expect([
      await Promise.all(urls.map((url) => shell.acts.request(url))),
      await shell.acts.request('app://console/assets/a.js'),
    ]).toEqual([[false, false, false, false], true])
  })

  test('to save a file is given for what the console made itself', async () => {
    expect([
      await shell.acts.download('blob:app://console/0a1b'),
      await shell.acts.download('https://mail.example/invoice.exe'),
      await shell.acts.download('data:text/html,x'),
    ]).toEqual([false, true, true])
  })
})

describe('the window', () => {
  test('that crashed is offered a reload', async () => {
    await shell.acts.answerQuestions(0)
    await shell.acts.crash('oom')
    const { questions, windowActs } = await shell.acts.facts()
    expect([questions.at(-1)?.message, windowActs.at(-1)]).toEqual([
      'The window of Mail Desk has crashed.',
      'reload',
    ])
  })

  test('can be closed while work runs: the tray brings it back', async () => {
    const db = createInlineDbClient(join(dataDir, 'desk.sqlite'))
    await db.jobs.putJob(runningJob)
    await db.close()
    await shell.acts.closeWindow({ x: 0, y: 0, width: 1000, height: 700 })
    await shell.acts.clickTray('Show Mail Desk')
    const { windows, trayMenu } = await shell.acts.facts()
    expect([windows.length, trayMenu]).toEqual([2, ['Show Mail Desk', 'Quit Mail Desk']])
  })
})

const runningJob: Job = {
  runId: '01990000-0000-7000-8000-000000000001',
  kind: 'archive.pull',
  title: 'Archive ana@harbour.example',
  state: 'running',
  progress: { done: 1, total: null, unit: 'messages', ratePerSecond: null, item: null },
  startedAtMs: 1_700_000_000_000,
  endedAtMs: null,
  outcome: null,
  errorCode: null,
  pausable: true,
}
