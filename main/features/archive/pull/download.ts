import { cutIntoBatches, toUidSet } from '../../../../core/archive/batches.ts'
import type { PullFailure } from '../../../../core/archive/types.ts'
import { AppError } from '../../../../core/errors.ts'
import { describeError } from '../../../../core/error-text.ts'
import type { ListedMessage, OpenSourceFolder } from '../ports.ts'
import { isSourceFailure } from './session.ts'
import type { SourceSession } from './session.ts'
import type { SlabCarrier } from './slabs.ts'

/** What a download needs to know of its folder. */
export interface DownloadTarget {
  readonly source: string
  readonly path: string
  readonly uidValidity: string
}

interface DownloadDeps {
  readonly session: SourceSession
  readonly carrier: SlabCarrier
  readonly nowMs: () => number
  readonly checkpoint: () => Promise<void>
}

/** Messages in the same batch that were asked for in vain before each is asked for alone. */
type Batch = readonly ListedMessage[]

/**
 * Downloads messages in batches. A batch that breaks the connection is asked for again without what came; if
 * nothing came it is cut in two, down to the one message that breaks it. That one is returned as a failure, and
 * the rest goes on. Rejects when the server cannot be reached any more, or when the archive cannot be written.
 */
export async function downloadMessages(
  deps: DownloadDeps,
  target: DownloadTarget,
  messages: readonly ListedMessage[],
): Promise<readonly PullFailure[]> {
  const failures: PullFailure[] = []
  const waiting: Batch[] = [...cutIntoBatches(messages)]
  for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
    await deps.checkpoint()
    const { missing, error } = await fetchBatch(deps, target, batch)
    if (missing.length === 0) continue
    const only = missing.length === 1 ? missing[0] : undefined
    if (only !== undefined && batch.length === 1) {
      const failure = await examine(deps, target, only, error)
      if (failure !== null) failures.push(failure)
    } else if (error === null) {
      waiting.unshift(...missing.map((one) => [one]))
    } else if (missing.length < batch.length) {
      waiting.unshift(missing)
    } else {
      const half = Math.ceil(missing.length / 2)
      waiting.unshift(missing.slice(0, half), missing.slice(half))
    }
  }
  return failures
}

/** Asks for a batch once: what did not come, and the source's failure if there was one. */
async function fetchBatch(
  deps: DownloadDeps,
  target: DownloadTarget,
  batch: Batch,
): Promise<{ readonly missing: Batch; readonly error: AppError | null }> {
  const waiting = new Map(batch.map((message) => [message.uid, message]))
  let error: AppError | null = null
  // Connecting is not part of the attempt: a server that is away is no fault of these messages.
  const folder = await openAgain(deps.session, target)
  try {
    for await (const { uid, bytes } of folder.fetch(toUidSet([...waiting.keys()]))) {
      const message = waiting.get(uid)
      // Servers may send what was not asked for, or the same twice.
      if (message === undefined) continue
      await deps.carrier.add(occurrenceOf(target, message, deps.nowMs()), bytes)
      waiting.delete(uid)
      await deps.checkpoint()
    }
  } catch (caught) {
    if (!isSourceFailure(caught)) throw caught
    error = caught
    await deps.session.drop()
  }
  return { missing: [...waiting.values()], error }
}

/** A message that does not come even alone: gone meanwhile (null), or a failure with its reason. */
async function examine(
  deps: DownloadDeps,
  target: DownloadTarget,
  message: ListedMessage,
  error: AppError | null,
): Promise<PullFailure | null> {
  const folder = await openAgain(deps.session, target)
  const stillThere = await folder.list(String(message.uid), false)
  if (!stillThere.some(({ uid }) => uid === message.uid)) return null
  const reason = error === null ? 'The server lists this message but does not send it.' : reasonOf(error)
  const { uid, sizeBytes } = message
  return { uid, uidValidity: target.uidValidity, sizeBytes, reason, atMs: deps.nowMs() }
}

function reasonOf(error: AppError): string {
  const said = error.details['response']
  const { sentence } = describeError(error.code, error.details)
  return typeof said === 'string' && !sentence.includes(said) ? `${sentence} (${said})` : sentence
}

/** The folder on a living connection. UIDs mean nothing any more when the server renumbered it meanwhile. */
async function openAgain(session: SourceSession, target: DownloadTarget): Promise<OpenSourceFolder> {
  const folder = await session.folder(target.path)
  if (folder.state.uidValidity !== target.uidValidity)
    throw new AppError('imap.renumbered', { details: { folder: target.path }, retryable: true })
  return folder
}

function occurrenceOf(target: DownloadTarget, message: ListedMessage, archivedAtMs: number) {
  const { uid, internalDateMs } = message
  const { source, path: folder, uidValidity } = target
  return { source, folder, uidValidity, uid, flags: [...message.flags], internalDateMs, archivedAtMs }
}
