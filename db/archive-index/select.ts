import type { Selection } from '../../core/archive/types.ts'
import type { SearchReader } from '../archive-text/open.ts'
import { searchConditionOf } from '../archive-text/select.ts'
import { listFolders, placeColumns, shown, toPlace } from './read.ts'
import type { MessagePlace, StoredPlace } from './read.ts'

/** A folder that a selection touches, and how much of it. */
export interface SelectedFolder {
  readonly folderId: number
  readonly source: string
  readonly path: string
  readonly messages: number
  readonly mailBytes: number
}

/** A message of a selection. */
export interface SelectedMessage {
  readonly uidValidity: string
  readonly uid: number
  readonly subject: string
  readonly sender: string
  readonly recipients: string
  /** The Date header's time, else the server's INTERNALDATE. */
  readonly dateMs: number | null
  readonly attachmentCount: number
  readonly internalDateMs: number | null
  readonly flags: readonly string[]
  /** Gmail's labels; null where the server has none. */
  readonly labels: readonly string[] | null
  readonly place: MessagePlace
}

type StoredSelected = Omit<SelectedMessage, 'flags' | 'labels' | 'place'> &
  StoredPlace & { readonly flags: string; readonly labels: string | null }

/**
 * The folders of a selection, by source and path: those that were chosen, also where the archive has nothing of
 * them (a bundle has to say so), or those in which a search found something.
 */
export function listSelectedFolders(db: SearchReader, selection: Selection): readonly SelectedFolder[] {
  if (selection.kind === 'folders') {
    const chosen = new Set(selection.folderIds)
    return listFolders(db)
      .filter(({ folderId }) => chosen.size === 0 || chosen.has(folderId))
      .map(({ folderId, source, path, messageCount: messages, sizeBytes: mailBytes }) => ({
        ...{ folderId, source, path, messages, mailBytes },
      }))
  }
  const { where, parameters } = conditionOf(selection)
  return db
    .prepare(
      `SELECT f.folder_id AS folderId, f.source, f.path, count(*) AS messages, sum(m.size_bytes) AS mailBytes
       FROM occurrences o JOIN messages m ON m.message_id = o.message_id JOIN folders f ON f.folder_id = o.folder_id
       WHERE ${where} GROUP BY f.folder_id ORDER BY f.source, f.path`,
    )
    .all(parameters) as SelectedFolder[]
}

/** A selection's messages of one folder, in the server's order, one after the other. */
export function* eachSelected(
  db: SearchReader,
  selection: Selection,
  folderId: number,
): Generator<SelectedMessage> {
  const { where, parameters } = conditionOf(selection)
  const rows = db
    .prepare(
      `SELECT o.uid_validity AS uidValidity, o.uid, m.subject, m.sender, m.recipients, o.date_ms AS dateMs,
         m.attachment_count AS attachmentCount, o.internal_date_ms AS internalDateMs, o.flags, o.labels, ${placeColumns}
       FROM occurrences o JOIN messages m ON m.message_id = o.message_id
       WHERE ${where} AND o.folder_id = @onlyFolder ORDER BY o.uid_validity, o.uid`,
    )
    .iterate({ ...parameters, onlyFolder: folderId }) as IterableIterator<StoredSelected>
  for (const row of rows) {
    const { uidValidity, uid, subject, sender, recipients, dateMs, attachmentCount, internalDateMs } = row
    const shownAs = { subject, sender, recipients, dateMs, attachmentCount }
    const flags = JSON.parse(row.flags) as string[]
    const labels = row.labels === null ? null : (JSON.parse(row.labels) as string[])
    yield { uidValidity, uid, ...shownAs, internalDateMs, flags, labels, place: toPlace(row) }
  }
}

/** The SQL condition of a selection on `occurrences o` and `messages m`, with its parameters. */
export function conditionOf(selection: Selection): { readonly where: string; readonly parameters: object } {
  if (selection.kind === 'folders') {
    if (selection.folderIds.length === 0) return { where: shown, parameters: {} }
    const where = `${shown} AND o.folder_id IN (SELECT value FROM json_each(@folders))`
    return { where, parameters: { folders: JSON.stringify(selection.folderIds) } }
  }
  if (selection.kind === 'messages') {
    const where = `${shown} AND o.occurrence_id IN (SELECT value FROM json_each(@picked))`
    return { where, parameters: { picked: JSON.stringify(selection.occurrenceIds) } }
  }
  return searchConditionOf(selection)
}
