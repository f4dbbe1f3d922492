import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron'
import { channels } from '../../core/contract/wire.ts'
import type { Desk } from '../compose.ts'
import { refuseUntrusted } from '../ipc/router.ts'
import { isConsoleUrl } from './console-url.ts'

/**
 * Carries the contract between the window and the desk. Only the main frame of the console is answered: a frame
 * with somebody's mail in it gets `contract.untrusted_sender`. Returns the way to stop.
 */
export function attachIpc(ipcMain: IpcMain, desk: Desk, contents: () => WebContents | null): () => void {
  const stopping = new AbortController()
  ipcMain.handle(channels.invoke, (event, name: unknown, input: unknown) => {
    if (!isTrusted(event, contents()))
      return refuseUntrusted(desk.logger, {
        url: event.senderFrame?.url ?? null,
        name: String(name).slice(0, 100),
      })
    return desk.call(String(name), input, { signal: stopping.signal, face: 'window' })
  })
  const unsubscribe = desk.subscribe((event, payload) => contents()?.send(channels.event, event, payload))
  return () => {
    unsubscribe()
    ipcMain.removeHandler(channels.invoke)
    stopping.abort()
  }
}

function isTrusted(event: IpcMainInvokeEvent, ours: WebContents | null): boolean {
  const frame = event.senderFrame
  return frame !== null && frame.parent === null && event.sender === ours && isConsoleUrl(frame.url)
}
