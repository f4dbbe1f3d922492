import { batchLimitsFor, takeBatch } from '../../../../core/archive/batches.ts'
import { AppError } from '../../../../core/errors.ts'
import { fetchBatch } from './download.ts'
import { reasonOf } from './failures.ts'
import type { FolderJob, FolderTask, Hands, PullTools, Step } from './jobs.ts'
import { compressBelowBytesPerSecond, slowBelowBytesPerSecond } from './link.ts'
import { finishFolder, listMessages, openFolder } from './pull-folder.ts'
import { createWorkQueue } from './queue.ts'
import type { WorkQueue } from './queue.ts'
import { isSourceFailure } from './session.ts'
import type { SourceSession } from './session.ts'

/** The connections of a pull, and how many there may be. */
export interface CrewOptions {
  readonly tools: PullTools
  /** The connection that the pull began with. */
  readonly first: SourceSession
  /** A further connection. It gives up at once where the server does not allow it. */
  readonly another: () => SourceSession
  /** From now on connections are made with COMPRESS. */
  readonly compressFromNow: () => boolean
  /** Connections on a link that is fast, and on one that is slow or far. */
  readonly most: { readonly fast: number; readonly slow: number }
}

/** What became of the work. */
export interface CrewOutcome {
  /** Why it ended early; null when it came to its end. */
  readonly ended: Error | null
  readonly connections: number
  readonly compressed: boolean
}

/**
 * Does the work of a pull: one connection begins; as soon as it is known how fast it is, others help, each taking
 * the next step from one queue. A connection that the server does not allow is no error: those that it allows go on.
 */
export async function pullFolders(options: CrewOptions, tasks: readonly FolderTask[]): Promise<CrewOutcome> {
  const { slabs } = options.tools
  const crew = createCrew(options)
  crew.queue.last(tasks.map((task) => ({ kind: 'open', task })))
  await crew.work(options.first)
  await Promise.all(crew.helpers)
  try {
    // Cancelled or cut off: what came until then is kept, and counted.
    await slabs.flush()
  } catch (error) {
    crew.end(error)
  }
  for (const { finished, tally } of tasks) if (!finished) tally.unfinished ??= notReached
  return crew.outcome()
}

function createCrew({ tools, ...options }: CrewOptions) {
  const queue = createWorkQueue<Step>()
  const helpers: Promise<void>[] = []
  // A connection counts once it has done something: until then it may be refused.
  const worked = new Set<SourceSession>()
  let alive = 1
  let ended: Error | null = null
  let [enlarged, compressed] = [false, false]

  const end = (error: unknown): void => {
    ended ??= error instanceof Error ? error : new Error(String(error))
    queue.close()
  }
  /** Does a step; false when this connection can do no more, and others go on with what it had in hand. */
  const attempt = async (hands: Hands, step: Step): Promise<boolean> => {
    try {
      await tools.checkpoint()
      queue.first(await doStep(hands, step))
      worked.add(hands.session)
    } catch (error) {
      if (hands.session.notConnected() !== null && alive > 1) {
        alive--
        queue.first([step])
        return false
      }
      noteBroken(step, error)
      if (!concernsOnlyItsFolder(error)) end(error)
    }
    return true
  }
  const work = async (session: SourceSession): Promise<void> => {
    for (let step = await queue.take(); step !== null; step = await queue.take()) {
      const goesOn = await attempt({ ...tools, session }, takeShare(tools, queue, step))
      queue.done()
      if (!goesOn) break
      await enlarge(session)
    }
  }
  const enlarge = async (measured: SourceSession): Promise<void> => {
    const speed = tools.link.bytesPerSecond()
    if (enlarged || speed === null) return
    enlarged = true
    const most = speed < slowBelowBytesPerSecond ? options.most.slow : options.most.fast
    // Where each connection is limited by itself, all of them together bring more than COMPRESS keeps up with.
    compressed = speed * most < compressBelowBytesPerSecond && options.compressFromNow()
    if (compressed) await measured.drop()
    for (; alive < most; alive++) {
      const session = options.another()
      helpers.push(work(session).finally(() => session.drop()))
    }
  }
  const outcome = () => ({ ended, connections: Math.max(1, worked.size), compressed })
  return { queue, helpers, work, end, outcome }
}

/** Of many messages takes the first batch, and leaves the rest to whoever is free. */
function takeShare(tools: PullTools, queue: WorkQueue<Step>, step: Step): Step {
  if (step.kind !== 'fetch') return step
  const [batch, rest] = takeBatch(step.batch, batchLimitsFor(tools.link.bytesPerSecond()))
  if (rest.length > 0) {
    step.job.stepsLeft++
    queue.first([{ ...step, batch: rest }])
  }
  return { ...step, batch }
}

async function doStep(hands: Hands, step: Step): Promise<readonly Step[]> {
  if (step.kind === 'open') {
    const opened = await openFolder(hands, step.task)
    if (opened === null) return []
    opened.job.stepsLeft = opened.steps.length
    if (opened.steps.length === 0) await finishFolder(hands, opened.job)
    return opened.steps
  }
  const { job } = step
  if (job.broken) return []
  const more =
    step.kind === 'list'
      ? await listMessages(hands, job, step.uids)
      : await fetchBatch(hands, job, step.batch)
  job.stepsLeft += more.length - 1
  if (job.stepsLeft === 0) await finishFolder(hands, job)
  return more
}

/** A folder that is missing, renumbered meanwhile or answered for in nonsense does not stop the others. */
function concernsOnlyItsFolder(error: unknown): boolean {
  return isSourceFailure(error) && /^imap\.(folder_missing|renumbered|protocol|unavailable)$/.test(error.code)
}

/** Says in the folder's tally why it was not finished; what came until then is kept, and counted. */
function noteBroken(step: Step, error: unknown): void {
  const job: FolderJob | null = step.kind === 'open' ? null : step.job
  const task = step.kind === 'open' ? step.task : step.job.task
  task.tally.unfinished ??= sentenceOf(error)
  if (job === null) return
  job.broken = true
  task.tally.failures = [...job.failures]
}

const notReached = 'The pull ended before this folder was done.'

/** Why a folder was not pulled to its end. */
export function sentenceOf(error: unknown): string {
  return error instanceof AppError ? reasonOf(error) : 'The pull ended here.'
}
