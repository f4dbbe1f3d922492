import { expect, test } from 'vitest'
import type { Envelope } from '../../../../core/contract/wire.ts'
import type { ConnectionState } from '../../../../renderer/ipc/connection.ts'
import {
  createSocketConnection,
  disconnectedEnvelope,
  reconnectDelayMs,
  type Socket,
} from '../../../../renderer/ipc/socket-connection.ts'

/** Sockets that a test opens, answers and breaks by hand; timers that it lets run. */
function fakeNetwork() {
  const sockets: (Socket & { readonly sent: unknown[]; closed: boolean })[] = []
  const timers: { task: (() => void) | null; readonly delayMs: number }[] = []
  return {
    sockets,
    timers,
    parts: {
      open: () => {
        const socket = {
          sent: [] as unknown[],
          closed: false,
          onopen: null,
          onmessage: null,
          onclose: null,
          send: (text: string) => void socket.sent.push(JSON.parse(text)),
          close: () => {
            socket.closed = true
          },
        }
        sockets.push(socket)
        return socket
      },
      later: (task: () => void, delayMs: number) => {
        const timer: { task: (() => void) | null; delayMs: number } = { task, delayMs }
        timers.push(timer)
        return () => {
          timer.task = null
        }
      },
    },
    down: (message: unknown) => sockets.at(-1)?.onmessage?.({ data: JSON.stringify(message) }),
  }
}

const answered: Envelope = { ok: true, value: { version: '1' } }

test('A call goes up with a number, and the answer with that number settles it.', async () => {
  const net = fakeNetwork()
  const connection = createSocketConnection(net.parts)
  net.sockets[0]!.onopen!()
  const first = connection.invoke('desk.status', {})
  const second = connection.invoke('jobs.list', { limit: 5 })
  net.down({ id: 2, envelope: { ok: true, value: 'second' } })
  net.down({ id: 1, envelope: answered })
  expect({ sent: net.sockets[0]!.sent, answers: [await first, await second] }).toEqual({
    sent: [
      { id: 1, name: 'desk.status', input: {} },
      { id: 2, name: 'jobs.list', input: { limit: 5 } },
    ],
    answers: [answered, { ok: true, value: 'second' }],
  })
})

test('Calls made before the first line is up wait for it.', async () => {
  const net = fakeNetwork()
  const connection = createSocketConnection(net.parts)
  const answer = connection.invoke('desk.status', {})
  const sentBefore = [...net.sockets[0]!.sent]
  net.sockets[0]!.onopen!()
  net.down({ id: 1, envelope: answered })
  expect({ sentBefore, sentAfter: net.sockets[0]!.sent, answer: await answer }).toEqual({
    sentBefore: [],
    sentAfter: [{ id: 1, name: 'desk.status', input: {} }],
    answer: answered,
  })
})

test('A call whose answer was under way when the line broke is answered as disconnected and never sent again.', async () => {
  const net = fakeNetwork()
  const connection = createSocketConnection(net.parts)
  net.sockets[0]!.onopen!()
  const lost = connection.invoke('tickets.open', { subject: 'x' })
  net.sockets[0]!.onclose!()
  const whileDown = connection.invoke('desk.status', {})
  net.timers[0]!.task!()
  net.sockets[1]!.onopen!()
  expect({ answers: [await lost, await whileDown], sentAgain: net.sockets[1]!.sent }).toEqual({
    answers: [disconnectedEnvelope, disconnectedEnvelope],
    sentAgain: [],
  })
})

test('A lost line is opened again after growing waits, and from the shortest once it stood.', () => {
  const net = fakeNetwork()
  const connection = createSocketConnection(net.parts)
  const states: ConnectionState[] = [connection.state()]
  connection.onStateChange((state) => states.push(state))
  for (const attempt of [0, 1, 2]) {
    net.sockets[attempt]!.onclose!()
    net.timers[attempt]!.task!()
  }
  net.sockets[3]!.onopen!()
  net.sockets[3]!.onclose!()
  expect({ delaysMs: net.timers.map((timer) => timer.delayMs), states }).toEqual({
    delaysMs: [250, 500, 1000, 250],
    states: ['connecting', 'disconnected', 'connected', 'disconnected'],
  })
})

test('The wait never exceeds ten seconds.', () => {
  expect([0, 1, 5, 6, 60].map(reconnectDelayMs)).toEqual([250, 500, 8000, 10_000, 10_000])
})

test('An event reaches the listeners of its name until they leave.', () => {
  const net = fakeNetwork()
  const connection = createSocketConnection(net.parts)
  net.sockets[0]!.onopen!()
  const heard: unknown[] = []
  const leave = connection.subscribe('jobs.changed', (payload) => heard.push(payload))
  net.down({ event: 'jobs.changed', payload: 1 })
  net.down({ event: 'settings.changed', payload: 2 })
  leave()
  net.down({ event: 'jobs.changed', payload: 3 })
  expect(heard).toEqual([1])
})

test('A connection that is disposed closes its socket, answers what waits and opens no other.', async () => {
  const net = fakeNetwork()
  const connection = createSocketConnection(net.parts)
  net.sockets[0]!.onopen!()
  const waiting = connection.invoke('desk.status', {})
  connection.dispose()
  expect({
    answer: await waiting,
    closed: net.sockets.map((socket) => socket.closed),
    reopens: net.sockets[0]!.onclose !== null,
    timers: net.timers.length,
  }).toEqual({ answer: disconnectedEnvelope, closed: [true], reopens: false, timers: 0 })
})
