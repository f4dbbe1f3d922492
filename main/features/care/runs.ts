import { describeItems } from '../../../core/care/outcomes.ts'
import type { CleanupRun, ItemState, RunItem } from '../../../core/care/plans.ts'
import { describeError } from '../../../core/error-text.ts'
import { AppError } from '../../../core/errors.ts'
import type { Run } from '../jobs/index.ts'
import { carryOutItem } from './carry-out.ts'
import type { CareDeps } from './deps.ts'
import { listItem } from './list-item.ts'
import type { Progress } from './list-item.ts'
import { beginRun, findPlan, findRun } from './plans.ts'
import { createSlots } from './slots.ts'
import type { Slots } from './slots.ts'
import { undoItem } from './undo.ts'

/** A run of a plan, and the job that works on it. */
export interface StartedRun {
  readonly runId: string
  readonly jobId: string
}

/** Mailboxes that one run works on at once: each takes a connection, and a long one must not hold up the others. */
const atOnce = 3

/** Runs of clean-up plans as jobs. */
export function createCareRuns(deps: CareDeps) {
  /** An archive has one writer; runs of several mailboxes take turns. */
  const archiving = new Map<string, Slots>()
  const archivingOf = (archiveId: string): Slots => {
    const slots = archiving.get(archiveId) ?? createSlots(1)
    archiving.set(archiveId, slots)
    return slots
  }
  const carryOut =
    (run: CleanupRun): ItemWork =>
    (item, job, progress) =>
      carryOutItem(deps, archivingOf(run.archiveId), run, item, job, progress)

  return {
    preview: async (planId: string, only: readonly string[] | null): Promise<StartedRun> => {
      const plan = await findPlan(deps, planId)
      const run = await beginRun(deps, plan, only)
      return start(deps, run, 'care.preview', `Preview “${run.planName}”`, (job) =>
        eachItem(deps, run, ['waiting'], job, (item, one, progress) =>
          listItem(deps, run, item, one, progress),
        ),
      )
    },
    carryOut: async (runId: string): Promise<StartedRun> => {
      const run = await findRun(deps, runId)
      requireItems(run, toCarryOut, 'Nothing of this run is left to be carried out')
      return start(deps, run, 'care.carryOut', `Clean up by “${run.planName}”`, (job) =>
        eachItem(deps, run, toCarryOut, job, carryOut(run)),
      )
    },
    undo: async (runId: string): Promise<StartedRun> => {
      const run = await findRun(deps, runId)
      requireItems(run, toUndo, 'This run has removed nothing')
      return start(deps, run, 'care.undoRun', `Put back what “${run.planName}” removed`, (job) =>
        eachItem(deps, run, toUndo, job, (item, one, progress) => undoItem(deps, run, item, one, progress)),
      )
    },
    /** For schedules: makes the list, and carries it out where the plan's removal is on. */
    runPlan: async (planId: string): Promise<StartedRun> => {
      const plan = await findPlan(deps, planId)
      const run = await beginRun(deps, plan, null)
      return start(deps, run, 'care.plan', `Clean-up plan “${run.planName}”`, async (job) => {
        await eachItem(deps, run, ['waiting'], job, (item, one, progress) =>
          listItem(deps, run, item, one, progress),
        )
        const listed = await findRun(deps, run.runId)
        if (plan.removalOn) await eachItem(deps, listed, ['previewed'], job, carryOut(run))
      })
    },
  }
}

const toCarryOut: readonly ItemState[] = ['previewed', 'interrupted', 'failed']
const toUndo: readonly ItemState[] = ['done', 'interrupted', 'failed', 'undone']

type ItemWork = (item: RunItem, job: Run, progress: Progress) => Promise<void>

/** An item that failed before its list was made has nothing that could be carried out or undone: it stays failed. */
function isReady({ state, amounts }: RunItem): boolean {
  return (state !== 'failed' && state !== 'interrupted') || Object.keys(amounts).length > 0
}

function requireItems(run: CleanupRun, states: readonly ItemState[], reason: string): void {
  if (!run.items.some((item) => states.includes(item.state) && isReady(item)))
    throw new AppError('record.conflict', { details: { reason } })
}

async function start(
  deps: CareDeps,
  run: CleanupRun,
  kind: string,
  title: string,
  work: (job: Run) => Promise<void>,
): Promise<StartedRun> {
  const { runId } = run
  const named = run.items.length === 1 ? `${title}: ${run.items[0]?.address ?? ''}` : title
  const started = await deps.jobs.start({ kind, title: named, pausable: true }, async (job) => {
    await deps.db.care.setCareRunJob(runId, job.runId)
    try {
      await work(job)
    } finally {
      deps.publish('care.runChanged', { runId })
    }
    const { items } = await findRun(deps, runId)
    job.signal.throwIfAborted()
    return describeItems(items)
  })
  return { runId, jobId: started.runId }
}

/** Works through the mailboxes of a run, a few at once. One that fails says why, and the rest go on. */
async function eachItem(
  deps: CareDeps,
  run: CleanupRun,
  states: readonly ItemState[],
  job: Run,
  work: ItemWork,
): Promise<void> {
  const chosen = run.items.filter((item) => states.includes(item.state) && isReady(item))
  const slots = createSlots(atOnce)
  let done = 0
  const progress: Progress = (messages, item) => {
    done += messages
    job.progress({ done, total: null, unit: 'messages', item })
  }
  const all = chosen.map((item) =>
    slots.use(job.signal, async () => {
      try {
        await work(item, job, (messages, folder) => progress(messages, `${item.address}: ${folder}`))
      } catch (error) {
        await noteFailure(deps, item, error, job)
      }
      deps.publish('care.runChanged', { runId: run.runId })
    }),
  )
  await Promise.allSettled(all)
  job.signal.throwIfAborted()
}

async function noteFailure(deps: CareDeps, item: RunItem, error: unknown, job: Run): Promise<void> {
  const endedAtMs = deps.clock.nowMs()
  if (job.signal.aborted) {
    const note = 'It was stopped. Nothing is lost: what was not removed is still on the server.'
    await deps.db.care.setCareItem(item.itemId, { state: 'interrupted', note, endedAtMs })
    return
  }
  if (!(error instanceof AppError)) deps.logger.error({ err: error, itemId: item.itemId }, 'clean-up failed')
  const { sentence } =
    error instanceof AppError ? describeError(error.code, error.details) : describeError('internal')
  await deps.db.care.setCareItem(item.itemId, { state: 'failed', note: sentence, endedAtMs })
}
