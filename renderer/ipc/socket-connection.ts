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

/** Calls whose answers are under way. */
interface Pending {
  add(): { readonly id: number; readonly answer: Promise<Envelope> }
  settle(id: number, envelope: Envelope): void
  /** The line broke: nobody will answer. */
  abandon(): void
}

function createPending(): Pending {
  const waiting = new Map<number, (envelope: Envelope) => void>()
  let lastId = 0
  return {
    add: () => {
      const id = ++lastId
      return { id, answer: new Promise((resolve) => waiting.set(id, resolve)) }
    },
    settle: (id, envelope) => {
      waiting.get(id)?.(envelope)
      waiting.delete(id)
    },
    abandon: () => {
      const calls = [...waiting.values()]
      waiting.clear()
      calls.forEach((settle) => settle(disconnectedEnvelope))
    },
  }
}

/**
 * The contract over a WebSocket. Calls made while the line is down, and calls whose answer was under way when
 * it broke, are answered with `contract.disconnected`: whether a command was carried out is then not known, so
 * nothing is sent twice. Calls made before the first line is up wait for it.
 */
export function createSocketConnection(parts: SocketParts): DeskConnection {
  const pending = createPending()
  const events = createListeners<{ readonly event: string; readonly payload: unknown }>()
  const line = createLine(parts, {
    receive: (message) => {
      if ('event' in message) events.tell(message)
      else pending.settle(message.id, message.envelope)
    },
    lost: () => pending.abandon(),
  })
  return {
    invoke: (name, input) => {
      if (line.state() === 'disconnected') return Promise.resolve(disconnectedEnvelope)
      const { id, answer } = pending.add()
      line.send({ id, name, input })
      return answer
    },
    subscribe: (name, listener) =>
      events.add((message) => {
        if (message.event === name) listener(message.payload)
      }),
    state: () => line.state(),
    onStateChange: (listener) => line.onStateChange(listener),
    dispose: () => {
      line.dispose()
      pending.abandon()
    },
  }
}

interface Line {
  state(): ConnectionState
  onStateChange(listener: (state: ConnectionState) => void): () => void
  send(message: UpMessage): void
  dispose(): void
}

/** Sockets one after another: opens the next one a while after the last was lost. */
function createLine(parts: SocketParts, on: { receive(message: DownMessage): void; lost(): void }): Line {
  const states = createListeners<ConnectionState>()
  let state: ConnectionState = 'connecting'
  let attempt = 0
  let cancelLater = (): void => undefined
  /** Calls of the first moments, before the first line is up. */
  let early: UpMessage[] = []

  const become = (next: ConnectionState): void => {
    if (next === state) return
    state = next
    states.tell(next)
  }
  const connect = (): Socket => {
    const opened = parts.open()
    opened.onopen = () => {
      attempt = 0
      early.forEach((message) => opened.send(JSON.stringify(message)))
      early = []
      become('connected')
    }
    opened.onmessage = (event) => on.receive(JSON.parse(String(event.data)) as DownMessage)
    opened.onclose = () => {
      early = []
      become('disconnected')
      on.lost()
      cancelLater = parts.later(() => {
        socket = connect()
      }, reconnectDelayMs(attempt++))
    }
    return opened
  }
  let socket = connect()

  return {
    state: () => state,
    onStateChange: (listener) => states.add(listener),
    send: (message) => {
      if (state === 'connecting') early.push(message)
      else socket.send(JSON.stringify(message))
    },
    dispose: () => {
      cancelLater()
      socket.onclose = null
      socket.close()
    },
  }
}
