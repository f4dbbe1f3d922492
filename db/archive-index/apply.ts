import { assertNever } from '../../core/errors.ts'
import type {
  ArchiveRecord,
  FolderRecord,
  GoneRecord,
  MessageRecord,
  OccurrenceRecord,
} from '../../core/archive/pack.ts'
import type { IndexWriter } from './open.ts'

/** What a message list shows of a message; drawn from its bytes, so that a rebuild gives the same. */
export interface MessageSummary {
  readonly subject: string
  readonly sender: string
  readonly recipients: string
  readonly messageId: string | null
  readonly dateMs: number | null
  readonly attachmentCount: number
}

/** A record and where it begins in the packs. A message comes with its summary and the place of its frame. */
export interface PlacedRecord {
  readonly pack: number
  readonly offset: number
  readonly record: ArchiveRecord
  readonly frameOffset: number
  readonly summary: MessageSummary | null
}

/** Folds records into the index: the same function behind a pull and behind a rebuild. */
export interface IndexFold {
  /** Applies records and notes how far each pack is accounted for, in one transaction. */
  commit(records: readonly PlacedRecord[], committed: { readonly pack: number; readonly bytes: number }): void
  /** The row of a message by its hash; null when the archive does not have it. */
  findMessage(sha256: string): number | null
}

/** Prepares the statements once: they run for every message. */
export function createIndexFold(db: IndexWriter): IndexFold {
  const statements = prepare(db)
  const places = createPlaces(statements)
  const commit = db.transaction<IndexFold['commit']>((records, committed) => {
    for (const placed of records) apply(statements, places, placed)
    statements.putPack.run(committed.pack, committed.bytes)
  })
  return {
    commit: (records, committed) => commit.immediate(records, committed),
    findMessage: places.findMessage,
  }
}

/** Where records belong: ids of folders and messages. */
interface Places {
  folderId(source: string, path: string): number
  findMessage(sha256: string): number | null
}

function createPlaces(statements: Statements): Places {
  const folderIds = new Map<string, number>()
  return {
    folderId: (source, path) => {
      const key = `${source}\n${path}`
      const known = folderIds.get(key)
      if (known !== undefined) return known
      statements.insertFolder.run(source, path)
      const { folder_id: id } = statements.findFolder.get(source, path) as { folder_id: number }
      folderIds.set(key, id)
      return id
    },
    findMessage: (sha256) => {
      const row = statements.findMessage.get(Buffer.from(sha256, 'hex')) as { message_id: number } | undefined
      return row?.message_id ?? null
    },
  }
}

function apply(statements: Statements, places: Places, placed: PlacedRecord): void {
  const { record } = placed
  switch (record.kind) {
    case 'pack':
      return
    case 'folder':
      describeFolder(statements, places.folderId(record.source, record.path), record)
      return
    case 'message': {
      const known = places.findMessage(record.sha256)
      putOccurrence(statements, places, known ?? insertMessage(statements, placed, record), record.at)
      return
    }
    case 'again': {
      const messageId = places.findMessage(record.sha256)
      // Its first record may be damaged; then verify names it, and there is nothing to point at.
      if (messageId !== null) putOccurrence(statements, places, messageId, record.at)
      return
    }
    case 'flags': {
      const folderId = places.folderId(record.source, record.folder)
      statements.setFlags.run(JSON.stringify(record.flags), folderId, record.uidValidity, record.uid)
      return
    }
    case 'gone':
      markGone(statements, places.folderId(record.source, record.folder), record)
      return
    default:
      assertNever(record)
  }
}

function putOccurrence(
  statements: Statements,
  places: Places,
  messageId: number,
  at: OccurrenceRecord,
): void {
  const folder = places.folderId(at.source, at.folder)
  const { uidValidity, uid, internalDateMs, archivedAtMs } = at
  const flags = JSON.stringify(at.flags)
  statements.insertOccurrence.run({
    messageId,
    folder,
    uidValidity,
    uid,
    flags,
    internalDateMs,
    archivedAtMs,
  })
  statements.renumberFolder.run(uidValidity, folder, uidValidity)
  statements.clearFailure.run(folder, uidValidity, uid)
}

type Statements = ReturnType<typeof prepare>

function prepare(db: IndexWriter) {
  return {
    insertFolder: db.prepare('INSERT INTO folders (source, path) VALUES (?, ?) ON CONFLICT DO NOTHING'),
    findFolder: db.prepare('SELECT folder_id FROM folders WHERE source = ? AND path = ?'),
    describeFolder: db.prepare('UPDATE folders SET delimiter = ?, special_use = ? WHERE folder_id = ?'),
    renumberFolder: db.prepare(
      'UPDATE folders SET uid_validity = ?, synced_uid_next = 1, highest_modseq = NULL WHERE folder_id = ? AND uid_validity IS NOT ?',
    ),
    findMessage: db.prepare('SELECT message_id FROM messages WHERE sha256 = ?'),
    insertMessage: db.prepare(
      `INSERT INTO messages (sha256, pack, record_offset, frame_offset, frame_bytes, entry_bytes, newline_added, size_bytes,
         subject, sender, recipients, message_id_header, date_ms, attachment_count)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    insertText: db.prepare(
      'INSERT INTO messages_fts (rowid, subject, sender, recipients) VALUES (?, ?, ?, ?)',
    ),
    insertOccurrence: db.prepare(
      `INSERT INTO occurrences
         (message_id, folder_id, uid_validity, uid, flags, internal_date_ms, date_ms, archived_at_ms)
       VALUES (@messageId, @folder, @uidValidity, @uid, @flags, @internalDateMs,
         coalesce((SELECT date_ms FROM messages WHERE message_id = @messageId), @internalDateMs), @archivedAtMs)
       ON CONFLICT DO NOTHING`,
    ),
    setFlags: db.prepare(
      'UPDATE occurrences SET flags = ? WHERE folder_id = ? AND uid_validity = ? AND uid = ?',
    ),
    setPresence: db.prepare(
      'UPDATE occurrences SET presence = ? WHERE folder_id = ? AND uid_validity = ? AND uid = ?',
    ),
    clearFailure: db.prepare('DELETE FROM failures WHERE folder_id = ? AND uid_validity = ? AND uid = ?'),
    putPack: db.prepare(
      'INSERT INTO packs (number, committed_bytes) VALUES (?, ?) ON CONFLICT DO UPDATE SET committed_bytes = excluded.committed_bytes',
    ),
  }
}

function insertMessage(statements: Statements, placed: PlacedRecord, record: MessageRecord): number {
  const { summary } = placed
  if (summary === null) throw new Error('A message record was placed without its summary')
  const { lastInsertRowid } = statements.insertMessage.run(
    Buffer.from(record.sha256, 'hex'),
    placed.pack,
    placed.offset,
    placed.frameOffset,
    record.frameBytes,
    record.entryBytes,
    record.newlineAdded ? 1 : 0,
    record.sizeBytes,
    summary.subject,
    summary.sender,
    summary.recipients,
    summary.messageId,
    summary.dateMs,
    summary.attachmentCount,
  )
  statements.insertText.run(lastInsertRowid, summary.subject, summary.sender, summary.recipients)
  return Number(lastInsertRowid)
}

function describeFolder(statements: Statements, folderId: number, record: FolderRecord): void {
  statements.describeFolder.run(record.delimiter, record.specialUse, folderId)
}

function markGone(statements: Statements, folderId: number, record: GoneRecord): void {
  const presence = record.why === 'renumbered' ? 'renumbered' : 'gone'
  for (const uid of record.uids) {
    statements.setPresence.run(presence, folderId, record.uidValidity, uid)
    statements.clearFailure.run(folderId, record.uidValidity, uid)
  }
}
