import { assertNever } from '../../core/errors.ts'
import type {
  ArchiveRecord,
  FlagsRecord,
  FolderRecord,
  GoneRecord,
  MessageRecord,
  OccurrenceRecord,
  RemovedRecord,
} from '../../core/archive/pack.ts'
import { prepareStatements } from './apply-statements.ts'
import type { Statements } from './apply-statements.ts'
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

/** A content that stands in a message, as it was sent. Contents with the same mark are probably the same. */
export interface MessagePart {
  readonly mark: Uint8Array
  readonly start: number
  readonly length: number
}

/** A record and where it begins in the packs. A message comes with its summary and the place of its frame. */
export interface PlacedRecord {
  readonly pack: number
  readonly offset: number
  readonly record: ArchiveRecord
  readonly frameOffset: number
  readonly summary: MessageSummary | null
  /** What later messages may copy from this one. */
  readonly parts?: readonly MessagePart[]
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
  const statements = prepareStatements(db)
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
      statements.putGeneration.run(placed.pack, record.generation)
      return
    case 'folder':
      describeFolder(statements, places.folderId(record.source, record.path), record)
      return
    case 'message': {
      const known = places.findMessage(record.sha256)
      if (known !== null && record.replaces === true) replaceMessage(statements, placed, record, known)
      const messageId = known ?? insertMessage(statements, places, placed, record)
      if (record.replaces === true) linkDependents(statements, record.sha256, messageId)
      putOccurrence(statements, places, messageId, record.at)
      return
    }
    case 'again': {
      const messageId = places.findMessage(record.sha256)
      // Its first record may be damaged; then verify names it, and there is nothing to point at.
      if (messageId !== null) putOccurrence(statements, places, messageId, record.at)
      return
    }
    case 'flags':
      changeFlags(statements, places.folderId(record.source, record.folder), record)
      return
    case 'gone':
      markGone(statements, places.folderId(record.source, record.folder), record)
      return
    case 'removed':
      remove(statements, places.folderId(record.source, record.folder), record)
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
    labels: at.labels === undefined ? null : JSON.stringify(at.labels),
    emailId: at.emailId ?? null,
    threadId: at.threadId ?? null,
  })
  statements.renumberFolder.run(uidValidity, folder, uidValidity)
  statements.clearFailure.run(folder, uidValidity, uid)
}

function insertMessage(
  statements: Statements,
  places: Places,
  placed: PlacedRecord,
  record: MessageRecord,
): number {
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
    copiesOf(record),
  )
  for (const { from } of record.copies ?? []) {
    const origin = places.findMessage(from)
    if (origin !== null) statements.insertCopy.run(lastInsertRowid, origin)
  }
  for (const { mark, start, length } of placed.parts ?? [])
    statements.putPart.run(mark, lastInsertRowid, start, length)
  return Number(lastInsertRowid)
}

/** A message that was damaged is stored once more and whole: it needs no other message any more. */
function replaceMessage(
  statements: Statements,
  placed: PlacedRecord,
  record: MessageRecord,
  messageId: number,
): void {
  const { frameBytes, entryBytes, newlineAdded } = record
  statements.replaceMessage.run(
    ...[placed.pack, placed.offset, placed.frameOffset, frameBytes, entryBytes, newlineAdded ? 1 : 0],
    ...[copiesOf(record), messageId],
  )
  statements.deleteCopies.run(messageId)
}

/**
 * Messages that take bytes from one that is stored once more may come before it in the packs: a new index meets them
 * while there is nothing yet to point at. Without the link a removal would take the bytes away from them.
 */
function linkDependents(statements: Statements, sha256: string, messageId: number): void {
  statements.linkDependents.run({ sha256, messageId })
}

function copiesOf(record: MessageRecord): string | null {
  return record.copies === undefined ? null : JSON.stringify(record.copies)
}

/** The state before stays known: what changed when is part of a message's history. */
function changeFlags(statements: Statements, folderId: number, record: FlagsRecord): void {
  const { uidValidity, uid, atMs } = record
  const flags = JSON.stringify(record.flags)
  const labels = record.labels === undefined ? null : JSON.stringify(record.labels)
  statements.keepFlags.run({ folderId, uidValidity, uid, atMs, flags, labels })
  statements.setFlags.run({ folderId, uidValidity, uid, flags, labels })
}

/** Forgets places of messages; a message without any place is forgotten itself. */
function remove(statements: Statements, folderId: number, record: RemovedRecord): void {
  for (const uid of record.uids) {
    statements.putRemoved.run(folderId, record.uidValidity, uid, record.ledgerSeq, record.atMs)
    const found = statements.findOccurrence.get(folderId, record.uidValidity, uid) as
      { occurrence_id: number; message_id: number } | undefined
    if (found === undefined) continue
    statements.deleteOccurrence.run(found.occurrence_id)
    // Nothing new shall copy from what was removed.
    statements.deleteParts.run({ messageId: found.message_id })
    // A message that others copy from stays, unseen, until the packs are written anew without it.
    const { used } = statements.isUsed.get({ messageId: found.message_id }) as { used: number }
    if (used === 1) continue
    statements.deleteCopies.run(found.message_id)
    statements.deleteMessage.run(found.message_id)
  }
}

function describeFolder(statements: Statements, folderId: number, record: FolderRecord): void {
  statements.describeFolder.run(record.delimiter, record.specialUse, folderId)
}

function markGone(statements: Statements, folderId: number, record: GoneRecord): void {
  const presence = record.why === 'renumbered' ? 'renumbered' : 'gone'
  for (const uid of record.uids) {
    statements.setPresence.run(presence, record.atMs, folderId, record.uidValidity, uid)
    statements.clearFailure.run(folderId, record.uidValidity, uid)
  }
}
