import type { Publish } from '../../../core/contract/index.ts'
import { AppError } from '../../../core/errors.ts'
import { describeError } from '../../../core/error-text.ts'
import type { Job } from '../../../core/jobs/contract.ts'
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

/** One run: its state, its progress, and the ways to steer it. */
export function createRun(deps: RunDeps): RunControl {
  const { runId, request, clock } = deps
  const abort = new AbortController()
  const state = createJobState(deps)
  let waiting = Promise.withResolvers<void>()

  const run: Run = {
    runId,
    signal: abort.signal,
    progress: createProgress(deps, state),
    checkpoint: async () => {
      abort.signal.throwIfAborted()
      if (state.job().state === 'paused') await raceAbort(waiting.promise, abort.signal)
    },
  }
  return {
    job: state.job,
    save: state.save,
    cancel: () => abort.abort(new DOMException('The run was cancelled', 'AbortError')),
    pause: () => {
      if (!request.pausable || state.job().state !== 'running') return
      waiting = Promise.withResolvers<void>()
      state.change({ state: 'paused' })
    },
    resume: () => {
      if (state.job().state !== 'paused') return
      state.change({ state: 'running' })
      waiting.resolve()
    },
    execute: async (work) => {
      const end = await outcomeOf(
        Promise.try(() => work(run)),
        abort.signal,
        deps.logger,
        runId,
      )
      state.change({ ...end, endedAtMs: clock.nowMs() })
      await state.saved()
    },
  }
}

interface JobStateHolder {
  job(): Job
  save(): Promise<void>
  /** Takes effect at once in memory, in turn in the database; then everyone is told. */
  change(next: Partial<Job>): void
  saved(): Promise<void>
  /** In memory only: what changes many times a second. */
  keep(next: Pick<Job, 'progress'>): void
}

function createJobState({ runId, request, clock, db, publish, logger }: RunDeps): JobStateHolder {
  let current: Job = {
    runId,
    ...request,
    state: 'running',
    progress: { done: 0, total: null, unit: 'steps', ratePerSecond: null, item: null },
    startedAtMs: clock.nowMs(),
    endedAtMs: null,
    outcome: null,
    errorCode: null,
  }
  let tail = Promise.resolve()
  return {
    job: () => current,
    save: async () => {
      await db.jobs.putJob(current)
      publish('jobs.changed', { runId, kind: request.kind, state: current.state })
    },
    saved: () => tail,
    keep: (next) => {
      current = { ...current, ...next }
    },
    change: (next) => {
      const changed = { ...current, ...next }
      current = changed
      tail = tail.then(async () => {
        try {
          await db.jobs.putJob(changed)
        } catch (err) {
          logger.error({ err, runId }, 'job state not saved')
        }
        if (next.state !== undefined)
          publish('jobs.changed', { runId, kind: request.kind, state: next.state })
      })
    },
  }
}

function createProgress(deps: RunDeps, state: JobStateHolder): Run['progress'] {
  const { clock, publish, runId, request } = deps
  const meter = createRateMeter(clock)
  let publishedAtMs = -Infinity
  return (now) => {
    const progress = { item: null, ...now, ratePerSecond: meter(now.done) }
    state.keep({ progress })
    if (clock.monotonicMs() - publishedAtMs < publishEveryMs && now.done !== now.total) return
    publishedAtMs = clock.monotonicMs()
    publish('jobs.progressed', { runId, kind: request.kind, progress })
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
    if (signal.aborted)
      return { state: 'cancelled', outcome: 'Cancelled. What was done until then is kept.', errorCode: null }
    const known = error instanceof AppError
    logger.error({ err: error, runId }, 'run failed')
    const { sentence, nextStep } = known
      ? describeError(error.code, error.details)
      : describeError('internal')
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
