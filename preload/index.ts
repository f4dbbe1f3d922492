import { contextBridge, ipcRenderer } from 'electron'
import type { IpcRendererEvent } from 'electron'
import { channels } from '../core/contract/wire.ts'
import type { DeskBridge } from '../core/contract/wire.ts'

type Listener = (event: unknown, payload: unknown) => void

/** The page listens to every event of the contract: one listener here, so that Electron does not suspect a leak. */
const listeners = new Set<Listener>()
ipcRenderer.on(channels.event, (_: IpcRendererEvent, event: unknown, payload: unknown) => {
  listeners.forEach((listener) => listener(event, payload))
})

/** All that the page gets from the program: a call by name, and events by name. It never grows with features. */
const bridge: DeskBridge = {
  invoke: (name, input) =>
    ipcRenderer.invoke(channels.invoke, name, input) as ReturnType<DeskBridge['invoke']>,
  subscribe: (name, listener) => {
    const own: Listener = (event, payload) => {
      if (event === name) listener(payload)
    }
    listeners.add(own)
    return () => void listeners.delete(own)
  },
}

contextBridge.exposeInMainWorld('desk', bridge)
