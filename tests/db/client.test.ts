import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../core/errors.ts'
import type { Job } from '../../core/jobs/contract.ts'
import { createWorkerDbClient } from '../../db/client.ts'
import { createInlineDbClient } from '../../db/inline-client.ts'
import type { DbClient } from '../../db/client.ts'
import { workerUrl } from '../../main/lib/worker-url.ts'

let folder: string
let inline: DbClient
let worker: DbClient

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'desk-client-'))
  inline = createInlineDbClient(join(folder, 'inline.sqlite'))
  worker = await createWorkerDbClient(join(folder, 'worker.sqlite'), workerUrl('db/worker.ts', 'db-worker'))
})

afterEach(async () => {
  await inline.close()
  await worker.close()
  rmSync(folder, { recursive: true })
})

/** A call's answer or its refusal, as plain data. */
async function outcomeOf(call: Promise<unknown>): Promise<unknown> {
  try {
    return { value: await call }
  } catch (error) {
    if (!(error instanceof AppError)) return 'a bug'
    return { code: error.code, details: error.details, retryable: error.retryable }
  }
}

const job = fc.record<Job>({
  runId: fc.constantFrom('a', 'b', 'c'),
  kind: fc.constantFrom('archive.pull', 'diagnostics.run'),
  title: fc.string({ unit: 'grapheme' }),
  state: fc.constantFrom('running', 'paused', 'done', 'failed', 'cancelled', 'interrupted'),
  progress: fc.record({
    done: fc.nat(),
    total: fc.option(fc.nat()),
    unit: fc.string(),
    ratePerSecond: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 })),
    item: fc.option(fc.string()),
  }),
  startedAtMs: fc.nat(),
  endedAtMs: fc.option(fc.nat()),
  outcome: fc.option(fc.string()),
  errorCode: fc.option(fc.string()),
  pausable: fc.boolean(),
})

/** Calls of every kind: writes, reads, nothing found, values that do not fit, names that do not exist. */
const call = fc.oneof(
  job.map((value) => (db: DbClient) => db.jobs.putJob(value)),
  fc.constantFrom('a', 'z').map((runId) => (db: DbClient) => db.jobs.getJob(runId)),
  fc.integer({ min: -1, max: 3 }).map((limit) => (db: DbClient) => db.jobs.listJobs(limit)),
  fc.nat().map((nowMs) => (db: DbClient) => db.jobs.interruptJobs(nowMs)),
  fc
    .dictionary(fc.string({ minLength: 1 }), fc.option(fc.jsonValue(), { nil: undefined }), { maxKeys: 3 })
    .map((values) => (db: DbClient) => db.settings.putSettings(values)),
  fc.string().map((key) => (db: DbClient) => db.settings.getOrPutSetting(key, 'candidate')),
  fc.constant((db: DbClient) => db.settings.getSettings()),
  fc.constant((db: DbClient) => db.jobs.putJob({ runId: null } as never)),
  fc.constant((db: DbClient) =>
    (db.jobs as unknown as Record<string, () => Promise<unknown>>)['explode']?.(),
  ),
)

describe('a client in a worker', () => {
  test('answers every call as the one in line does, refusals too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 30 }), async (calls) => {
        const answers = [inline, worker].map(async (db) => {
          const all: unknown[] = []
          for (const one of calls) all.push(await outcomeOf(Promise.resolve(one(db))))
          return all
        })
        const [left, right] = await Promise.all(answers)
        expect(right).toEqual(left)
      }),
      { numRuns: 60 },
    )
  })

  test('answers calls in the order in which they were made', async () => {
    const names = Array.from({ length: 50 }, (_, index) => String(index))
    await Promise.all(names.map((operatorName) => worker.settings.putSettings({ operatorName })))
    expect(await worker.settings.getSettings()).toMatchObject({ operatorName: '49' })
  })

  test('leaves the calling thread free while it works', async () => {
    const many = Array.from({ length: 200 }, (_, index) =>
      worker.settings.putSettings({ [`k${index}`]: index }),
    )
    const turns: number[] = []
    const done = Promise.all(many).then(() => turns.push(-1))
    await new Promise((resolve) => setImmediate(resolve))
    turns.push(0)
    await done
    expect(turns).toEqual([0, -1])
  })

  test('brings a refusal to open back as the refusal that it is', async () => {
    const url = workerUrl('db/worker.ts', 'db-worker')
    expect(await outcomeOf(createWorkerDbClient(folder, url))).toMatchObject({
      code: 'db.read_only',
      details: { file: folder },
    })
  })
})
