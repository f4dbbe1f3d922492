import type { OccurrenceRecord } from '../../../../core/archive/pack.ts'
import { AppError } from '../../../../core/errors.ts'
import type { ListedMessage, OpenSourceFolder } from '../ports.ts'
import type { FolderJob, Hands } from './jobs.ts'

/** The folder on a living connection. UIDs mean nothing any more when the server renumbered it meanwhile. */
export async function openAgain(hands: Hands, job: FolderJob): Promise<OpenSourceFolder> {
  const { path } = job.task.folder
  const folder = await hands.session.folder(path)
  if (folder.state.uidValidity !== job.state.uidValidity)
    throw new AppError('imap.renumbered', { details: { folder: path }, retryable: true })
  return folder
}

/** A listed message's place, as its record says it. */
export function occurrenceOf(
  { nowMs }: Pick<Hands, 'nowMs'>,
  { task, state }: Pick<FolderJob, 'task' | 'state'>,
  message: ListedMessage,
): OccurrenceRecord {
  const { uid, flags, labels, internalDateMs, emailId, threadId } = message
  return {
    source: task.source,
    folder: task.folder.path,
    uidValidity: state.uidValidity,
    uid,
    flags: [...flags],
    internalDateMs,
    archivedAtMs: nowMs(),
    ...(labels === null ? {} : { labels: [...labels] }),
    ...(emailId === null ? {} : { emailId }),
    ...(threadId === null ? {} : { threadId }),
  }
}
