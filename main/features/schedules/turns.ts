import type { Job } from '../../../core/jobs/contract.ts'
import type { LastRun, WaitReason } from '../../../core/schedules/types.ts'
import { AppError } from '../../../core/errors.ts'
import { describeError } from '../../../core/error-text.ts'
import type { KeptSchedule } from '../../../db/queries/schedules.ts'
import { decide, itemsOf, keyOf } from './decide.ts'
import type { Item } from './decide.ts'
import type { SchedulesDeps } from './ports.ts'

/** Starts what is due, in turn, and notes how it ended. */
export interface Turns {
  /** Looks at what is due and starts it; a look during a look follows it. Never rejects. */
  look(): Promise<void>
  /** Starts everything of a schedule, whatever it waits for. */
  runNow(schedule: KeptSchedule): Promise<void>
  /** Why a schedule that is due has not started; null when it is not due or runs. */
  waitsFor(scheduleId: string): WaitReason | null
  /** Starts nothing any more, and resolves when the end of everything that runs has been noted. */
  dispose(): Promise<void>
}

/** Two runs at a time: one may wait for its server while the other works. */
const places = 2

/** See `Turns`. */
export function createTurns(deps: SchedulesDeps): Turns {
  const running = new Map<string, { readonly item: Item; readonly ended: Promise<void> }>()
  const asked = new Set<string>()
  let waiting: ReadonlyMap<string, WaitReason> = new Map()
  let tail = Promise.resolve()
  let disposed = false

  const lookOnce = async (): Promise<void> => {
    if (disposed) return
    const schedules = await deps.db.schedules.listSchedules()
    const { clock, runnables, readPower } = deps
    const now = { nowMs: clock.nowMs(), power: await readPower(), runnables, asked, places }
    const decision = decide(schedules, { ...now, running: [...running.values()].map(({ item }) => item) })
    announce(deps, waiting, decision.waiting)
    waiting = decision.waiting
    for (const item of decision.start) await begin(item)
  }
  const look = (): Promise<void> =>
    (tail = tail
      .then(lookOnce)
      .catch((err: unknown) => deps.logger.error({ err }, 'schedules not looked at')))

  const begin = async (item: Item): Promise<void> => {
    asked.delete(keyOf(item))
    const follow = await startItem(deps, item)
    if (follow === null) return
    const ended = follow()
      .catch((err: unknown) => deps.logger.error({ err }, 'end of a scheduled run not kept'))
      .finally(() => {
        running.delete(keyOf(item))
        void look()
      })
    running.set(keyOf(item), { item, ended })
  }
  return {
    look,
    runNow: async (schedule) => {
      for (const item of itemsOf(schedule)) asked.add(keyOf(item))
      await look()
    },
    waitsFor: (scheduleId) => waiting.get(scheduleId) ?? null,
    dispose: async () => {
      disposed = true
      await Promise.all([...running.values()].map(({ ended }) => ended))
      await tail
    },
  }
}

/** Starts one run and notes it; returns what follows it to its end, or null when it could not be started. */
async function startItem(deps: SchedulesDeps, item: Item): Promise<(() => Promise<void>) | null> {
  const { wish } = item.schedule
  const { archiveId, planId } = wish.target
  const startedAtMs = deps.clock.nowMs()
  const note = (run: Omit<LastRun, 'startedAtMs'>) => keep(deps, item, { ...run, startedAtMs })
  try {
    const mailboxId = item.itemId === '' ? (wish.target.mailboxIds[0] ?? null) : item.itemId
    const { runId } = await deps.runnables[wish.kind].start({ archiveId, mailboxId, planId })
    await note({ runId, endedAtMs: null, state: 'running', outcome: null, errorCode: null })
    return async () => {
      const job = await deps.jobs.ended(runId)
      await note({ runId, ...endOf(job, deps.clock.nowMs()) })
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { sentence, nextStep } = describeError(error.code, error.details)
    const outcome = `${sentence} ${nextStep}`
    await note({ runId: null, endedAtMs: startedAtMs, state: 'refused', outcome, errorCode: error.code })
    return null
  }
}

function endOf(job: Job, nowMs: number): Omit<LastRun, 'runId' | 'startedAtMs'> {
  const { outcome, errorCode } = job
  const state = job.state === 'paused' || job.state === 'running' ? 'interrupted' : job.state
  return { endedAtMs: job.endedAtMs ?? nowMs, state, outcome, errorCode }
}

async function keep(deps: SchedulesDeps, item: Item, run: LastRun): Promise<void> {
  const { scheduleId } = item.schedule
  await deps.db.schedules.putScheduleRun(scheduleId, item.itemId, run)
  deps.publish('schedules.changed', { scheduleId })
}

/** Tells of schedules that began or ceased to wait. */
function announce(
  { publish }: SchedulesDeps,
  before: ReadonlyMap<string, WaitReason>,
  now: ReadonlyMap<string, WaitReason>,
): void {
  for (const scheduleId of new Set([...before.keys(), ...now.keys()]))
    if (before.get(scheduleId) !== now.get(scheduleId)) publish('schedules.changed', { scheduleId })
}
