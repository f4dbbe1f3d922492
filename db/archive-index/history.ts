import type { HistoryChange, HistoryPlace } from '../../core/archive/history.ts'
import type { IndexReader } from './open.ts'

/**
 * Every place of the message that an occurrence is of, with what changed there: the same bytes, or the same EMAILID
 * of the same mailbox. Null when there is no such occurrence.
 */
export function readHistory(db: IndexReader, occurrenceId: number): HistoryPlace[] | null {
  const places = db
    .prepare(
      `SELECT DISTINCT o.occurrence_id AS occurrenceId, f.source, f.path AS folder, o.presence,
         o.archived_at_ms AS archivedAtMs, o.gone_at_ms AS goneAtMs
       FROM occurrences this
       JOIN folders mine ON mine.folder_id = this.folder_id
       JOIN occurrences o ON o.message_id = this.message_id OR o.email_id = this.email_id
       JOIN folders f ON f.folder_id = o.folder_id
       WHERE this.occurrence_id = ? AND (o.message_id = this.message_id OR f.source = mine.source)
       ORDER BY o.archived_at_ms, o.occurrence_id LIMIT 1000`,
    )
    .all(occurrenceId) as (Omit<HistoryPlace, 'changes'> & { readonly occurrenceId: number })[]
  const changes = db.prepare(
    `SELECT at_ms AS atMs, flags_before AS flagsBefore, flags, labels_before AS labelsBefore, labels
     FROM flag_changes WHERE occurrence_id = ? ORDER BY at_ms, rowid LIMIT 1000`,
  )
  if (places.length === 0) return null
  return places.map(({ occurrenceId: id, ...place }) => ({
    ...place,
    changes: (changes.all(id) as StoredChange[]).map(toChange),
  }))
}

interface StoredChange {
  readonly atMs: number
  readonly flagsBefore: string
  readonly flags: string
  readonly labelsBefore: string | null
  readonly labels: string | null
}

function toChange(stored: StoredChange): HistoryChange {
  const list = (text: string | null) => (text === null ? [] : (JSON.parse(text) as string[]))
  return {
    atMs: stored.atMs,
    flagsBefore: list(stored.flagsBefore),
    flags: list(stored.flags),
    labelsBefore: list(stored.labelsBefore),
    labels: stored.labels === null ? null : list(stored.labels),
  }
}
