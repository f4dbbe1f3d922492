import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Publish } from '../../../core/contract/index.ts'
import { createInlineDbClient } from '../../../db/inline-client.ts'
import type { DbClient } from '../../../db/client.ts'
import { createJobs } from '../../../main/features/jobs/index.ts'
import type { Run } from '../../../main/features/jobs/index.ts'
import { silentLogger } from '../../../main/lib/logger.ts'

const request = { kind: 'archive.pull', title: 'Archive ana@harbour.example', pausable: true }
const context = { signal: new AbortController().signal, face: 'test' } as const

let db: DbClient
let published: unknown[]
let time: { nowMs: number }
let jobs: ReturnType<typeof createJobs>

beforeEach(() => {
  db = createInlineDbClient(':memory:')
  published = []
  time = { nowMs: 1_000_000 }
  const publish = ((name, payload) => void published.push([name, payload])) as Publish
  const clock = { nowMs: () => time.nowMs, monotonicMs: () => time.nowMs }
  jobs = createJobs({ db, publish, clock, logger: silentLogger })
})

afterEach(async () => {
  await jobs.dispose()
  await db.close()
})

/** Starts a run that only reports when the test makes it, and ends when it is cancelled. */
async function startReporter(): Promise<Run> {
  const started = Promise.withResolvers<Run>()
  await jobs.start(request, async (run) => {
    started.resolve(run)
    await new Promise((resolve) => run.signal.addEventListener('abort', resolve))
    return ''
  })
  return started.promise
}

describe('progress', () => {
  test('has a rate once there are two measurements apart, over the last five seconds', async () => {
    const run = await startReporter()
    const rates: (number | null)[] = []
    for (const [atMs, done] of [
      [0, 0],
      [100, 5],
      [1_000, 100],
      [9_000, 180],
      [10_000, 200],
    ] as const) {
      time.nowMs = 1_000_000 + atMs
      run.progress({ done, total: 400, unit: 'messages' })
      rates.push((await jobs.handlers.get({ runId: run.runId }, context)).progress.ratePerSecond)
    }
    expect(rates).toEqual([null, null, 100, null, 20])
  })

  test('is published five times a second at most, and always when all is done', async () => {
    const run = await startReporter()
    for (let done = 1; done <= 100; done++) {
      time.nowMs += 10
      run.progress({ done, total: 100, unit: 'messages' })
    }
    const heard = published.flatMap((event) => {
      const [name, payload] = event as [string, { progress: { done: number } }]
      return name === 'jobs.progressed' ? [payload.progress.done] : []
    })
    expect(heard).toEqual([1, 21, 41, 61, 81, 100])
  })
})
