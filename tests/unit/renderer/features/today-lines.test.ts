import { expect, test } from 'vitest'
import type { Job } from '../../../../core/jobs/contract.ts'
import { todayLines, type TodayFacts } from '../../../../renderer/features/today/today-lines.ts'

const nowMs = Date.UTC(2026, 10, 24)
const calm: TodayFacts = {
  counts: {
    open: 3,
    pending: 1,
    unassigned: 0,
    mine: 3,
    breaching: 0,
    overdue: 0,
    repliesQueued: 0,
    repliesFailed: 0,
    total: 9,
  },
  jobs: [],
  secretStore: { kind: 'keychain', state: 'ready', reason: '' },
  helpdeskMailboxId: null,
  keeping: { archives: [], schedules: [], mailboxes: [], nowMs },
  unanswered: false,
  nowMs,
}
const job = (state: Job['state'], hoursAgo: number): Job => ({
  runId: `${state}-${hoursAgo}`,
  kind: 'archive.pull',
  title: 'Archive ana@harbour.example',
  state,
  progress: { done: 1, total: 2, unit: 'messages', ratePerSecond: null, item: null },
  startedAtMs: nowMs - hoursAgo * 3_600_000,
  endedAtMs: nowMs - hoursAgo * 3_600_000,
  outcome: 'The disk is full.',
  errorCode: null,
  pausable: true,
})
const unsentTo = `/queue?filter=${encodeURIComponent('{"replyStates":["failed","unknown","queued"]}')}`
const idsOf = (facts: Partial<TodayFacts>): readonly string[] =>
  todayLines({ ...calm, ...facts }).map((line) => line.id)

test('A calm desk has no lines, and neither has one that does not know yet.', () => {
  expect([
    idsOf({}),
    idsOf({ counts: undefined, jobs: undefined, secretStore: undefined, helpdeskMailboxId: undefined }),
  ]).toEqual([[], []])
})

test('When something did not answer, Today does not claim that nothing is to be done.', () => {
  expect(
    todayLines({ ...calm, jobs: undefined, unanswered: true }).map((line) => [line.id, line.state]),
  ).toEqual([['unanswered', 'unknown']])
})

test('What has failed comes before what may fail; overdue tickets are not counted twice.', () => {
  const counts = {
    ...calm.counts!,
    overdue: 2,
    breaching: 3,
    unassigned: 1,
    repliesFailed: 1,
    repliesQueued: 2,
  }
  expect(todayLines({ ...calm, counts }).map((line) => [line.state, line.text, line.action?.to])).toEqual([
    ['fail', '2 tickets overdue', '/queue?view=breaching'],
    ['fail', '1 reply could not be sent', unsentTo],
    ['warning', '1 ticket due within the hour', '/queue?view=breaching'],
    ['warning', '1 ticket without a technician', '/queue?view=unassigned'],
    ['warning', '2 replies wait to be sent', '/settings'],
  ])
})

test('A closed vault and the failed jobs of the last day are named; old and good ones are not.', () => {
  expect(
    idsOf({
      secretStore: { kind: 'vault', state: 'locked', reason: '' },
      jobs: [job('failed', 2), job('interrupted', 3), job('failed', 30), job('done', 1), job('cancelled', 1)],
    }),
  ).toEqual(['job-failed-2', 'secrets', 'job-interrupted-3'])
})

test('A failed job leads to the place where its work is seen; one that has none leads nowhere.', () => {
  const failed = (kind: string): Job => ({ ...job('failed', 1), runId: 'r1', kind })
  const jobs = ['archive.pull', 'diagnostics.start', 'tickets.rebuild'].map(failed)
  expect(todayLines({ ...calm, jobs }).map(({ action }) => action)).toEqual([
    { label: 'Open the archive', to: '/archive' },
    { label: 'Open the diagnosis', to: '/diagnose/r1' },
    null,
  ])
})
