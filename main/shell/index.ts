import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { dialog, ipcMain, Notification, protocol, session, shell } from 'electron'
import type { App, BrowserWindow } from 'electron'
import type { OutputOf } from '../../core/contract/index.ts'
import { AppError } from '../../core/errors.ts'
import type { Desk } from '../compose.ts'
import { chooseDataDir } from '../lib/data-dir.ts'
import { registerConsoleScheme, serveConsole } from './app-protocol.ts'
import { openExternalLink } from './external-links.ts'
import { guardContents } from './guard-contents.ts'
import { guardSession } from './guard-session.ts'
import { attachIpc } from './ipc.ts'
import { setMenu } from './menu.ts'
import { notifyOfEndedJobs } from './notifications.ts'
import { showStartupFailure } from './startup-failure.ts'
import { createTray } from './tray.ts'
import { watchForUpdates } from './updater.ts'
import { openWindow } from './window.ts'

/** Opens the desk whose data is in a folder; main/index.ts passes the composition. */
export type OpenDesk = (dataDir: string) => Promise<Desk>

const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Electron around the desk: one instance a data folder, one window, and nothing that a page could misuse. */
export async function startShell(app: App, openDesk: OpenDesk): Promise<void> {
  const asked = app.commandLine.getSwitchValue('data-dir')
  const dataDir = chooseDataDir(asked === '' ? undefined : asked, process.env, process.platform)
  try {
    if (!claim(app, dataDir)) {
      app.quit()
      return
    }
    registerConsoleScheme(protocol)
    app.enableSandbox()
    await app.whenReady()
    runShell(app, await openDesk(dataDir), dataDir)
  } catch (error) {
    showStartupFailure(dialog, error, join(dataDir, 'logs'))
    app.exit(1)
  }
}

/** Chromium's profile lies with the desk's data, so that the lock is one a desk, not one a computer. */
function claim(app: App, dataDir: string): boolean {
  const stateDir = stateDirOf(dataDir)
  try {
    mkdirSync(stateDir, { recursive: true })
  } catch (cause) {
    throw new AppError('file.not_writable', { details: { file: stateDir }, cause })
  }
  app.setPath('userData', stateDir)
  return app.requestSingleInstanceLock()
}

const stateDirOf = (dataDir: string) => join(dataDir, 'window')

function runShell(app: App, desk: Desk, dataDir: string): void {
  const { logger } = desk
  process.on('unhandledRejection', (err) => logger.error({ err }, 'unhandled rejection'))
  const views = createViews(app, desk, stateDirOf(dataDir))
  guardSession(session.defaultSession)
  app.on('web-contents-created', (_, contents) =>
    guardContents(contents, logger, (link) => {
      const window = views.window()
      if (window !== null) void openExternalLink(link, { shell, dialog, window })
    }),
  )
  serveConsole(protocol, beside('../renderer'))
  const detachIpc = attachIpc(ipcMain, desk, () => views.window()?.webContents ?? null)
  const stopNotifying = notifyOfEndedJobs(desk, {
    isLookedAt: () => views.window()?.isFocused() ?? false,
    show: (title, body) => showNotification(title, body, views.show),
  })
  setMenu({
    isPackaged: app.isPackaged,
    openDataFolder: () => void shell.openPath(dataDir),
    openLogFolder: () => void shell.openPath(join(dataDir, 'logs')),
  })
  const tray = createTray({
    icon: join(app.getAppPath(), 'build', 'tray.png'),
    showWindow: views.show,
    quit: () => app.quit(),
  })
  app.on('second-instance', views.show)
  app.on('activate', views.show)
  disposeBeforeQuit(app, async () => {
    stopNotifying()
    detachIpc()
    tray.destroy()
    await desk.dispose()
  })
  views.show()
  void watchForUpdates({ isPackaged: app.isPackaged, resourcesDir: process.resourcesPath, dialog, logger })
}

function showNotification(title: string, body: string, onClick: () => void): void {
  if (!Notification.isSupported()) return
  const notification = new Notification({ title, body })
  notification.on('click', onClick)
  notification.show()
}

/** The one window: opened when it is wanted, and again after it was closed. */
function createViews(
  app: App,
  desk: Desk,
  stateDir: string,
): { window(): BrowserWindow | null; show(): void } {
  let window: BrowserWindow | null = null
  const show = () => {
    if (window !== null) {
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
      return
    }
    const preload = beside('../preload/index.cjs')
    window = openWindow({ preload, stateDir, logger: desk.logger })
    window.on('closed', () => {
      window = null
    })
  }
  app.on('window-all-closed', () => void quitUnlessBusy(app, desk))
  return { window: () => window, show }
}

/** Long work outlives the window, and so do schedules; the tray is the way back. Without any, closing is quitting. */
async function quitUnlessBusy(app: App, desk: Desk): Promise<void> {
  if (process.platform === 'darwin' || (await isBusy(desk))) return
  app.quit()
}

async function isBusy(desk: Desk): Promise<boolean> {
  const context = { signal: new AbortController().signal, face: 'window' } as const
  const ask = async <T>(name: string, input: object): Promise<T | null> => {
    const envelope = await desk.call(name, input, context)
    return envelope.ok ? (envelope.value as T) : null
  }
  const work = await ask<OutputOf<'jobs.list'>>('jobs.list', { limit: 50 })
  const planned = await ask<OutputOf<'schedules.list'>>('schedules.list', {})
  return (
    (work?.jobs ?? []).some(({ state }) => state === 'running' || state === 'paused') ||
    (planned?.schedules ?? []).some(({ enabled }) => enabled)
  )
}

/** Work that does not heed its cancellation must not keep the program from ending. */
const longestFarewellMs = 20_000

/** Holds the end back until the desk has put everything away: jobs cancelled, the database closed. */
function disposeBeforeQuit(app: App, dispose: () => Promise<void>): void {
  let state: 'open' | 'closing' | 'closed' = 'open'
  app.on('will-quit', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'closing') return
    state = 'closing'
    void Promise.race([dispose(), setTimeout(longestFarewellMs)]).finally(() => {
      state = 'closed'
      app.quit()
    })
  })
}
