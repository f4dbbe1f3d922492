import { EventEmitter } from 'node:events'
import { answers, emitPreventable, FakeEvent, options, registered, seen, started } from './record.ts'

/**
 * A stand-in for the `electron` module: it keeps what the program asked for (record.ts) and lets a test play
 * Electron's part (drive.ts). It copies the order in which Electron does things, not what it draws.
 */
class WebContents extends EventEmitter {
  zoomLevel = 0
  openHandler: ((details: { url: string }) => { action: string }) | null = null
  readonly mainFrame = { url: '', parent: null }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler
  }
  send(channel: string, ...args: unknown[]): void {
    ipcRenderer.emit(channel, {}, ...args)
  }
  setZoomLevel(level: number): void {
    this.zoomLevel = level
  }
  getZoomLevel(): number {
    return this.zoomLevel
  }
  reload(): void {
    seen.windowActs.push('reload')
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly open = new Set<BrowserWindow>()
  readonly webContents = new WebContents()
  bounds = { x: 0, y: 0, width: 1360, height: 860 }
  minimized = false
  focused = true
  constructor(windowOptions: Record<string, unknown>) {
    super()
    seen.windows.push(windowOptions)
    BrowserWindow.open.add(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  loadURL(url: string): Promise<void> {
    seen.loaded.push(url)
    this.webContents.mainFrame.url = url
    this.emit('ready-to-show')
    started.resolve()
    return Promise.resolve()
  }
  close(): void {
    this.emit('close', new FakeEvent())
    BrowserWindow.open.delete(this)
    this.emit('closed')
  }
  isDestroyed(): boolean {
    return !BrowserWindow.open.has(this)
  }
  isMinimized(): boolean {
    return this.minimized
  }
  isMaximized(): boolean {
    return false
  }
  isFocused(): boolean {
    return this.focused
  }
  getNormalBounds(): typeof this.bounds {
    return this.bounds
  }
  show(): void {
    seen.windowActs.push('show')
  }
  focus(): void {
    seen.windowActs.push('focus')
  }
  restore(): void {
    this.minimized = false
    seen.windowActs.push('restore')
  }
}

class App extends EventEmitter {
  readonly isPackaged = options.isPackaged ?? false
  readonly commandLine = { getSwitchValue: () => '' }
  getAppPath(): string {
    return process.cwd()
  }
  setPath(_: string, path: string): void {
    seen.userData = path
  }
  requestSingleInstanceLock(): boolean {
    return options.hasLock ?? true
  }
  enableSandbox(): void {
    seen.isSandboxEnabled = true
  }
  whenReady(): Promise<void> {
    return Promise.resolve()
  }
  /** Electron's order: before-quit, windows close, will-quit, quit. */
  quit(): void {
    emitPreventable(this, 'before-quit')
    for (const window of BrowserWindow.open) window.close()
    if (!emitPreventable(this, 'will-quit')) process.exit(0)
  }
  exit(code: number): void {
    process.exit(code)
  }
}

export const app = new App()

export const protocol = {
  registerSchemesAsPrivileged: (schemes: unknown[]) => seen.schemes.push(...schemes),
  handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
    registered.protocol.set(scheme, handler),
}

export const ipcMain = {
  handle: (channel: string, handler: (event: unknown, ...args: unknown[]) => unknown) =>
    registered.ipc.set(channel, handler),
  removeHandler: (channel: string) => registered.ipc.delete(channel),
}

export const session = {
  defaultSession: Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: (handler: (...args: unknown[]) => void) =>
      (registered.permissionRequest = handler),
    setPermissionCheckHandler: (handler: (...args: unknown[]) => boolean) =>
      (registered.permissionCheck = handler),
    setDevicePermissionHandler: (handler: () => boolean) => (registered.device = handler),
    setSpellCheckerEnabled: () => undefined,
    webRequest: {
      onBeforeRequest: (
        { urls }: { urls: string[] },
        listener: NonNullable<typeof registered.beforeRequest>['listener'],
      ) => (registered.beforeRequest = { urls, listener }),
    },
  }),
}

export const dialog = {
  showErrorBox: (title: string, content: string) => {
    seen.errorBoxes.push([title, content])
    started.resolve()
  },
  showMessageBox: (...args: unknown[]) => {
    const { message, detail } = args.at(-1) as { message: string; detail: string }
    seen.questions.push({ message, detail })
    return Promise.resolve({ response: answers.response })
  },
}

export const shell = {
  openExternal: (url: string) => Promise.resolve(seen.openedOutside.push(url)),
  openPath: () => Promise.resolve(''),
}

export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] }

export const Menu = {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (menu: unknown) => (seen.menu = JSON.parse(JSON.stringify(menu)) as unknown),
}

export class Tray extends EventEmitter {
  setToolTip(): void {
    // Nothing to keep.
  }
  setContextMenu(items: typeof registered.trayItems): void {
    registered.trayItems = items
    seen.trayMenu = items.flatMap(({ label }) => label ?? [])
  }
  destroy(): void {
    registered.trayItems = []
  }
}

export class Notification extends EventEmitter {
  readonly facts: { title: string; body: string }
  constructor(facts: { title: string; body: string }) {
    super()
    this.facts = facts
  }
  static isSupported(): boolean {
    return true
  }
  show(): void {
    seen.notifications.push(this.facts)
  }
}

/** The preload's half: what it sends goes to `ipcMain` as coming from the console's own main frame. */
export const ipcRenderer = Object.assign(new EventEmitter(), {
  invoke: (channel: string, ...args: unknown[]) => {
    const [window] = BrowserWindow.open
    const sender = window?.webContents
    return Promise.resolve(registered.ipc.get(channel)?.({ sender, senderFrame: sender?.mainFrame }, ...args))
  },
})

/** What the preload put into the page. */
export const exposed: Record<string, Record<string, unknown>> = {}
export const contextBridge = {
  exposeInMainWorld: (name: string, api: Record<string, unknown>) => {
    exposed[name] = api
  },
}
