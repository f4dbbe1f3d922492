import type { DownMessage, Envelope, UpMessage } from '../../core/contract/wire.ts'
import type { ConnectionState, DeskConnection } from './connection.ts'
import { createListeners } from './listeners.ts'

/** The part of a WebSocket that is used. */
export interface Socket {
  send(text: string): void
  close(): void
  onopen: (() => void) | null
  onmessage: ((event: { readonly data: unknown }) => void) | null
  onclose: (() => void) | null
}

/** What the connection needs from outside; tests pass fakes. */
export interface SocketParts {
  /** Opens a new socket; called again after each loss. */
  open(): Socket
  /** Runs `task` after a while; returns what cancels it. */
  later(task: () => void, delayMs: number): () => void
}

const firstDelayMs = 250
const longestDelayMs = 10_000

/** Wait before the nth attempt (0 is the first): doubles up to ten seconds. */
export function reconnectDelayMs(attempt: number): number {
  return Math.min(longestDelayMs, firstDelayMs * 2 ** attempt)
}

/** The answer to a call that could not reach the desk, or whose answer was lost with the line. */
export const disconnectedEnvelope: Envelope = {
  ok: false,
  error: { code: 'contract.disconnected', details: {}, retryable: true, errorId: '' },
}

/**
 * The contract over a WebSocket. Calls made while the line is down, and calls whose answer was under way when
 * it broke, are answered with `contract.disconnected`: whether a command was carried out is then not known, so
 * nothing is sent twice.
 */
export function createSocketConnection(parts: SocketParts): DeskConnection {
  const waiting = new Map<number, (envelope: Envelope) => void>()
  /** Calls of the first moments, before the first line is up. */
  let early: string[] = []
  const events = createListeners<{ readonly event: string; readonly payload: unknown }>()
  const states = createListeners<ConnectionState>()
  let state: ConnectionState = 'connecting'
  let socket: Socket | null = null
  let attempt = 0
  let lastId = 0
  let cancelLater = (): void => undefined

  const become = (next: ConnectionState): void => {
    if (next === state) return
    state = next
    states.tell(next)
  }
  const receive = (message: DownMessage): void => {
    if ('event' in message) return events.tell(message)
    waiting.get(message.id)?.(message.envelope)
    waiting.delete(message.id)
  }
  const failWaiting = (): void => {
    const calls = [...waiting.values()]
    waiting.clear()
    calls.forEach((answer) => answer(disconnectedEnvelope))
  }
  const connect = (): void => {
    const opened = parts.open()
    socket = opened
    opened.onopen = () => {
      attempt = 0
      early.forEach((text) => opened.send(text))
      early = []
      become('connected')
    }
    opened.onmessage = (event) => receive(JSON.parse(String(event.data)) as DownMessage)
    opened.onclose = () => {
      early = []
      become('disconnected')
      failWaiting()
      cancelLater = parts.later(connect, reconnectDelayMs(attempt++))
    }
  }
  connect()

  return {
    invoke: (name, input) => {
      if (socket === null || state === 'disconnected') return Promise.resolve(disconnectedEnvelope)
      const up: UpMessage = { id: ++lastId, name, input }
      const answer = new Promise<Envelope>((resolve) => waiting.set(up.id, resolve))
      if (state === 'connecting') early.push(JSON.stringify(up))
      else socket.send(JSON.stringify(up))
      return answer
    },
    subscribe: (name, listener) =>
      events.add((message) => {
        if (message.event === name) listener(message.payload)
      }),
    state: () => state,
    onStateChange: (listener) => states.add(listener),
    dispose: () => {
      cancelLater()
      failWaiting()
      if (socket !== null) {
        socket.onclose = null
        socket.close()
      }
    },
  }
}
