import { importedUidValidity } from '../../core/archive/imports.ts'
import type { MessageMark } from '../../core/archive/rematch.ts'
import type { FolderCoverage } from '../../core/archive/types.ts'
import { listFailures } from './failures.ts'
import type { IndexReader, IndexWriter } from './open.ts'

/** What the archive knows of a folder on the server; the next pull starts from it. */
export interface FolderState {
  readonly folderId: number
  readonly delimiter: string | null
  readonly specialUse: string | null
  readonly uidValidity: string | null
  /** Everything below this UID is archived or listed as a failure. */
  readonly syncedUidNext: number
  readonly highestModseq: string | null
  readonly serverCount: number | null
}

/** One message that the archive has of a folder, with the hash that leads to its bytes. */
export interface KnownMessage extends MessageMark {
  readonly uid: number
  readonly sha256: string
}

/** State of a folder; null when it was never pulled. */
export function getFolderState(db: IndexReader, source: string, path: string): FolderState | null {
  const row = db
    .prepare(
      `SELECT folder_id AS folderId, delimiter, special_use AS specialUse, uid_validity AS uidValidity,
         synced_uid_next AS syncedUidNext, highest_modseq AS highestModseq, server_count AS serverCount
       FROM folders WHERE source = ? AND path = ?`,
    )
    .get(source, path) as FolderState | undefined
  return row ?? null
}

/** What the archive holds as being on the server in one folder. A few bytes a message: mailboxes are large. */
export interface PresentMarks {
  /** Ascending. */
  readonly uids: Uint32Array
  /** For each UID the place of its marks in `marks`; most messages share a few. */
  readonly kinds: Uint32Array
  readonly marks: readonly string[]
}

/** Flags and labels as one text that is the same for the same marks, in whatever order the server lists them. */
export function markText(flags: readonly string[], labels: readonly string[] | null): string {
  return JSON.stringify([flags.toSorted(), labels?.toSorted() ?? null])
}

/** UIDs with flags and labels that the archive holds as being on the server. */
export function listPresentMarks(db: IndexReader, folderId: number, uidValidity: string): PresentMarks {
  const where = `folder_id = ? AND uid_validity = ? AND presence = 'here'`
  const count = db.prepare(`SELECT count(*) FROM occurrences WHERE ${where}`).pluck()
  const total = count.get(folderId, uidValidity) as number
  const uids = new Uint32Array(total)
  const kinds = new Uint32Array(total)
  const kindOf = new Map<string, number>()
  const rows = db
    .prepare(`SELECT uid, flags, labels FROM occurrences WHERE ${where} ORDER BY uid`)
    .iterate(folderId, uidValidity) as IterableIterator<{ uid: number; flags: string; labels: string | null }>
  let n = 0
  for (const { uid, flags, labels } of rows) {
    const stored = `${flags}\n${labels ?? ''}`
    const kind = kindOf.get(stored) ?? kindOf.size
    kindOf.set(stored, kind)
    uids[n] = uid
    kinds[n++] = kind
  }
  const marks = [...kindOf.keys()].map((stored) => {
    const [flags = '[]', labels = ''] = stored.split('\n')
    return markText(JSON.parse(flags) as string[], labels === '' ? null : (JSON.parse(labels) as string[]))
  })
  return { uids, kinds, marks }
}

/** UIDs that retention removed from the archive: they are not brought back. */
export function listRemovedUids(db: IndexReader, folderId: number, uidValidity: string): number[] {
  return db
    .prepare('SELECT uid FROM removed WHERE folder_id = ? AND uid_validity = ? ORDER BY uid')
    .pluck()
    .all(folderId, uidValidity) as number[]
}

/** Messages that the archive has of a mailbox already, by the server's own id of them: pairs of id and hash. */
export function findByEmailIds(
  db: IndexReader,
  source: string,
  emailIds: readonly string[],
): [emailId: string, sha256: string][] {
  const rows = db
    .prepare(
      `SELECT o.email_id AS emailId, lower(hex(m.sha256)) AS sha256
       FROM json_each(?) wanted
       JOIN occurrences o ON o.email_id = wanted.value
       JOIN folders f ON f.folder_id = o.folder_id AND f.source = ?
       JOIN messages m ON m.message_id = o.message_id
       GROUP BY o.email_id`,
    )
    .all(JSON.stringify(emailIds), source) as { emailId: string; sha256: string }[]
  return rows.map(({ emailId, sha256 }) => [emailId, sha256])
}

/** What the archive holds of a folder under another UIDVALIDITY than the present one, to be recognised again. */
export function listRenumbered(db: IndexReader, folderId: number, uidValidity: string): KnownMessage[] {
  return db
    .prepare(
      `SELECT o.uid, lower(hex(m.sha256)) AS sha256, m.message_id_header AS messageId, m.size_bytes AS sizeBytes,
         o.internal_date_ms AS internalDateMs, o.email_id AS emailId
       FROM occurrences o JOIN messages m ON m.message_id = o.message_id
       WHERE o.folder_id = ? AND o.uid_validity = ? AND o.presence = 'here' ORDER BY o.uid`,
    )
    .all(folderId, uidValidity) as KnownMessage[]
}

/** Of the messages that were here under an old UIDVALIDITY: which are known under the new one by now. */
export function listSettled(
  db: IndexReader,
  folderId: number,
  oldUidValidity: string,
  uidValidity: string,
): { readonly renumbered: number[]; readonly gone: number[] } {
  const rows = db
    .prepare(
      `SELECT o.uid, EXISTS (
         SELECT 1 FROM occurrences n WHERE n.message_id = o.message_id AND n.folder_id = o.folder_id AND n.uid_validity = ?
       ) AS renumbered
       FROM occurrences o WHERE o.folder_id = ? AND o.uid_validity = ? AND o.presence = 'here' ORDER BY o.uid`,
    )
    .all(uidValidity, folderId, oldUidValidity) as { uid: number; renumbered: number }[]
  const uids = (renumbered: number) =>
    rows.filter((row) => row.renumbered === renumbered).map((row) => row.uid)
  return { renumbered: uids(1), gone: uids(0) }
}

/**
 * UIDVALIDITYs of a folder, other than the present one, under which messages are still held as being there. What was
 * imported was never numbered by the server, so it is none of them.
 */
export function listOldUidValidities(db: IndexReader, folderId: number, uidValidity: string): string[] {
  return db
    .prepare(
      `SELECT DISTINCT uid_validity FROM occurrences
       WHERE folder_id = ? AND uid_validity NOT IN (?, ?) AND presence = 'here'`,
    )
    .pluck()
    .all(folderId, uidValidity, importedUidValidity) as string[]
}

/** Notes that a folder was asked about, and why it was not pulled to its end; null when it was. */
export function noteAsked(db: IndexWriter, folderId: number, atMs: number, unfinished: string | null): void {
  db.prepare('UPDATE folders SET asked_at_ms = ?, unfinished = ? WHERE folder_id = ?').run(
    atMs,
    unfinished,
    folderId,
  )
}

/** What a pull that came to the folder's end saw of the server. */
export interface FolderEnd {
  readonly uidValidity: string
  readonly uidNext: number
  readonly highestModseq: string | null
  readonly serverCount: number
  readonly pulledAtMs: number
}

/** Notes that a folder was pulled to its end. Failures of an older UIDVALIDITY or of messages that left end here. */
export function finishFolder(
  db: IndexWriter,
  folderId: number,
  end: FolderEnd,
  stillMissing: readonly number[],
): void {
  db.transaction(() => {
    db.prepare(
      `UPDATE folders SET uid_validity = ?, synced_uid_next = ?, highest_modseq = ?, server_count = ?, pulled_at_ms = ?,
         asked_at_ms = ?, unfinished = NULL
       WHERE folder_id = ?`,
    ).run(
      ...[end.uidValidity, end.uidNext, end.highestModseq, end.serverCount],
      ...[end.pulledAtMs, end.pulledAtMs, folderId],
    )
    db.prepare(
      `DELETE FROM failures WHERE folder_id = ?
       AND (uid_validity <> ? OR uid NOT IN (SELECT value FROM json_each(?)))`,
    ).run(folderId, end.uidValidity, JSON.stringify(stillMissing))
  })()
}

/** What every folder had at its last pull, and what the archive lacks of it. */
export function listCoverage(db: IndexReader): FolderCoverage[] {
  const rows = db
    .prepare(
      `SELECT f.folder_id AS folderId, f.source, f.path, f.server_count AS serverCount, f.pulled_at_ms AS pulledAtMs,
         f.asked_at_ms AS askedAtMs, f.unfinished,
         (SELECT count(*) FROM removed r WHERE r.folder_id = f.folder_id AND r.uid_validity = f.uid_validity) AS removedCount,
         count(CASE WHEN o.presence = 'here' AND o.uid_validity = f.uid_validity THEN 1 END) AS archivedCount,
         count(CASE WHEN o.presence = 'gone' THEN 1 END) AS goneCount,
         max(o.archived_at_ms) AS lastArchivedAtMs
       FROM folders f LEFT JOIN occurrences o ON o.folder_id = f.folder_id
       GROUP BY f.folder_id ORDER BY f.source, f.path COLLATE NOCASE`,
    )
    .all() as (Omit<FolderCoverage, 'missingCount' | 'failures'> & { removedCount: number })[]
  return rows.map(({ removedCount, ...row }) => ({
    ...row,
    // What retention removed may still be on the server; it is not missing, it is not wanted.
    missingCount:
      row.serverCount === null ? null : Math.max(0, row.serverCount - row.archivedCount - removedCount),
    failures: listFailures(db, row.folderId),
  }))
}

/** How far each pack is accounted for. */
export function listCommitted(db: IndexReader): ReadonlyMap<number, number> {
  const rows = db.prepare('SELECT number, committed_bytes AS bytes FROM packs').all() as {
    number: number
    bytes: number
  }[]
  return new Map(rows.map((row) => [row.number, row.bytes]))
}
