import { v7 as uuid } from 'uuid'
import type { schedulesContract } from '../../../core/schedules/contract.ts'
import type { ScheduleWish } from '../../../core/schedules/types.ts'
import { AppError } from '../../../core/errors.ts'
import type { DbClient } from '../../../db/client.ts'
import type { KeptSchedule } from '../../../db/queries/schedules.ts'
import type { HandlersOf } from '../../ipc/handlers.ts'
import { itemsOf, lastRunOf } from './decide.ts'
import { dueAtMs, isOpen, opensAtMs } from './due.ts'
import type { SchedulesDeps } from './ports.ts'
import { createTurns } from './turns.ts'
import type { Turns } from './turns.ts'

export type { Runnables } from './ports.ts'

const lookEveryMs = 30_000

/** What the desk does by itself. `start` begins to look, every half minute, at what is due. */
export function createSchedules(deps: SchedulesDeps): {
  readonly handlers: HandlersOf<typeof schedulesContract>
  readonly start: () => Promise<void>
  /** Looks once at what is due; resolves when everything that starts has been started. */
  readonly look: () => Promise<void>
  /** Starts nothing any more; resolves when the jobs that run have ended and their ends are noted. */
  readonly dispose: () => Promise<void>
} {
  const turns = createTurns(deps)
  let timer: NodeJS.Timeout | null = null
  return {
    handlers: createHandlers(deps, turns),
    look: turns.look,
    start: async () => {
      await deps.db.schedules.interruptScheduleRuns(deps.clock.nowMs())
      timer = setInterval(() => void turns.look(), lookEveryMs)
      timer.unref()
      await turns.look()
    },
    dispose: async () => {
      if (timer !== null) clearInterval(timer)
      await turns.dispose()
    },
  }
}

function createHandlers(deps: SchedulesDeps, turns: Turns): HandlersOf<typeof schedulesContract> {
  const { db, clock, publish, runsHere } = deps
  const changed = (scheduleId: string) => {
    publish('schedules.changed', { scheduleId })
    if (runsHere) void turns.look()
  }
  return {
    list: async () => {
      const kept = await db.schedules.listSchedules()
      const power = await deps.readPower()
      return { schedules: kept.map((one) => describe(one, turns, clock.nowMs())), power, runsHere }
    },
    create: async (wish) => {
      const scheduleId = uuid()
      await db.schedules.putSchedule({ scheduleId, wish: checked(wish), createdAtMs: clock.nowMs() })
      changed(scheduleId)
      return { scheduleId }
    },
    change: async ({ scheduleId, ...wish }) => {
      const { createdAtMs } = await find(db, scheduleId)
      await db.schedules.putSchedule({ scheduleId, wish: checked(wish), createdAtMs })
      changed(scheduleId)
      return { scheduleId }
    },
    remove: async ({ scheduleId }) => {
      await db.schedules.removeSchedule(scheduleId)
      changed(scheduleId)
      return {}
    },
    runNow: async ({ scheduleId }) => {
      if (!runsHere)
        throw new AppError('usage.invalid', {
          details: {
            problem: 'Schedules run in the window or in `desk serve`, and neither is this program.',
          },
        })
      await turns.runNow(await find(db, scheduleId))
      return {}
    },
  }
}

async function find(db: DbClient, scheduleId: string): Promise<KeptSchedule> {
  const kept = (await db.schedules.listSchedules()).find((one) => one.scheduleId === scheduleId)
  if (kept === undefined) throw new AppError('record.not_found', { details: { what: 'schedule' } })
  return kept
}

/** A schedule that names nothing to work on would run without doing anything, for ever. */
function checked(wish: ScheduleWish): ScheduleWish {
  const { kind, target } = wish
  const lacks =
    kind === 'care.plan'
      ? target.planId === null
      : target.archiveId === null || (kind === 'archive.pull' && target.mailboxIds.length === 0)
  if (lacks)
    throw new AppError('usage.invalid', { details: { problem: 'The schedule names nothing to work on.' } })
  return wish
}

function describe(kept: KeptSchedule, turns: Turns, nowMs: number) {
  const { scheduleId, wish, createdAtMs } = kept
  const items = itemsOf(kept)
  const due = items.map((item) => dueAtMs(wish.recurrence, lastRunOf(item), createdAtMs, nowMs))
  const closed = wish.window !== null && !isOpen(wish.window, nowMs)
  return {
    ...wish,
    scheduleId,
    createdAtMs,
    items: items.map((item) => ({ itemId: item.itemId, lastRun: lastRunOf(item) })),
    dueAtMs: wish.enabled && due.length > 0 ? Math.min(...due) : null,
    waitsFor: turns.waitsFor(scheduleId),
    opensAtMs: closed && wish.window !== null ? opensAtMs(wish.window, nowMs) : null,
  }
}
