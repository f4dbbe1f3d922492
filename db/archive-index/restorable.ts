import type { ArchiveFolder, Selection } from '../../core/archive/types.ts'
import type { IndexReader } from './open.ts'
import { listFolders, placeColumns, toPlace } from './read.ts'
import type { MessagePlace, StoredPlace } from './read.ts'
import { conditionOf } from './select.ts'

/** What of a selection is to be restored. */
export interface Restorable {
  readonly selection: Selection
  /** Without what was no longer on the server at the last pull. */
  readonly leaveOutGone: boolean
}

/** A message that is to be restored: where its bytes are, and all that a target can be told of it. */
export interface RestorableMessage {
  readonly occurrenceId: number
  readonly folderId: number
  readonly sha256: string
  readonly sizeBytes: number
  readonly subject: string
  readonly messageId: string | null
  /** INTERNALDATE; where the server gave none, the Date header's time. */
  readonly internalDateMs: number | null
  readonly archivedAtMs: number
  readonly flags: readonly string[]
  readonly labels: readonly string[]
  readonly place: MessagePlace
}

type StoredRestorable = Omit<RestorableMessage, 'flags' | 'labels' | 'place'> &
  StoredPlace & { readonly flags: string; readonly labels: string | null }

const from = `FROM occurrences o JOIN messages m ON m.message_id = o.message_id`

/** The folders of a selection with what is to be restored of them; folders without anything too, they are mail as well. */
export function listRestorableFolders(db: IndexReader, restorable: Restorable): readonly ArchiveFolder[] {
  const { where, parameters } = restorableWhere(restorable)
  const counts = db
    .prepare(
      `SELECT o.folder_id AS folderId, count(*) AS messageCount, sum(m.size_bytes) AS sizeBytes
       ${from} WHERE ${where} GROUP BY o.folder_id`,
    )
    .all(parameters) as { folderId: number; messageCount: number; sizeBytes: number }[]
  const byFolder = new Map(counts.map((one) => [one.folderId, one]))
  const { selection } = restorable
  const asked = selection.kind === 'folders' ? new Set(selection.folderIds) : null
  return listFolders(db).flatMap((folder) => {
    const found = byFolder.get(folder.folderId) ?? { messageCount: 0, sizeBytes: 0 }
    const chosen = asked === null ? found.messageCount > 0 : asked.size === 0 || asked.has(folder.folderId)
    return chosen ? [{ ...folder, ...found }] : []
  })
}

/** What is to be restored of one folder, in the server's order. */
export function listRestorableMessages(
  db: IndexReader,
  restorable: Restorable,
  folderId: number,
): readonly RestorableMessage[] {
  const { where, parameters } = restorableWhere(restorable)
  const rows = db
    .prepare(
      `SELECT o.occurrence_id AS occurrenceId, o.folder_id AS folderId, m.subject, m.message_id_header AS messageId,
         coalesce(o.internal_date_ms, o.date_ms) AS internalDateMs, o.archived_at_ms AS archivedAtMs, o.flags, o.labels,
         ${placeColumns}
       ${from} WHERE ${where} AND o.folder_id = @onlyFolder ORDER BY o.uid_validity, o.uid`,
    )
    .all({ ...parameters, onlyFolder: folderId }) as StoredRestorable[]
  return rows.map((row) => {
    const { occurrenceId, subject, messageId, internalDateMs, archivedAtMs } = row
    return {
      ...{ occurrenceId, folderId, subject, messageId, internalDateMs, archivedAtMs },
      sha256: row.sha256,
      sizeBytes: row.sizeBytes,
      flags: JSON.parse(row.flags) as string[],
      labels: row.labels === null ? [] : (JSON.parse(row.labels) as string[]),
      place: toPlace(row),
    }
  })
}

function restorableWhere({ selection, leaveOutGone }: Restorable) {
  const { where, parameters } = conditionOf(selection)
  return { where: leaveOutGone ? `${where} AND o.presence = 'here'` : where, parameters }
}
