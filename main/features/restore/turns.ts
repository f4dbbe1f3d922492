import { AppError } from '../../../core/errors.ts'
import type { JobRequest, Jobs, Run } from '../jobs/index.ts'
import type { OpenableTarget } from './targets.ts'

/**
 * Starts jobs on targets, one at a time on each: two that look at the same folder at once would both find the same
 * message missing. `before` is done before the job works. Errors: `record.conflict`.
 */
export function createTurns(jobs: Jobs) {
  const busy = new Set<string>()
  return async (
    target: OpenableTarget,
    job: JobRequest,
    before: (runId: string) => Promise<void>,
    work: (run: Run) => Promise<string>,
  ): Promise<{ readonly runId: string }> => {
    if (busy.has(target.key))
      throw new AppError('record.conflict', {
        details: { reason: `A restore into ${target.name} runs already` },
      })
    busy.add(target.key)
    const ready = Promise.withResolvers<void>()
    try {
      const { runId } = await jobs.start(job, async (run) => {
        try {
          await ready.promise
          return await work(run)
        } finally {
          busy.delete(target.key)
        }
      })
      ready.resolve(before(runId))
      await ready.promise
      return { runId }
    } catch (error) {
      busy.delete(target.key)
      throw error
    }
  }
}
