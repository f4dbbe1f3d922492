import { asc, eq } from 'drizzle-orm'
import type { LastRun, ScheduleWish } from '../../core/schedules/types.ts'
import type { ReadHandle, WriteHandle } from '../handles.ts'
import { scheduleRunsTable, schedulesTable } from '../schema/schedules.ts'

/** A schedule as it is kept: what was wished, and the last run of each of its items. */
export interface KeptSchedule {
  readonly scheduleId: string
  readonly wish: ScheduleWish
  readonly createdAtMs: number
  readonly lastRuns: Readonly<Record<string, LastRun>>
}

/** All schedules, oldest first. */
export function listSchedules(db: ReadHandle): readonly KeptSchedule[] {
  const runs = db.select().from(scheduleRunsTable).all()
  const rows = db.select().from(schedulesTable).orderBy(asc(schedulesTable.createdAtMs)).all()
  return rows.map(({ scheduleId, wish, createdAtMs }) => ({
    scheduleId,
    wish: JSON.parse(wish) as ScheduleWish,
    createdAtMs,
    lastRuns: Object.fromEntries(
      runs
        .filter((run) => run.scheduleId === scheduleId)
        .map(({ itemId, lastRun }) => [itemId, JSON.parse(lastRun) as LastRun]),
    ),
  }))
}

/** Adds a schedule, or changes what is wished of one. */
export function putSchedule(
  db: WriteHandle,
  kept: { readonly scheduleId: string; readonly wish: ScheduleWish; readonly createdAtMs: number },
): void {
  const wish = JSON.stringify(kept.wish)
  db.insert(schedulesTable)
    .values({ ...kept, wish })
    .onConflictDoUpdate({ target: schedulesTable.scheduleId, set: { wish } })
    .run()
}

/** Removes a schedule with what is known of its runs. */
export function removeSchedule(db: WriteHandle, scheduleId: string): void {
  db.delete(schedulesTable).where(eq(schedulesTable.scheduleId, scheduleId)).run()
}

/** Notes how an item's run began or ended. One whose schedule was removed meanwhile is of no interest. */
export function putScheduleRun(db: WriteHandle, scheduleId: string, itemId: string, run: LastRun): void {
  const known = db.select().from(schedulesTable).where(eq(schedulesTable.scheduleId, scheduleId)).get()
  if (known === undefined) return
  const lastRun = JSON.stringify(run)
  db.insert(scheduleRunsTable)
    .values({ scheduleId, itemId, lastRun })
    .onConflictDoUpdate({
      target: [scheduleRunsTable.scheduleId, scheduleRunsTable.itemId],
      set: { lastRun },
    })
    .run()
}

/** At start: runs that were cut off with the program; they are due again. */
export function interruptScheduleRuns(db: WriteHandle, nowMs: number): void {
  for (const row of db.select().from(scheduleRunsTable).all()) {
    const run = JSON.parse(row.lastRun) as LastRun
    if (run.state !== 'running') continue
    const outcome = 'The program ended while this ran. It is run again.'
    putScheduleRun(db, row.scheduleId, row.itemId, {
      ...run,
      state: 'interrupted',
      endedAtMs: nowMs,
      outcome,
    })
  }
}
