import { expect, test } from 'vitest'
import { createEvents } from '../../../main/ipc/publish.ts'

const progress = { done: 1, total: 2, unit: 'messages', ratePerSecond: null, item: null }

test('every listener hears every event until it stops listening', () => {
  const { publish, subscribe } = createEvents()
  const heard: unknown[] = []
  const stop = subscribe((name, payload) => heard.push([name, payload]))
  publish('settings.changed', {})
  publish('jobs.progressed', { runId: 'r', kind: 'archive.pull', progress })
  stop()
  publish('settings.changed', {})
  expect(heard).toEqual([
    ['settings.changed', {}],
    ['jobs.progressed', { runId: 'r', kind: 'archive.pull', progress }],
  ])
})

test('a field that the contract does not declare cannot leave', () => {
  const { publish, subscribe } = createEvents()
  const heard: unknown[] = []
  subscribe((name) => heard.push(name))
  expect(() => publish('settings.changed', { password: 'x' } as never)).toThrow('Unrecognized key')
  expect(heard).toEqual([])
})

test('an event that the contract does not have is a bug', () => {
  expect(() => createEvents().publish('settings.exploded' as never, {} as never)).toThrow(
    'No event named settings.exploded',
  )
})
