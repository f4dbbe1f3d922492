import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Dialog } from 'electron'
import type { AppUpdater } from 'electron-updater'
import type { Logger } from '../lib/logger.ts'

/** What the updater needs of the program around it. */
export interface UpdaterParts {
  readonly isPackaged: boolean
  /** Holds `app-update.yml` when a feed was configured. */
  readonly resourcesDir: string
  readonly dialog: Dialog
  readonly logger: Logger
}

/**
 * Looks for a new version, where the package was built with a feed to look at. Nothing is fetched and nothing is
 * installed before somebody has said yes to it; a failure is logged and changes nothing.
 */
export async function watchForUpdates(
  parts: UpdaterParts,
  load: () => Promise<AppUpdater> = loadUpdater,
): Promise<void> {
  const hasFeed = parts.isPackaged && existsSync(join(parts.resourcesDir, 'app-update.yml'))
  if (!hasFeed) return
  const updater = await load()
  updater.autoDownload = false
  updater.autoInstallOnAppQuit = false
  const failed = (err: unknown) => parts.logger.error({ err }, 'update')
  updater.on('error', failed)
  updater.on(
    'update-available',
    (info) => void offerDownload(updater, parts.dialog, info.version).catch(failed),
  )
  updater.on(
    'update-downloaded',
    (info) => void offerInstall(updater, parts.dialog, info.version).catch(failed),
  )
  // Its failure is told by the error event above, too.
  await updater.checkForUpdates().catch(failed)
}

async function loadUpdater(): Promise<AppUpdater> {
  const { default: electronUpdater } = await import('electron-updater')
  return electronUpdater.autoUpdater
}

async function offerDownload(updater: AppUpdater, dialog: Dialog, version: string): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'info',
    message: `Mail Desk ${version} is there.`,
    detail: 'It is fetched while you work. Before it is installed you are asked again.',
    buttons: ['Fetch update', 'Not now'],
    defaultId: 0,
    cancelId: 1,
  })
  if (response === 0) await updater.downloadUpdate()
}

async function offerInstall(updater: AppUpdater, dialog: Dialog, version: string): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'info',
    message: `Mail Desk ${version} is ready to be installed.`,
    detail: 'Running work is stopped at a safe point; nothing that was reported is lost.',
    buttons: ['Restart and install', 'Not now'],
    defaultId: 0,
    cancelId: 1,
  })
  if (response === 0) updater.quitAndInstall()
}
