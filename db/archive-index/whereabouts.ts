import type { OccurrenceRecord } from '../../core/archive/pack.ts'
import type { IndexReader } from './open.ts'

/** All that is known of where a message came from: enough to ask for it again and to store it again. */
export interface MessageOrigin {
  readonly sha256: string
  readonly sizeBytes: number
  /** The Message-ID header. */
  readonly messageId: string | null
  readonly places: readonly OccurrenceRecord[]
  /** How many of the places, the first ones, are still on a server as far as is known. */
  readonly onServer: number
}

interface PlaceRow extends Omit<OccurrenceRecord, 'flags' | 'labels' | 'emailId' | 'threadId'> {
  readonly flags: string
  readonly labels: string | null
  readonly emailId: string | null
  readonly threadId: string | null
  readonly presence: string
}

/** Where a message came from; null when the index does not know it. Places on a server come first. */
export function findMessageOrigin(db: IndexReader, sha256: string): MessageOrigin | null {
  const message = db
    .prepare(
      `SELECT message_id AS rowId, size_bytes AS sizeBytes, message_id_header AS messageId FROM messages WHERE sha256 = ?`,
    )
    .get(Buffer.from(sha256, 'hex')) as
    { rowId: number; sizeBytes: number; messageId: string | null } | undefined
  if (message === undefined) return null
  const rows = db
    .prepare(
      `SELECT f.source, f.path AS folder, o.uid_validity AS uidValidity, o.uid, o.flags, o.internal_date_ms AS internalDateMs,
         o.archived_at_ms AS archivedAtMs, o.labels, o.email_id AS emailId, o.thread_id AS threadId, o.presence
       FROM occurrences o JOIN folders f ON f.folder_id = o.folder_id
       WHERE o.message_id = ? ORDER BY o.presence = 'here' DESC, o.occurrence_id`,
    )
    .all(message.rowId) as PlaceRow[]
  const { sizeBytes, messageId } = message
  const onServer = rows.filter(({ presence }) => presence === 'here').length
  return { sha256, sizeBytes, messageId, places: rows.map(toOccurrence), onServer }
}

function toOccurrence(row: PlaceRow): OccurrenceRecord {
  const { source, folder, uidValidity, uid, internalDateMs, archivedAtMs } = row
  const { flags, labels, emailId, threadId } = row
  return {
    ...{ source, folder, uidValidity, uid, internalDateMs, archivedAtMs },
    flags: JSON.parse(flags) as string[],
    ...(labels !== null && { labels: JSON.parse(labels) as string[] }),
    ...(emailId !== null && { emailId }),
    ...(threadId !== null && { threadId }),
  }
}
