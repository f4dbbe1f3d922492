import { createRequire, registerHooks } from 'node:module'
import { createBirpc } from 'birpc'
import { channels } from '../../../core/contract/wire.ts'
import type { DeskBridge, Envelope } from '../../../core/contract/wire.ts'
import type { Acts, Sender } from './acts.ts'
import { answers, emitPreventable, registered, seen, started } from './record.ts'
import * as standIn from './stand-in.ts'

/**
 * The child's entry: starts the real bundles with the stand-in for `electron`, and does what the test asks for.
 * Started by shell-process.ts.
 */
const { BrowserWindow, app } = standIn
const standInUrl = new URL('./stand-in.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: standInUrl, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
})

const theWindow = () => {
  const [window] = BrowserWindow.open
  if (window === undefined) throw new Error('No window is open')
  return window
}

const frameOf = (sender: Sender) => ({
  url: sender.url ?? 'app://console/today',
  parent: sender.isMainFrame === false ? {} : null,
})

const bridge = (): DeskBridge => {
  if (standIn.exposed['desk'] === undefined)
    createRequire(import.meta.url)(new URL('../../../out/preload/index.cjs', import.meta.url).pathname)
  return standIn.exposed['desk'] as unknown as DeskBridge
}

const acts: Acts = {
  facts: () => seen,
  started: () => started.promise,
  invoke: async (sender, name, input) => {
    const event = {
      sender: sender.isOurContents === false ? {} : theWindow().webContents,
      senderFrame: sender.isGone === true ? null : frameOf(sender),
    }
    return (await registered.ipc.get(channels.invoke)?.(event, name, input)) as Envelope
  },
  navigate: (event, url, isMainFrame = event === 'will-navigate') =>
    emitPreventable(theWindow().webContents, event, { url, isMainFrame }),
  attachWebview: () => emitPreventable(theWindow().webContents, 'will-attach-webview'),
  openWindow: (url) => theWindow().webContents.openHandler?.({ url }).action ?? 'no handler',
  askPermission: (permission, requestingUrl) => {
    const answer = { granted: true }
    const take = (granted: boolean) => (answer.granted = granted)
    registered.permissionRequest?.(theWindow().webContents, permission, take, { requestingUrl })
    return answer.granted
  },
  checkPermission: (permission, origin) =>
    registered.permissionCheck?.(theWindow().webContents, permission, origin) ?? true,
  askDevice: () => registered.device?.() ?? true,
  request: (url) => {
    const { urls = [], listener } = registered.beforeRequest ?? {}
    if (!urls.some((pattern) => url.startsWith(pattern.slice(0, pattern.indexOf('*'))))) return true
    let cancelled = false
    listener?.({ url }, (answer) => (cancelled = answer.cancel ?? false))
    return !cancelled
  },
  download: (url) =>
    emitPreventable(standIn.session.defaultSession, 'will-download', {}, { getURL: () => url }),
  fetch: async (url, method = 'GET') => {
    const handler = registered.protocol.get('app')
    if (handler === undefined) throw new Error('app:// is not served')
    // Electron hands the address over as it was written; the real Request would tidy it up first.
    const response = await handler({ url, method } as Request)
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    }
  },
  answerQuestions: (response) => {
    answers.response = response
  },
  secondInstance: () => void app.emit('second-instance'),
  crash: (reason) => void theWindow().webContents.emit('render-process-gone', {}, { reason, exitCode: 1 }),
  minimize: () => {
    theWindow().minimized = true
  },
  setFocused: (isFocused) => {
    theWindow().focused = isFocused
  },
  closeWindow: (bounds) => {
    const window = theWindow()
    window.bounds = bounds
    window.close()
    app.emit('window-all-closed')
  },
  clickTray: (label) => registered.trayItems.find((item) => item.label === label)?.click?.(),
  quit: () => app.quit(),
  throughPreload: (name, input) => bridge().invoke(name, input),
  eventThroughPreload: async (event, name, input) => {
    const heard = Promise.withResolvers<unknown>()
    const stop = bridge().subscribe(event, heard.resolve)
    await bridge().invoke(name, input)
    const payload = await heard.promise
    stop()
    return payload
  },
  exposed: () => {
    bridge()
    return Object.fromEntries(Object.entries(standIn.exposed).map(([name, api]) => [name, Object.keys(api)]))
  },
}

createBirpc(acts, {
  post: (message) => process.send?.(message),
  on: (listener) => process.on('message', listener),
  timeout: -1,
})
// A test that is gone must not leave its program behind.
process.on('disconnect', () => process.exit(1))

await import(new URL('../../../out/main/index.js', import.meta.url).href)
