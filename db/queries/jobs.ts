import { desc, eq, inArray } from 'drizzle-orm'
import type { Job, JobProgress, JobState } from '../../core/jobs/contract.ts'
import type { ReadHandle, WriteHandle } from '../handles.ts'
import { jobsTable } from '../schema/jobs.ts'

type JobRow = typeof jobsTable.$inferSelect

/** The newest runs first. */
export function listJobs(db: ReadHandle, limit: number): readonly Job[] {
  return db.select().from(jobsTable).orderBy(desc(jobsTable.startedAtMs)).limit(limit).all().map(toJob)
}

/** One run, or null. */
export function getJob(db: ReadHandle, runId: string): Job | null {
  const row = db.select().from(jobsTable).where(eq(jobsTable.runId, runId)).get()
  return row === undefined ? null : toJob(row)
}

/** Writes a run's present state over its last one. */
export function putJob(db: WriteHandle, job: Job): void {
  const row = { ...job, progress: JSON.stringify(job.progress) }
  db.insert(jobsTable).values(row).onConflictDoUpdate({ target: jobsTable.runId, set: row }).run()
}

/** At start: whatever still says that it runs was cut off with the program, and says so from now on. */
export function interruptJobs(db: WriteHandle, nowMs: number): number {
  return db
    .update(jobsTable)
    .set({
      state: 'interrupted',
      endedAtMs: nowMs,
      outcome: 'The program ended while this ran. Start it again to go on.',
    })
    .where(inArray(jobsTable.state, ['running', 'paused']))
    .run().changes
}

function toJob(row: JobRow): Job {
  return { ...row, state: row.state as JobState, progress: JSON.parse(row.progress) as JobProgress }
}
