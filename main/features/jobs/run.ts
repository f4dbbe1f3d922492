import type { Publish } from '../../../core/contract/index.ts'
import { AppError } from '../../../core/errors.ts'
import { describeError } from '../../../core/error-text.ts'
import type { Job, JobProgress, JobState } from '../../../core/jobs/contract.ts'
import type { DbClient } from '../../../db/client.ts'
import type { Clock } from '../../lib/clock.ts'
import { raceAbort } from '../../lib/deadline.ts'
import type { Logger } from '../../lib/logger.ts'

/** What long work is given to report by and to be stopped by. */
export interface Run {
  readonly runId: string
  readonly signal: AbortSignal
  /** Reports how far it is; the rate is worked out here. Cheap: published at most five times a second. */
  progress(now: { done: number; total: number | null; unit: string; item?: string | null }): void
  /** Waits here while paused; throws when cancelled. Call it where stopping loses nothing. */
  checkpoint(): Promise<void>
}

/** The job centre's side of a run. */
export interface RunControl {
  job(): Job
  save(): Promise<void>
  execute(work: (run: Run) => Promise<string>): Promise<void>
  cancel(): void
  pause(): void
  resume(): void
}

interface RunDeps {
  readonly db: DbClient
  readonly publish: Publish
  readonly clock: Clock
  readonly logger: Logger
  readonly runId: string
  readonly request: { readonly kind: string; readonly title: string; readonly pausable: boolean }
}

const publishEveryMs = 200
const rateWindowMs = 5_000
const nothingYet: JobProgress = { done: 0, total: null, unit: 'steps', ratePerSecond: null, item: null }

/** One run: its state, its progress, and the ways to steer it. */
export function createRun(deps: RunDeps): RunControl {
  const { runId, request, publish, clock } = deps
  const abort = new AbortController()
  const meter = createRateMeter(clock)
  let paused = Promise.withResolvers<void>()
  let publishedAtMs = -Infinity
  let current: Job = {
    runId,
    ...request,
    state: 'running',
    progress: nothingYet,
    startedAtMs: clock.nowMs(),
    endedAtMs: null,
    outcome: null,
    errorCode: null,
  }

  const save = () => deps.db.jobs.putJob(current)
  const change = async (next: Partial<Job> & { state: JobState }): Promise<void> => {
    current = { ...current, ...next }
    await save()
    publish('jobs.changed', { runId, kind: request.kind, state: next.state })
  }
  const steer = (state: 'running' | 'paused') =>
    void change({ state }).catch((err: unknown) => deps.logger.error({ err, runId }, 'job state not saved'))

  const run: Run = {
    runId,
    signal: abort.signal,
    progress: (now) => {
      const progress = { item: null, ...now, ratePerSecond: meter(now.done) }
      current = { ...current, progress }
      if (clock.monotonicMs() - publishedAtMs < publishEveryMs && now.done !== now.total) return
      publishedAtMs = clock.monotonicMs()
      publish('jobs.progressed', { runId, kind: request.kind, progress })
    },
    checkpoint: async () => {
      abort.signal.throwIfAborted()
      if (current.state === 'paused') await raceAbort(paused.promise, abort.signal)
    },
  }
  return {
    job: () => current,
    save,
    cancel: () => abort.abort(new DOMException('The run was cancelled', 'AbortError')),
    pause: () => {
      if (!request.pausable || current.state !== 'running') return
      paused = Promise.withResolvers<void>()
      steer('paused')
    },
    resume: () => {
      if (current.state !== 'paused') return
      steer('running')
      paused.resolve()
    },
    execute: async (work) => {
      const end = await outcomeOf(work(run), abort.signal, deps.logger, runId)
      await change({ ...end, endedAtMs: clock.nowMs() }).catch((err: unknown) =>
        deps.logger.error({ err, runId }, 'the end of a run was not saved'),
      )
    },
  }
}

async function outcomeOf(
  work: Promise<string>,
  signal: AbortSignal,
  logger: Logger,
  runId: string,
): Promise<Pick<Job, 'state' | 'outcome' | 'errorCode'>> {
  try {
    const outcome = await work
    return { state: signal.aborted ? 'cancelled' : 'done', outcome, errorCode: null }
  } catch (error) {
    if (signal.aborted) return { state: 'cancelled', outcome: 'Cancelled. What was done until then is kept.', errorCode: null }
    const known = error instanceof AppError
    logger.error({ err: error, runId }, 'run failed')
    const { sentence, nextStep } = known ? describeError(error.code, error.details) : describeError('internal')
    return { state: 'failed', outcome: `${sentence} ${nextStep}`, errorCode: known ? error.code : 'internal' }
  }
}

/** Units a second over the last five seconds; null until two measurements lie apart. */
function createRateMeter(clock: Clock): (done: number) => number | null {
  let marks: readonly { readonly atMs: number; readonly done: number }[] = []
  return (done) => {
    const atMs = clock.monotonicMs()
    marks = [...marks.filter((mark) => atMs - mark.atMs < rateWindowMs).slice(-100), { atMs, done }]
    const first = marks[0]
    if (first === undefined || atMs - first.atMs < 250) return null
    return ((done - first.done) * 1000) / (atMs - first.atMs)
  }
}
