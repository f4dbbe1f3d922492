import { v7 as uuid } from 'uuid'
import type { Publish } from '../../../core/contract/index.ts'
import { AppError } from '../../../core/errors.ts'
import type { Job, jobsContract } from '../../../core/jobs/contract.ts'
import type { DbClient } from '../../../db/client.ts'
import type { HandlersOf } from '../../ipc/handlers.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Logger } from '../../lib/logger.ts'
import { createRun } from './run.ts'
import type { Run, RunControl } from './run.ts'

export type { Run } from './run.ts'

/** What long work is called, and whether it has safe points at which it can wait. */
export interface JobRequest {
  /** `feature.verb` of the command that starts it. */
  readonly kind: string
  readonly title: string
  readonly pausable: boolean
}

/** Starts long work and returns at once. The work's last sentence becomes the job's outcome. */
export interface Jobs {
  start(request: JobRequest, work: (run: Run) => Promise<string>): Promise<{ readonly runId: string }>
  /** Resolves when the run has ended, however it ended. */
  ended(runId: string): Promise<Job>
}

interface JobsDeps {
  readonly db: DbClient
  readonly publish: Publish
  readonly clock: Clock
  readonly logger: Logger
}

/** The job centre's engine: every run is in the database and can be cancelled; pausable ones can wait. */
export function createJobs(deps: JobsDeps): Jobs & {
  readonly handlers: HandlersOf<typeof jobsContract>
  readonly dispose: () => Promise<void>
} {
  const running = new Map<string, { readonly control: RunControl; readonly finished: Promise<void> }>()

  const start: Jobs['start'] = async (request, work) => {
    const runId = uuid()
    const control = createRun({ ...deps, runId, request })
    await control.save()
    const finished = control.execute(work).finally(() => running.delete(runId))
    running.set(runId, { control, finished })
    return { runId }
  }
  const find = async (runId: string): Promise<Job> => {
    const live = running.get(runId)?.control.job()
    const job = live ?? (await deps.db.jobs.getJob(runId))
    if (job === null) throw new AppError('record.not_found', { details: { what: 'run' } })
    return job
  }
  const steer = (act: (control: RunControl) => void) => async (input: { runId: string }) => {
    const live = running.get(input.runId)
    if (live === undefined) await find(input.runId)
    else act(live.control)
    return {}
  }
  return {
    start,
    ended: async (runId) => {
      await running.get(runId)?.finished
      return find(runId)
    },
    handlers: {
      list: async ({ limit }) => {
        const stored = await deps.db.jobs.listJobs(limit)
        return { jobs: stored.map((job) => running.get(job.runId)?.control.job() ?? job) }
      },
      get: ({ runId }) => find(runId),
      cancel: steer((control) => control.cancel()),
      pause: steer((control) => control.pause()),
      resume: steer((control) => control.resume()),
    },
    dispose: async () => {
      const all = [...running.values()]
      for (const { control } of all) control.cancel()
      await Promise.allSettled(all.map(({ finished }) => finished))
    },
  }
}
