import { describe, expect, test } from 'vitest'
import type { Recurrence } from '../../../../core/schedules/types.ts'
import { toWish } from '../../../../renderer/features/schedules/schedule-form.ts'
import type { ScheduleValues } from '../../../../renderer/features/schedules/schedule-form.ts'
import { describeLastRuns, describeRecurrence, parseMinute } from '../../../../renderer/i18n/schedules.ts'

const typed: ScheduleValues = {
  ...{ kind: 'archive.pull', archiveId: 'archive', mailboxIds: ['ana'], planId: null },
  ...{ every: 'day', hours: 6, at: '22:00', weekdays: [6], day: '1' },
  ...{ inWindow: true, from: '20:00', to: '06:00' },
  ...{ onBattery: false, onMetered: false, enabled: true },
}

describe('the form of a schedule', () => {
  test('says a schedule when everything is there', () => {
    expect(toWish(typed)).toEqual({
      kind: 'archive.pull',
      target: { archiveId: 'archive', mailboxIds: ['ana'], planId: null },
      recurrence: { every: 'day', atMinute: 1320 },
      window: { fromMinute: 1200, toMinute: 360 },
      onBattery: false,
      onMetered: false,
      enabled: true,
    })
  })

  test('says none without an archive, a mailbox, a plan, a weekday or a time of day', () => {
    const lacking: readonly Partial<ScheduleValues>[] = [
      { archiveId: null },
      { mailboxIds: [] },
      { kind: 'care.plan' },
      { every: 'week', weekdays: [] },
      { at: '25:00' },
      { from: 'evening' },
    ]
    expect(lacking.map((some) => toWish({ ...typed, ...some }))).toEqual(lacking.map(() => null))
  })
})

describe('a schedule in words', () => {
  test('says how often it runs', () => {
    const all: readonly Recurrence[] = [
      { every: 'hours', hours: 1 },
      { every: 'day', atMinute: 5 },
      { every: 'week', weekdays: [0, 5, 1], atMinute: 1320 },
      { every: 'month', day: 'last', atMinute: 60 },
    ]
    expect(all.map(describeRecurrence)).toEqual([
      'every hour',
      'every day at 00:05',
      'every Monday, Friday, and Sunday at 22:00',
      'on the last day of the month at 01:00',
    ])
  })

  test('says how many of its runs did not succeed, and that it never ran', () => {
    const run = (state: 'done' | 'failed') => ({
      itemId: state,
      lastRun: { runId: null, startedAtMs: 1, endedAtMs: 2, state, outcome: null, errorCode: null },
    })
    expect([
      describeLastRuns({ items: [{ itemId: 'ana', lastRun: null }] }),
      describeLastRuns({ items: [run('done'), run('failed')] }),
      describeLastRuns({ items: [run('done')] }),
    ]).toEqual(['Never ran', '1 of 2 did not succeed', 'Done'])
  })

  test('reads a time of day and nothing else', () => {
    expect(['22:00', '7:05', '24:00', '12:60', 'noon', ''].map(parseMinute)).toEqual([
      1320,
      425,
      null,
      null,
      null,
      null,
    ])
  })
})
