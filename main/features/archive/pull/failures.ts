import type { FailurePart, PullFailure } from '../../../../core/archive/types.ts'
import type { AppError } from '../../../../core/errors.ts'
import { describeError } from '../../../../core/error-text.ts'
import type { ListedMessage } from '../ports.ts'
import type { FolderJob, Hands } from './jobs.ts'
import { openAgain } from './places.ts'
import { isSourceFailure } from './session.ts'

/** A message that does not come even alone: gone meanwhile (null), or a failure with its reason and what came of it. */
export async function examineMissing(
  hands: Hands,
  job: FolderJob,
  message: ListedMessage,
  error: AppError | null,
): Promise<PullFailure | null> {
  const { uid, sizeBytes } = message
  const folder = await openAgain(hands, job)
  const stillThere = await folder.list(String(uid), false)
  if (!stillThere.some((one) => one.uid === uid)) return null
  const reason = error === null ? 'The server lists this message but does not send it.' : reasonOf(error)
  const { uidValidity } = job.state
  const part = await salvage(hands, job, uid)
  return { uid, uidValidity, sizeBytes, reason, atMs: hands.nowMs(), part }
}

/** Keeps the bytes that come before the answer breaks; null when none do. */
async function salvage(hands: Hands, job: FolderJob, uid: number): Promise<FailurePart | null> {
  const { source, folder } = job.task
  try {
    const bytes = await hands.session.ask((mail) => mail.salvage(folder.path, uid))
    if (bytes.length === 0) return null
    hands.received(bytes.length)
    const { uidValidity } = job.state
    const place = { source, folder: folder.path, uidValidity, uid }
    return await hands.thread.call('keepPart', [place, bytes.slice()])
  } catch (error) {
    // The failure that is listed is the one of the message; that its rest cannot be had either adds nothing.
    if (!isSourceFailure(error)) throw error
    return null
  }
}

/** What happened, with the server's own words where it gave any. */
export function reasonOf(error: AppError): string {
  const said = error.details['response']
  const { sentence } = describeError(error.code, error.details)
  return typeof said === 'string' && !sentence.includes(said) ? `${sentence} (${said})` : sentence
}
