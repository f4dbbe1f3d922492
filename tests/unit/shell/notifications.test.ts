import { expect, test } from 'vitest'
import type { Job } from '../../../core/jobs/contract.ts'
import { createEvents } from '../../../main/ipc/publish.ts'
import { silentLogger } from '../../../main/lib/logger.ts'
import { notifyOfEndedJobs } from '../../../main/shell/notifications.ts'

const job: Job = {
  runId: 'r',
  kind: 'archive.pull',
  title: 'Archive ana@harbour.example',
  state: 'done',
  progress: { done: 40, total: 40, unit: 'messages', ratePerSecond: null, item: null },
  startedAtMs: 1_000,
  endedAtMs: 61_000,
  outcome: '40 messages are stored.',
  errorCode: null,
  pausable: true,
}

/** What is shown after a run has come to a state. */
async function shownAfter(ended: Job, isLookedAt = false): Promise<readonly string[]> {
  const shown: string[] = []
  const { publish, subscribe } = createEvents()
  const stop = notifyOfEndedJobs(
    {
      call: () => Promise.resolve({ ok: true, value: ended }),
      subscribe,
      logger: silentLogger,
      dispose: () => Promise.resolve(),
    },
    { isLookedAt: () => isLookedAt, show: (title, body) => shown.push(`${title}: ${body}`) },
  )
  publish('jobs.changed', { runId: ended.runId, kind: ended.kind, state: ended.state })
  await new Promise(setImmediate)
  stop()
  publish('jobs.changed', { runId: ended.runId, kind: ended.kind, state: ended.state })
  await new Promise(setImmediate)
  return shown
}

test('long work that ended is told once, with what came out', async () => {
  expect(await shownAfter(job)).toEqual(['Archive ana@harbour.example: 40 messages are stored.'])
})

test('work that failed is told, however short it was', async () => {
  const failed: Job = { ...job, state: 'failed', endedAtMs: 1_100, outcome: 'imap.harbour.example refused.' }
  expect(await shownAfter(failed)).toEqual(['Archive ana@harbour.example: imap.harbour.example refused.'])
})

test.each([
  ['that was short', { ...job, endedAtMs: 1_500 }, false],
  ['that goes on', { ...job, state: 'running' as const, endedAtMs: null }, false],
  ['that somebody cancelled', { ...job, state: 'cancelled' as const }, false],
  ['that ended before everybody’s eyes', job, true],
])('nothing is told of work %s', async (_, ended, isLookedAt) => {
  expect(await shownAfter(ended, isLookedAt)).toEqual([])
})
