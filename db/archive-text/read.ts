import type { MessageRow } from '../../core/archive/types.ts'
import { placeColumns, rowColumns, shown, toPlace, toRow } from '../archive-index/read.ts'
import type { MessagePlace, StoredPlace } from '../archive-index/read.ts'
import type { SearchReader } from './open.ts'

/** A message that is in the archive and not in its text index. */
export interface MissingText {
  readonly messageId: number
  /** The latest date that a folder has for it. */
  readonly dateMs: number | null
  readonly subject: string
  readonly sender: string
  readonly recipients: string
  readonly place: MessagePlace
}

const mostInThread = 200
/** Messages with the same subject and no references belong together within so many days. */
const sameSubjectSeconds = 60 * 86_400

/** The identity of the index, with which the text index must agree. */
export function indexIdOf(db: SearchReader): string {
  return db.prepare('SELECT index_id FROM main.meta').pluck().get() as string
}

/** Whether the text index has the message ids of this index, and how many of its messages it knows. */
export function readCoverage(db: SearchReader): { readonly indexed: number; readonly total: number } {
  const agrees = db.prepare('SELECT index_id FROM text.meta').pluck().get() === indexIdOf(db)
  const count = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number
  // A message that only others copy from is in no folder any more, and so in no search.
  const unseen = db
    .prepare(
      `SELECT count(*) FROM messages m WHERE m.message_id IN (SELECT from_message_id FROM copies)
         AND NOT EXISTS (SELECT 1 FROM occurrences o WHERE o.message_id = m.message_id)`,
    )
    .pluck()
    .get() as number
  const total = count('main.messages') - unseen
  return { indexed: agrees ? Math.min(total, count('text.documents')) : 0, total }
}

/** The next messages that are not in the text index, in the order of the packs. */
export function listMissing(db: SearchReader, afterMessageId: number, limit: number): readonly MissingText[] {
  const rows = db
    .prepare(
      `SELECT m.message_id AS messageId, m.subject, m.sender, m.recipients,
         (SELECT max(date_ms) FROM occurrences o WHERE o.message_id = m.message_id) AS dateMs, ${placeColumns}
       FROM messages m WHERE m.message_id > ?
         AND NOT EXISTS (SELECT 1 FROM text.documents d WHERE d.message_id = m.message_id)
         AND EXISTS (SELECT 1 FROM occurrences o WHERE o.message_id = m.message_id)
       ORDER BY m.message_id LIMIT ?`,
    )
    .all(afterMessageId, limit) as (Omit<MissingText, 'place'> & StoredPlace)[]
  return rows.map((row) => {
    const { messageId, dateMs, subject, sender, recipients } = row
    return { messageId, dateMs, subject, sender, recipients, place: toPlace(row) }
  })
}

/** Message ids that the text index has and the archive no longer has, or no longer shows. */
export function listStale(db: SearchReader): readonly number[] {
  return db
    .prepare(
      `SELECT d.message_id FROM text.documents d
       WHERE NOT EXISTS (SELECT 1 FROM occurrences o WHERE o.message_id = d.message_id)`,
    )
    .pluck()
    .all() as number[]
}

/** What could not be read of a message; null when the message is not indexed yet. */
export function readProblems(
  db: SearchReader,
  occurrenceId: number,
): readonly { readonly file: string; readonly problem: string }[] | null {
  const docId = db
    .prepare(
      `SELECT d.doc_id FROM occurrences o JOIN text.documents d ON d.message_id = o.message_id
       WHERE o.occurrence_id = ?`,
    )
    .pluck()
    .get(occurrenceId)
  if (docId === undefined) return null
  const problems = db.prepare('SELECT file, problem FROM text.problems WHERE doc_id = ? ORDER BY rowid')
  return problems.all(docId) as { file: string; problem: string }[]
}

/**
 * The conversation of a message, oldest first, each message once. References decide; messages that refer to nothing
 * are joined by their subject where they are close in time.
 */
export function readThread(
  db: SearchReader,
  occurrenceId: number,
): { readonly messages: MessageRow[]; readonly truncated: boolean } {
  const rows = db
    .prepare(
      `WITH asked AS (
         SELECT d.* FROM occurrences o JOIN text.documents d ON d.message_id = o.message_id
         WHERE o.occurrence_id = @occurrenceId
       ), members AS (
         SELECT d.message_id AS message_id, d.doc_id AS doc_id FROM asked JOIN text.documents d ON d.thread_id = asked.thread_id
         UNION
         SELECT d.message_id AS message_id, d.doc_id AS doc_id FROM asked JOIN text.documents d ON d.subject_key = asked.subject_key
         WHERE abs(d.doc_id - asked.doc_id) < @near AND (d.refers = 0 OR asked.refers = 0)
         ORDER BY doc_id LIMIT @limit
       )
       SELECT ${rowColumns} FROM members JOIN messages m ON m.message_id = members.message_id
       JOIN occurrences o ON o.occurrence_id = coalesce(
         (SELECT occurrence_id FROM occurrences WHERE message_id = m.message_id AND occurrence_id = @occurrenceId),
         (SELECT min(occurrence_id) FROM occurrences o WHERE o.message_id = m.message_id AND ${shown}))
       ORDER BY members.doc_id`,
    )
    .all({ occurrenceId, near: sameSubjectSeconds, limit: mostInThread + 1 })
  return { messages: rows.slice(0, mostInThread).map(toRow), truncated: rows.length > mostInThread }
}
