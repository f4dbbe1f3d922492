import type { DeskBridge } from '../../core/contract/wire.ts'
import { fromPreload, type DeskConnection } from './connection.ts'
import { createSocketConnection, type Socket } from './socket-connection.ts'

declare global {
  interface Window {
    /** Put there by preload/index.ts; missing in a browser. */
    readonly desk?: DeskBridge
  }
}

/** The connection of this page: by preload inside Electron, else by WebSocket to the host that served it. */
export function connectDesk(): DeskConnection {
  if (window.desk !== undefined) return fromPreload(window.desk)
  const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws'
  return createSocketConnection({
    open: () => new WebSocket(`${scheme}://${window.location.host}/ws`) as Socket,
    later: (task, delayMs) => {
      const timer = window.setTimeout(task, delayMs)
      return () => window.clearTimeout(timer)
    },
  })
}
