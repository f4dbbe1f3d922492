import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Dialog } from 'electron'
import type { AppUpdater } from 'electron-updater'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { silentLogger } from '../../../main/lib/logger.ts'
import { watchForUpdates } from '../../../main/shell/updater.ts'

let resourcesDir: string
let acts: string[]

beforeEach(() => {
  resourcesDir = mkdtempSync(join(tmpdir(), 'desk-updater-'))
  acts = []
})

afterEach(() => rmSync(resourcesDir, { recursive: true }))

/** An updater that finds version 2, downloads it when told, and keeps what it was told. */
function createUpdater(check: () => Promise<void> = () => Promise.resolve()) {
  const updater = Object.assign(new EventEmitter(), {
    autoDownload: true,
    autoInstallOnAppQuit: true,
    checkForUpdates: async () => {
      acts.push('check')
      await check()
      updater.emit('update-available', { version: '2.0.0' })
    },
    downloadUpdate: () => {
      acts.push('download')
      updater.emit('update-downloaded', { version: '2.0.0' })
      return Promise.resolve()
    },
    quitAndInstall: () => acts.push('install'),
  })
  return updater
}

async function watch(given: {
  readonly isPackaged?: boolean
  readonly answers?: readonly number[]
  readonly updater?: ReturnType<typeof createUpdater>
}) {
  const answers = [...(given.answers ?? [])]
  const updater = given.updater ?? createUpdater()
  const errors: unknown[] = []
  const showMessageBox = ({ message }: { message: string }) => {
    acts.push(message)
    return Promise.resolve({ response: answers.shift() ?? 1 })
  }
  const parts = {
    isPackaged: given.isPackaged ?? true,
    resourcesDir,
    dialog: { showMessageBox } as unknown as Dialog,
    logger: { ...silentLogger, error: (facts: object) => void errors.push(facts) },
  }
  await watchForUpdates(parts, () => Promise.resolve(updater as unknown as AppUpdater))
  await new Promise(setImmediate)
  return { updater, errors }
}

const withFeed = () => writeFileSync(join(resourcesDir, 'app-update.yml'), 'provider: generic\n')

test.each([
  ['a checkout', { isPackaged: false }, true],
  ['a package without a feed', { isPackaged: true }, false],
])('%s never looks for updates', async (_, given, hasFeed) => {
  if (hasFeed) withFeed()
  await watch(given)
  expect(acts).toEqual([])
})

test('nothing is fetched before somebody has said yes', async () => {
  withFeed()
  const { updater } = await watch({ answers: [1] })
  expect([acts, updater.autoDownload, updater.autoInstallOnAppQuit]).toEqual([
    ['check', 'Mail Desk 2.0.0 is there.'],
    false,
    false,
  ])
})

test('nothing is installed before somebody has said yes again', async () => {
  withFeed()
  await watch({ answers: [0, 1] })
  expect(acts).toEqual([
    'check',
    'Mail Desk 2.0.0 is there.',
    'download',
    'Mail Desk 2.0.0 is ready to be installed.',
  ])
})

test('two yeses install it', async () => {
  withFeed()
  await watch({ answers: [0, 0] })
  expect(acts.at(-1)).toBe('install')
})

test('a feed that cannot be reached is logged and changes nothing', async () => {
  withFeed()
  const err = new Error('no network')
  const { errors } = await watch({ updater: createUpdater(() => Promise.reject(err)) })
  expect([acts, errors]).toEqual([['check'], [{ err }]])
})
