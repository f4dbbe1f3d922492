import { contextBridge, ipcRenderer } from 'electron'
import type { IpcRendererEvent } from 'electron'
import { channels } from '../core/contract/wire.ts'
import type { DeskBridge } from '../core/contract/wire.ts'

/** All that the page gets from the program: a call by name, and events by name. It never grows with features. */
const bridge: DeskBridge = {
  invoke: (name, input) =>
    ipcRenderer.invoke(channels.invoke, name, input) as ReturnType<DeskBridge['invoke']>,
  subscribe: (name, listener) => {
    const onEvent = (_: IpcRendererEvent, event: unknown, payload: unknown) => {
      if (event === name) listener(payload)
    }
    ipcRenderer.on(channels.event, onEvent)
    return () => void ipcRenderer.off(channels.event, onEvent)
  },
}

contextBridge.exposeInMainWorld('desk', bridge)
