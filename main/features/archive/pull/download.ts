import { toUidSet } from '../../../../core/archive/batches.ts'
import type { PullFailure } from '../../../../core/archive/types.ts'
import type { AppError } from '../../../../core/errors.ts'
import type { ListedMessage, OpenSourceFolder } from '../ports.ts'
import { examineMissing } from './failures.ts'
import type { Batch, FolderJob, Hands, Step } from './jobs.ts'
import { fetchInPieces, largeBytes } from './large.ts'
import { asksToWait } from './patience.ts'
import { occurrenceOf, openAgain } from './places.ts'
import { isSourceFailure } from './session.ts'

/**
 * Fetches a batch. What did not come is returned as further steps: after a broken connection without what came; if
 * nothing came in two halves, down to the one message that breaks it. That one is noted as a failure of its folder.
 * Rejects when the server cannot be reached any more, or when the archive cannot be written.
 */
export async function fetchBatch(hands: Hands, job: FolderJob, batch: Batch): Promise<readonly Step[]> {
  const { missing, error } = await askForBatch(hands, job, batch)
  if (missing.length === 0) return []
  const step = (part: Batch): Step => ({ kind: 'fetch', job, batch: part })
  // Asked to wait: no fault of these messages.
  if (error !== null && asksToWait(error)) return [step(missing)]
  const only = missing.length === 1 ? missing[0] : undefined
  if (only !== undefined && batch.length === 1) {
    const failure = await examineMissing(hands, job, only, error)
    if (failure !== null) await note(hands, job, failure)
    return []
  }
  if (error === null) return missing.map((one) => step([one]))
  if (missing.length < batch.length) return [step(missing)]
  const half = Math.ceil(missing.length / 2)
  return [step(missing.slice(0, half)), step(missing.slice(half))]
}

/** Kept at once: a pull that ends early knows it too. */
async function note(hands: Hands, job: FolderJob, failure: PullFailure): Promise<void> {
  job.failures.push(failure)
  await hands.thread.call('putFailure', [job.task.known.folderId, failure])
}

/** Asks for a batch once: what did not come, and the source's failure if there was one. */
async function askForBatch(
  hands: Hands,
  job: FolderJob,
  batch: Batch,
): Promise<{ readonly missing: Batch; readonly error: AppError | null }> {
  const waiting = new Map(batch.map((message) => [message.uid, message]))
  // Connecting is not part of the attempt: a server that is away is no fault of these messages.
  const folder = await openAgain(hands, job)
  try {
    const [first] = batch
    const streamed = first !== undefined && batch.length === 1 && first.sizeBytes > largeBytes
    if (streamed && (await fetchLarge(hands, job, folder, first))) waiting.clear()
    else await fetchWhole(hands, job, folder, waiting)
    hands.patience.recovered()
    return { missing: [...waiting.values()], error: null }
  } catch (caught) {
    if (!isSourceFailure(caught)) throw caught
    // Not available for a while, or never for one message of these: after a wait the halves will tell.
    if (asksToWait(caught) || caught.code === 'imap.unavailable') hands.patience.slowDown(caught)
    await hands.session.drop()
    return { missing: [...waiting.values()], error: caught }
  }
}

async function fetchWhole(
  hands: Hands,
  job: FolderJob,
  folder: OpenSourceFolder,
  waiting: Map<number, ListedMessage>,
): Promise<void> {
  let askedAtMs = performance.now()
  for await (const { uid, bytes } of folder.fetch(toUidSet([...waiting.keys()]))) {
    hands.link.received(bytes.length, performance.now() - askedAtMs)
    hands.received(bytes.length)
    const message = waiting.get(uid)
    // Servers may send what was not asked for, or the same twice.
    if (message !== undefined) {
      await job.carrier.add(occurrenceOf(hands, job, message), bytes)
      waiting.delete(uid)
      await hands.checkpoint()
    }
    askedAtMs = performance.now()
  }
}

/** False when the server does not send pieces; then the message is fetched whole like any other. */
async function fetchLarge(
  hands: Hands,
  job: FolderJob,
  folder: OpenSourceFolder,
  message: ListedMessage,
): Promise<boolean> {
  const count = async function* () {
    for await (const piece of fetchInPieces(folder, message.uid, hands.checkpoint)) {
      hands.received(piece?.length ?? 0)
      yield piece
    }
  }
  return job.carrier.addLarge(occurrenceOf(hands, job, message), count())
}
