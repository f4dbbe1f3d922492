import { expect, test } from 'vitest'
import { createListeners } from '../../../../renderer/ipc/listeners.ts'
import { createDeskClient } from '../../../../renderer/ipc/client.ts'
import type { ConnectionState, DeskConnection } from '../../../../renderer/ipc/connection.ts'

const progress = { done: 0, total: 10, unit: 'messages', ratePerSecond: null, item: null }
const job = { runId: 'a', kind: 'archive.pull', title: 'Archive', state: 'running', progress } as const

function fakeConnection() {
  const states = createListeners<ConnectionState>()
  const events = createListeners<readonly [string, unknown]>()
  const connection: DeskConnection = {
    invoke: () => Promise.resolve({ ok: true, value: null }),
    subscribe: (name, listener) => events.add(([event, payload]) => event === name && listener(payload)),
    state: () => 'connected',
    onStateChange: (listener) => states.add(listener),
    dispose: () => undefined,
  }
  return { connection, states, events }
}

test('Progress of a run is written into the answers that are already here.', () => {
  const fake = fakeConnection()
  const { queries } = createDeskClient(fake.connection)
  const other = { ...job, runId: 'b' }
  queries.setQueryData(['jobs.list', { limit: 50 }], { jobs: [job, other] })
  queries.setQueryData(['jobs.get', { runId: 'a' }], job)
  const moved = { ...progress, done: 7 }
  fake.events.tell(['jobs.progressed', { runId: 'a', kind: job.kind, progress: moved }])
  expect([
    queries.getQueryData(['jobs.list', { limit: 50 }]),
    queries.getQueryData(['jobs.get', { runId: 'a' }]),
  ]).toEqual([{ jobs: [{ ...job, progress: moved }, other] }, { ...job, progress: moved }])
})

test('After the line was down every answer counts as old; after the first connection none does.', () => {
  const fake = fakeConnection()
  const { queries } = createDeskClient(fake.connection)
  const isOld = () => queries.getQueryState(['settings.get', {}])?.isInvalidated
  queries.setQueryData(['settings.get', {}], {})
  fake.states.tell('connected')
  const afterFirst = isOld()
  fake.states.tell('disconnected')
  fake.states.tell('connected')
  expect({ afterFirst, afterLoss: isOld() }).toEqual({ afterFirst: false, afterLoss: true })
})
