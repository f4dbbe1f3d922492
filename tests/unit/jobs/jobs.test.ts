import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../../core/errors.ts'
import type { Publish } from '../../../core/contract/index.ts'
import { createInlineDbClient } from '../../../db/inline-client.ts'
import type { DbClient } from '../../../db/client.ts'
import { createJobs } from '../../../main/features/jobs/index.ts'
import type { Run } from '../../../main/features/jobs/index.ts'
import { raceAbort } from '../../../main/lib/deadline.ts'
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

/** Work that does one step after another, each when the test lets it. */
function steppedWork() {
  const reached: string[] = []
  const gates = new Map<string, PromiseWithResolvers<void>>()
  const gate = (name: string) => {
    const found = gates.get(name) ?? Promise.withResolvers<void>()
    gates.set(name, found)
    return found
  }
  const work = async (run: Run) => {
    for (const step of ['one', 'two', 'three']) {
      await raceAbort(gate(step).promise, run.signal)
      await run.checkpoint()
      reached.push(step)
    }
    return 'Three steps were done.'
  }
  return { reached, work, allow: (...steps: string[]) => steps.forEach((step) => gate(step).resolve()) }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))
const states = () =>
  published.flatMap((event) => {
    const [name, payload] = event as [string, { state: string }]
    return name === 'jobs.changed' ? [payload.state] : []
  })

describe('a run', () => {
  test('is answered for at once, and listed while it goes on', async () => {
    const { work } = steppedWork()
    const { runId } = await jobs.start(request, work)
    const { jobs: listed } = await jobs.handlers.list({ limit: 10 }, context)
    expect([listed, published]).toEqual([
      [
        {
          ...request,
          runId,
          state: 'running',
          progress: { done: 0, total: null, unit: 'steps', ratePerSecond: null, item: null },
          startedAtMs: 1_000_000,
          endedAtMs: null,
          outcome: null,
          errorCode: null,
        },
      ],
      [['jobs.changed', { runId, kind: 'archive.pull', state: 'running' }]],
    ])
  })

  test('ends with its own last sentence, in the database too', async () => {
    const { work, allow } = steppedWork()
    const { runId } = await jobs.start(request, work)
    time.nowMs += 500
    allow('one', 'two', 'three')
    const job = await jobs.ended(runId)
    expect([job, await db.jobs.getJob(runId), states()]).toEqual([
      expect.objectContaining({ state: 'done', outcome: 'Three steps were done.', endedAtMs: 1_000_500 }),
      job,
      ['running', 'done'],
    ])
  })

  test('that fails says in words what happened and what to do', async () => {
    const { runId } = await jobs.start(request, () =>
      Promise.reject(new AppError('network.refused', { details: { host: 'imap.harbour.example' } })),
    )
    expect(await jobs.ended(runId)).toMatchObject({
      state: 'failed',
      errorCode: 'network.refused',
      outcome:
        'imap.harbour.example refused the connection. Check the server name and the port, or diagnose the mailbox.',
    })
  })

  test.each([
    ['rejects', () => Promise.reject(new TypeError('x is not a function'))],
    [
      'throws at once',
      () => {
        throw new TypeError('x is not a function')
      },
    ],
  ])('with a bug that %s fails as such, and shows none of it', async (_, work) => {
    const { runId } = await jobs.start(request, work)
    expect(await jobs.ended(runId)).toMatchObject({
      state: 'failed',
      errorCode: 'internal',
      outcome: expect.not.stringContaining('function') as string,
    })
  })

  test('that does not exist is not found', async () => {
    await expect(jobs.handlers.cancel({ runId: 'none' }, context)).rejects.toMatchObject({
      code: 'record.not_found',
    })
  })
})

describe('a run that is cancelled', () => {
  test('stops at its next safe point and says that the rest is kept', async () => {
    const { reached, work, allow } = steppedWork()
    const { runId } = await jobs.start(request, work)
    allow('one')
    await settled()
    await jobs.handlers.cancel({ runId }, context)
    allow('two', 'three')
    expect([await jobs.ended(runId), reached]).toMatchObject([
      { state: 'cancelled', outcome: 'Cancelled. What was done until then is kept.', errorCode: null },
      ['one'],
    ])
  })

  test('keeps its own last sentence when it cleaned up and returned', async () => {
    const { runId } = await jobs.start(request, async (run) => {
      await new Promise((resolve) => run.signal.addEventListener('abort', resolve))
      return '12 of 40 messages were stored; 28 were not looked at.'
    })
    await jobs.handlers.cancel({ runId }, context)
    expect(await jobs.ended(runId)).toMatchObject({
      state: 'cancelled',
      outcome: '12 of 40 messages were stored; 28 were not looked at.',
    })
  })

  test('while it is paused does not wait on', async () => {
    const { work, allow } = steppedWork()
    const { runId } = await jobs.start(request, work)
    await jobs.handlers.pause({ runId }, context)
    allow('one')
    await settled()
    await jobs.handlers.cancel({ runId }, context)
    expect(await jobs.ended(runId)).toMatchObject({ state: 'cancelled' })
  })

  test('after its end stays as it ended', async () => {
    const { runId } = await jobs.start(request, () => Promise.resolve('Done.'))
    await jobs.ended(runId)
    await jobs.handlers.cancel({ runId }, context)
    expect((await jobs.handlers.get({ runId }, context)).state).toBe('done')
  })
})

describe('a run that is paused', () => {
  test('waits at its next safe point and goes on where it was', async () => {
    const { reached, work, allow } = steppedWork()
    const { runId } = await jobs.start(request, work)
    await jobs.handlers.pause({ runId }, context)
    allow('one', 'two', 'three')
    await settled()
    const whilePaused = [...reached]
    await jobs.handlers.resume({ runId }, context)
    await jobs.ended(runId)
    expect([whilePaused, reached, states()]).toEqual([
      [],
      ['one', 'two', 'three'],
      ['running', 'paused', 'running', 'done'],
    ])
  })

  test('must be pausable', async () => {
    const { work, allow } = steppedWork()
    const { runId } = await jobs.start({ ...request, pausable: false }, work)
    await jobs.handlers.pause({ runId }, context)
    allow('one', 'two', 'three')
    expect((await jobs.ended(runId)).state).toBe('done')
  })
})

describe('the end of the program', () => {
  test('cancels what runs and waits for it', async () => {
    const { runId } = await jobs.start(request, async (run) => {
      await new Promise((resolve) => run.signal.addEventListener('abort', resolve))
      return 'Put away.'
    })
    await jobs.dispose()
    expect(await db.jobs.getJob(runId)).toMatchObject({ state: 'cancelled', outcome: 'Put away.' })
  })

  test('without a farewell leaves runs that the next start calls interrupted', async () => {
    const { work } = steppedWork()
    const { runId } = await jobs.start(request, work)
    const count = await db.jobs.interruptJobs(2_000_000)
    expect([count, await db.jobs.getJob(runId)]).toMatchObject([
      1,
      {
        state: 'interrupted',
        endedAtMs: 2_000_000,
        outcome: 'The program ended while this ran. Start it again to go on.',
      },
    ])
  })
})
