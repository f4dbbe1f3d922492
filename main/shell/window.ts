import { join } from 'node:path'
import { BrowserWindow, dialog, screen } from 'electron'
import type { Logger } from '../lib/logger.ts'
import { consoleUrl } from './console-url.ts'
import { readWindowState, writeWindowState } from './window-state.ts'

/** What the window is made from. */
export interface WindowParts {
  /** The bundled preload script. */
  readonly preload: string
  /** Where the window's place is kept. */
  readonly stateDir: string
  readonly logger: Logger
}

/** Opens the console in a window without any power of its own: sandboxed, isolated, without Node. */
export function openWindow(parts: WindowParts): BrowserWindow {
  const file = join(parts.stateDir, 'window.json')
  const state = readWindowState(
    file,
    screen.getAllDisplays().map((display) => display.workArea),
  )
  const { position, width, height, isMaximized, zoomLevel } = state
  const window = new BrowserWindow({
    ...position,
    width,
    height,
    minWidth: 720,
    minHeight: 480,
    title: 'Mail Desk',
    show: false,
    webPreferences: {
      preload: parts.preload,
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
    },
  })
  if (isMaximized) window.maximize()
  window.once('ready-to-show', () => {
    window.webContents.setZoomLevel(zoomLevel)
    window.show()
  })
  window.on('close', () => {
    const { width, height, ...position } = window.getNormalBounds()
    writeWindowState(file, {
      position,
      width,
      height,
      isMaximized: window.isMaximized(),
      zoomLevel: window.webContents.getZoomLevel(),
    })
  })
  survive(window, parts.logger)
  void window.loadURL(consoleUrl)
  return window
}

/** A page that crashed or hangs is offered a reload; the desk and its work go on meanwhile. */
function survive(window: BrowserWindow, logger: Logger): void {
  const offerReload = async (message: string) => {
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message,
      detail: 'Running work was not touched. What was typed but not saved may be lost.',
      buttons: ['Reload window', 'Leave it'],
      defaultId: 0,
      cancelId: 1,
    })
    if (response === 0 && !window.isDestroyed()) window.webContents.reload()
  }
  window.webContents.on('render-process-gone', (_, details) => {
    logger.error({ ...details }, 'the window crashed')
    if (details.reason !== 'clean-exit') void offerReload('The window of Mail Desk has crashed.')
  })
  window.on('unresponsive', () => {
    logger.warn({}, 'the window hangs')
    void offerReload('The window of Mail Desk does not answer.')
  })
}
