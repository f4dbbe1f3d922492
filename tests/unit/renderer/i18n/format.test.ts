import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  formatBytes,
  formatDuration,
  formatExact,
  formatRelative,
  plural,
  timeLeftMs,
} from '../../../../renderer/i18n/format.ts'

const en = 'en-GB'

test('Sizes have three significant figures in decimal units.', () => {
  expect(
    [0, 1, 999, 1000, 12_345, 999_499, 999_500, 1_834_533_221, 5e15].map((size) => formatBytes(size, en)),
  ).toEqual(['0 bytes', '1 byte', '999 bytes', '1 kB', '12.3 kB', '999 kB', '1 MB', '1.83 GB', '5,000 TB'])
})

test('Sizes never show more than three digits before the unit, up to a thousand terabytes.', () => {
  fc.assert(
    fc.property(fc.nat(Number.MAX_SAFE_INTEGER), (sizeBytes) => {
      fc.pre(sizeBytes < 999e12)
      const digits = formatBytes(sizeBytes, en)
        .replace(/[^\d.].*$/, '')
        .replace('.', '')
      return digits.length <= 3
    }),
  )
})

test('Durations have their two largest units.', () => {
  expect(
    [0, 340, 2_449, 59_600, 187_000, 3_600_000, 7_860_000, 356_400_000].map((ms) => formatDuration(ms, en)),
  ).toEqual(['0 ms', '340 ms', '2.4 secs', '1 min', '3 mins 7 secs', '1 hr', '2 hrs 11 mins', '4 days 3 hrs'])
})

test('Times near now are relative, those beyond a week are dates.', () => {
  const nowMs = Date.UTC(2026, 10, 24, 12, 0, 0)
  const at = (ms: number): string => formatRelative(nowMs + ms, nowMs, 'en-US', 'UTC')
  expect([0, -44_000, -300_000, 7_200_000, -86_400_000, -20 * 86_400_000, -400 * 86_400_000].map(at)).toEqual(
    ['now', 'now', '5 min. ago', 'in 2 hr.', 'yesterday', 'Nov 4', 'Oct 20, 2025'],
  )
})

test('The exact time names seconds and zone.', () => {
  expect(formatExact(Date.UTC(2026, 10, 24, 12, 3, 4), en, 'Europe/Oslo')).toBe(
    'Tue, 24 Nov 2026, 13:03:04 CET',
  )
})

test('Plurals follow the number.', () => {
  expect([0, 1, 2, 1200].map((count) => plural(count, { one: 'ticket', other: 'tickets' }, en))).toEqual([
    '0 tickets',
    '1 ticket',
    '2 tickets',
    '1,200 tickets',
  ])
})

test('The time left is unknown without a total or a rate, and never negative.', () => {
  expect([
    timeLeftMs({ done: 20, total: 120, ratePerSecond: 50 }),
    timeLeftMs({ done: 20, total: null, ratePerSecond: 50 }),
    timeLeftMs({ done: 20, total: 120, ratePerSecond: null }),
    timeLeftMs({ done: 20, total: 120, ratePerSecond: 0 }),
    timeLeftMs({ done: 130, total: 120, ratePerSecond: 50 }),
  ]).toEqual([2000, null, null, null, 0])
})
