import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LastRun, Recurrence } from '../../../../../core/schedules/types.ts'
import { dueAtMs, isOpen, opensAtMs } from '../../../../../main/features/schedules/due.ts'

const at = (text: string): number => new Date(text).getTime()
const ran = (startedAt: string, rest: Partial<LastRun> = {}): LastRun => ({
  ...{ runId: 'run', startedAtMs: at(startedAt), endedAtMs: at(startedAt) + 60_000, state: 'done' },
  ...{ outcome: 'Done.', errorCode: null },
  ...rest,
})
const nightly: Recurrence = { every: 'day', atMinute: 22 * 60 }
const due = (recurrence: Recurrence, last: LastRun | null, created: string, now: string): string =>
  new Date(dueAtMs(recurrence, last, at(created), at(now))).toString().slice(0, 21)

describe('when a schedule is due', () => {
  test('every so many hours: at once when it is new, then that long after its last start', () => {
    const hourly: Recurrence = { every: 'hours', hours: 6 }
    expect([
      due(hourly, null, '2026-05-04T10:00', '2026-05-04T10:00'),
      due(hourly, ran('2026-05-04T10:00'), '2026-05-01T00:00', '2026-05-04T11:00'),
    ]).toEqual(['Mon May 04 2026 10:00', 'Mon May 04 2026 16:00'])
  })

  test('at a time of day, on days of the week, and on the last day of a month that is short', () => {
    const weekly: Recurrence = { every: 'week', weekdays: [1, 5], atMinute: 30 }
    const monthly: Recurrence = { every: 'month', day: 'last', atMinute: 60 }
    const now = '2026-02-10T12:00'
    expect([due(nightly, null, now, now), due(weekly, null, now, now), due(monthly, null, now, now)]).toEqual(
      ['Tue Feb 10 2026 22:00', 'Fri Feb 13 2026 00:30', 'Sat Feb 28 2026 01:00'],
    )
  })

  test('a run that was missed for days is due once, in the past, and then at the next regular time', () => {
    expect([
      due(nightly, ran('2026-05-01T22:00'), '2026-04-01T00:00', '2026-05-09T08:00'),
      due(nightly, ran('2026-05-09T08:00'), '2026-04-01T00:00', '2026-05-09T08:05'),
    ]).toEqual(['Sat May 02 2026 22:00', 'Sat May 09 2026 22:00'])
  })

  test('a last start that lies in the future, because the clock was set back, counts as now', () => {
    expect(due(nightly, ran('2031-01-01T22:00'), '2026-04-01T00:00', '2026-05-09T08:00')).toBe(
      'Sat May 09 2026 22:00',
    )
  })

  test('a run that was cut off is due at once, one that the network failed after half an hour, any other not before its time', () => {
    const failed = (errorCode: string) =>
      due(
        nightly,
        ran('2026-05-09T22:00', { state: 'failed', errorCode }),
        '2026-04-01T00:00',
        '2026-05-09T22:05',
      )
    expect([
      due(nightly, ran('2026-05-09T22:00', { state: 'interrupted' }), '2026-04-01T00:00', '2026-05-09T22:05'),
      failed('network.timed_out'),
      failed('auth.refused'),
    ]).toEqual(['Sat May 09 2026 22:01', 'Sat May 09 2026 22:31', 'Sun May 10 2026 22:00'])
  })

  test('after a start, the next is always later than it, whatever the clocks do', () => {
    const recurrences = fc.oneof(
      fc.record({ every: fc.constant('hours' as const), hours: fc.integer({ min: 1, max: 168 }) }),
      fc.record({ every: fc.constant('day' as const), atMinute: fc.integer({ min: 0, max: 1439 }) }),
    )
    const times = fc.integer({ min: at('2020-01-01'), max: at('2035-01-01') })
    fc.assert(
      fc.property(recurrences, times, times, (recurrence, startedAtMs, nowMs) => {
        const last = { ...ran('2026-01-01'), startedAtMs, endedAtMs: startedAtMs }
        return dueAtMs(recurrence, last, 0, nowMs) > Math.min(startedAtMs, nowMs)
      }),
    )
  })
})

describe('the part of a day in which runs may start', () => {
  const night = { fromMinute: 22 * 60, toMinute: 6 * 60 }

  test('goes over midnight, and one without length is the whole day', () => {
    const open = (time: string) => isOpen(night, at(`2026-05-09T${time}`))
    expect([
      ['21:59', '22:00', '00:00', '05:59', '06:00'].map(open),
      isOpen({ fromMinute: 60, toMinute: 60 }, at('2026-05-09T12:00')),
    ]).toEqual([[false, true, true, true, false], true])
  })

  test('says when it opens again', () => {
    expect(new Date(opensAtMs(night, at('2026-05-09T12:00'))).toString().slice(0, 21)).toBe(
      'Sat May 09 2026 22:00',
    )
  })
})
