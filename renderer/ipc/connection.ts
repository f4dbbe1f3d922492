import type { DeskBridge } from '../../core/contract/wire.ts'

/** Whether the page can reach the desk's own process. It says nothing of the network outside. */
export type ConnectionState = 'connecting' | 'connected' | 'disconnected'

/** A bridge whose line may go down and come back. */
export interface DeskConnection extends DeskBridge {
  state(): ConnectionState
  /** Calls the listener after each change; returns what ends it. */
  onStateChange(listener: (state: ConnectionState) => void): () => void
  dispose(): void
}

/** The preload's bridge as a connection: inside one program the line is never down. */
export function fromPreload(bridge: DeskBridge): DeskConnection {
  return {
    invoke: (name, input) => bridge.invoke(name, input),
    subscribe: (name, listener) => bridge.subscribe(name, listener),
    state: () => 'connected',
    onStateChange: () => () => undefined,
    dispose: () => undefined,
  }
}
