import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Publish } from '../../../../../core/contract/index.ts'
import { AppError } from '../../../../../core/errors.ts'
import type { PowerState, ScheduleWish } from '../../../../../core/schedules/types.ts'
import type { DbClient } from '../../../../../db/client.ts'
import { createInlineDbClient } from '../../../../../db/inline-client.ts'
import { createJobs } from '../../../../../main/features/jobs/index.ts'
import { createSchedules } from '../../../../../main/features/schedules/index.ts'
import { silentLogger } from '../../../../../main/lib/logger.ts'

const context = { signal: new AbortController().signal, face: 'test' } as const
const plugged: PowerState = { onBattery: false, metered: false, online: true }
const pullEvery6Hours = (archiveId: string, ...mailboxIds: string[]): ScheduleWish => ({
  kind: 'archive.pull',
  target: { archiveId, mailboxIds, planId: null },
  recurrence: { every: 'hours', hours: 6 },
  window: null,
  onBattery: false,
  onMetered: false,
  enabled: true,
})

let db: DbClient
let time: { nowMs: number }
let power: PowerState
let jobs: ReturnType<typeof createJobs>
let schedules: ReturnType<typeof createSchedules>
let started: string[]
let gates: Map<string, PromiseWithResolvers<string>>

beforeEach(() => {
  db = createInlineDbClient(':memory:')
  time = { nowMs: new Date('2026-05-04T12:00').getTime() }
  power = plugged
  started = []
  gates = new Map()
  const publish: Publish = () => undefined
  const clock = { nowMs: () => time.nowMs, monotonicMs: () => time.nowMs }
  jobs = createJobs({ db, publish, clock, logger: silentLogger })
  const start = ({ mailboxId }: { mailboxId: string | null }) => {
    if (mailboxId === 'nobody') throw new AppError('record.not_found', { details: { what: 'mailbox' } })
    const name = mailboxId ?? ''
    const gate = Promise.withResolvers<string>()
    started.push(name)
    gates.set(name, gate)
    return jobs.start({ kind: 'archive.pull', title: name, pausable: false }, () => gate.promise)
  }
  const runnable = { start, needsNetwork: true }
  const runnables = {
    'archive.pull': runnable,
    'archive.scrub': runnable,
    'archive.syncCopies': runnable,
    'archive.applyRetention': runnable,
    'restore.drill': runnable,
    'care.plan': runnable,
  }
  const readPower = () => Promise.resolve(power)
  schedules = createSchedules({
    ...{ db, publish, clock, logger: silentLogger, jobs, runnables, readPower, runsHere: true },
  })
})

afterEach(async () => {
  for (const gate of gates.values()) gate.resolve('Done.')
  await schedules.dispose()
  await jobs.dispose()
  await db.close()
})

const add = (wish: ScheduleWish) => schedules.handlers.create(wish, context)
const list = async () => (await schedules.handlers.list({}, context)).schedules
/** Ends a run, and waits until that is noted. */
async function end(mailboxId: string): Promise<void> {
  gates.get(mailboxId)?.resolve(`${mailboxId} is archived.`)
  while (
    (await list()).some((one) =>
      one.items.some((item) => item.itemId === mailboxId && item.lastRun?.state === 'running'),
    )
  )
    await new Promise((resolve) => setImmediate(resolve))
  await schedules.look()
}

describe('schedules', () => {
  test('give every mailbox of an archive its turn, the longest unserved first', async () => {
    await add(pullEvery6Hours('archive', 'ana', 'ben', 'cleo'))
    await schedules.look()
    const first = [...started]
    await end('ana')
    await end('ben')
    await end('cleo')
    time.nowMs += 6 * 3_600_000
    await schedules.look()
    expect([first, started]).toEqual([['ana'], ['ana', 'ben', 'cleo', 'ana']])
  })

  test('work on two archives at a time, and the third waits for its turn', async () => {
    for (const name of ['ana', 'ben', 'cleo']) await add(pullEvery6Hours(`archive of ${name}`, name))
    await schedules.look()
    expect([started, (await list()).map(({ waitsFor }) => waitsFor)]).toEqual([
      ['ana', 'ben'],
      [null, null, 'turn'],
    ])
  })

  test('wait on battery, on a metered network, without a network and outside their window, and say so', async () => {
    const wish = pullEvery6Hours('archive', 'ana')
    await add({ ...wish, window: { fromMinute: 22 * 60, toMinute: 6 * 60 } })
    const reasons = []
    for (const now of [
      plugged,
      { ...plugged, onBattery: true },
      { ...plugged, metered: true },
      { ...plugged, online: false },
    ]) {
      power = now
      if (now !== plugged) {
        const [{ scheduleId } = { scheduleId: '' }] = await list()
        await schedules.handlers.change({ ...wish, scheduleId }, { ...context })
      }
      await schedules.look()
      reasons.push((await list())[0]?.waitsFor)
    }
    expect([reasons, started]).toEqual([['window', 'battery', 'metered', 'offline'], []])
  })

  test('run what a person asks for now, whatever it waits for', async () => {
    power = { ...plugged, onBattery: true }
    const { scheduleId } = await add(pullEvery6Hours('archive', 'ana'))
    await schedules.handlers.runNow({ scheduleId }, context)
    expect(started).toEqual(['ana'])
  })

  test('say in a sentence what could not be started, and go on with the others', async () => {
    await add(pullEvery6Hours('archive', 'nobody', 'ana'))
    await schedules.look()
    await schedules.look()
    const [schedule] = await list()
    expect([schedule?.items.map(({ lastRun }) => [lastRun?.state, lastRun?.errorCode]), started]).toEqual([
      [
        ['refused', 'record.not_found'],
        ['running', null],
      ],
      ['ana'],
    ])
  })

  test('start again what was cut off with the program', async () => {
    const { scheduleId } = await add(pullEvery6Hours('archive', 'ana'))
    const startedAtMs = time.nowMs
    const cutOff = {
      runId: 'gone',
      startedAtMs,
      endedAtMs: null,
      state: 'running',
      outcome: null,
      errorCode: null,
    } as const
    await schedules.look()
    await end('ana')
    await db.schedules.putScheduleRun(scheduleId, 'ana', cutOff)
    await schedules.start()
    expect(started).toEqual(['ana', 'ana'])
  })
})
