import type { CopyRange } from '../../core/archive/pack.ts'
import type { ArchiveFolder, MessageRow, MessageSort } from '../../core/archive/types.ts'
import type { IndexReader } from './open.ts'

/** Where a message's bytes are. */
export interface MessagePlace {
  readonly sha256: string
  readonly pack: number
  readonly recordOffset: number
  readonly frameOffset: number
  readonly frameBytes: number
  readonly entryBytes: number
  readonly newlineAdded: boolean
  readonly sizeBytes: number
  /** Stretches that are taken from other messages; empty for most. */
  readonly copies: readonly CopyRange[]
}

/** Counts of the whole archive. */
export interface IndexTotals {
  readonly messageCount: number
  readonly mailBytes: number
  readonly storedBytes: number
  readonly lastArchivedAtMs: number | null
}

/** A list to read from: where, in what order, which page. */
export interface MessageQuery {
  readonly folderId: number | null
  readonly sort: MessageSort
  readonly descending: boolean
  readonly offset: number
  readonly limit: number
}

export interface MessagePage {
  readonly total: number
  readonly messages: MessageRow[]
}

/** The columns of a `MessageRow`, of `occurrences o` and `messages m`. */
export const rowColumns = `o.occurrence_id AS occurrenceId, o.folder_id AS folderId, lower(hex(m.sha256)) AS sha256, m.subject,
  m.sender AS "from", m.recipients AS "to", o.date_ms AS dateMs, m.size_bytes AS sizeBytes,
  m.attachment_count AS attachmentCount, o.flags, o.labels, o.presence`
/** The columns of a `StoredPlace`, of `messages m`. */
export const placeColumns = `lower(hex(m.sha256)) AS sha256, m.pack, m.record_offset AS recordOffset,
  m.frame_offset AS frameOffset, m.frame_bytes AS frameBytes, m.entry_bytes AS entryBytes,
  m.newline_added AS newlineAdded, m.size_bytes AS sizeBytes, m.copies`
/** What is shown of `occurrences o`: an old number of a message that has a new one is not. */
export const shown = `o.presence <> 'renumbered'`
const orders = {
  date: 'o.date_ms',
  subject: 'm.subject COLLATE NOCASE',
  from: 'm.sender COLLATE NOCASE',
  size: 'm.size_bytes',
}

/** Different messages, their bytes, the packs' bytes, and when the last one came in. */
export function readTotals(db: IndexReader): IndexTotals {
  return db
    .prepare(
      `SELECT (SELECT count(*) FROM messages) AS messageCount,
         (SELECT coalesce(sum(size_bytes), 0) FROM messages) AS mailBytes,
         (SELECT coalesce(sum(committed_bytes), 0) FROM packs) AS storedBytes,
         (SELECT max(archived_at_ms) FROM occurrences) AS lastArchivedAtMs`,
    )
    .get() as IndexTotals
}

/** Different messages, and places in folders at which they occur. */
export function countIndexed(db: IndexReader): { readonly messages: number; readonly occurrences: number } {
  return db
    .prepare(
      'SELECT (SELECT count(*) FROM messages) AS messages, (SELECT count(*) FROM occurrences) AS occurrences',
    )
    .get() as { messages: number; occurrences: number }
}

/** Folders with what they hold, by source and path. */
export function listFolders(db: IndexReader): ArchiveFolder[] {
  return db
    .prepare(
      `SELECT f.folder_id AS folderId, f.source, f.path, f.delimiter, f.special_use AS specialUse,
         count(o.occurrence_id) AS messageCount, coalesce(sum(m.size_bytes), 0) AS sizeBytes
       FROM folders f
       LEFT JOIN occurrences o ON o.folder_id = f.folder_id AND ${shown}
       LEFT JOIN messages m ON m.message_id = o.message_id
       GROUP BY f.folder_id ORDER BY f.source, f.path COLLATE NOCASE`,
    )
    .all() as ArchiveFolder[]
}

/** A page of a folder, or of everything. */
export function listMessages(db: IndexReader, query: MessageQuery): MessagePage {
  const where = query.folderId === null ? shown : `${shown} AND o.folder_id = @folderId`
  const direction = query.descending ? 'DESC' : 'ASC'
  const count = db.prepare(`SELECT count(*) FROM occurrences o WHERE ${where}`).pluck()
  const rows = db.prepare(
    `SELECT ${rowColumns} FROM occurrences o JOIN messages m ON m.message_id = o.message_id
     WHERE ${where} ORDER BY ${orders[query.sort]} ${direction}, o.occurrence_id ${direction}
     LIMIT @limit OFFSET @offset`,
  )
  return { total: count.get({ folderId: query.folderId }) as number, messages: rows.all(query).map(toRow) }
}

/** One line of a list, and where its bytes are; null when there is no such message. */
export function findOccurrence(
  db: IndexReader,
  occurrenceId: number,
): { readonly row: MessageRow; readonly place: MessagePlace } | null {
  const found = db
    .prepare(
      `SELECT ${rowColumns}, ${placeColumns} FROM occurrences o JOIN messages m ON m.message_id = o.message_id
       WHERE o.occurrence_id = ?`,
    )
    .get(occurrenceId) as (StoredRow & StoredPlace) | undefined
  return found === undefined ? null : { row: toRow(found), place: toPlace(found) }
}

interface StoredRow extends Omit<MessageRow, 'flags' | 'labels'> {
  readonly flags: string
  readonly labels: string | null
}
/** A place as SQLite returns it. */
export type StoredPlace = Omit<MessagePlace, 'newlineAdded' | 'copies'> & {
  readonly newlineAdded: number
  readonly copies: string | null
}

/** A row as `rowColumns` gives it, as lists show it. */
export function toRow(stored: unknown): MessageRow {
  const { occurrenceId, folderId, sha256, subject, from, to, ...rest } = stored as StoredRow
  const { dateMs, sizeBytes, attachmentCount, presence } = rest
  return {
    ...{ occurrenceId, folderId, sha256, subject, from, to, dateMs, sizeBytes, attachmentCount, presence },
    flags: JSON.parse(rest.flags) as string[],
    labels: rest.labels === null ? [] : (JSON.parse(rest.labels) as string[]),
  }
}

/** A stored place as the program uses it. */
export function toPlace(stored: StoredPlace): MessagePlace {
  const { sha256, pack, recordOffset, frameOffset, frameBytes, entryBytes, sizeBytes } = stored
  return {
    ...{ sha256, pack, recordOffset, frameOffset, frameBytes, entryBytes, sizeBytes },
    newlineAdded: stored.newlineAdded === 1,
    copies: stored.copies === null ? [] : (JSON.parse(stored.copies) as CopyRange[]),
  }
}
