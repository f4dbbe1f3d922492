import { expect, test } from 'vitest'
import { createRefresher, prefixesRefreshedBy } from '../../../../renderer/ipc/refresh.ts'

test('An event refreshes its own feature, and what the table names beside it.', () => {
  expect(
    ['tickets.changed', 'accounts.changed', 'accounts.attempted', 'practice.changed', 'jobs.progressed'].map(
      prefixesRefreshedBy,
    ),
  ).toEqual([
    ['tickets.', 'practice.'],
    ['accounts.', 'care.', 'tickets.', 'settings.'],
    ['accounts.'],
    ['practice.', 'accounts.', 'care.', 'tickets.', 'settings.', 'archive.'],
    [],
  ])
})

test('Events that come close together refresh once, and later ones again.', () => {
  const refreshed: (readonly string[])[] = []
  const timers: (() => void)[] = []
  const heard = createRefresher({
    refresh: (prefixes) => refreshed.push(prefixes),
    later: (task) => void timers.push(task),
  })
  ;['tickets.changed', 'tickets.changed', 'settings.changed'].forEach(heard)
  timers.shift()?.()
  heard('tickets.changed')
  timers.shift()?.()
  expect({ refreshed, timersLeft: timers.length }).toEqual({
    refreshed: [
      ['tickets.', 'practice.', 'settings.'],
      ['tickets.', 'practice.'],
    ],
    timersLeft: 0,
  })
})
