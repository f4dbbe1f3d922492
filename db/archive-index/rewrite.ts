import type { CopyRange, OccurrenceRecord } from '../../core/archive/pack.ts'
import type { MessagePart } from './apply.ts'
import type { IndexReader, IndexWriter } from './open.ts'
import { placeColumns, toPlace } from './read.ts'
import type { MessagePlace, StoredPlace } from './read.ts'

/** What an index knows of a message whose record begins at a place of a pack. */
export interface LivingMessage {
  readonly messageId: number
  readonly place: MessagePlace
  /** Of the messages that it copies from, at least one is in no folder any more. */
  readonly copiesFromDead: boolean
}

/** A message in no folder that another one copies from. */
type NeededMessage = Pick<LivingMessage, 'messageId'>

/** A message with its place in a pack that was written anew. */
export interface MovedMessage {
  readonly messageId: number
  readonly recordOffset: number
  readonly frameOffset: number
  readonly frameBytes: number
  readonly entryBytes: number
  readonly newlineAdded: boolean
  /** Null: as they were. */
  readonly anew: { readonly copies: readonly CopyRange[]; readonly parts: readonly MessagePart[] } | null
}

/** What writing packs anew asks the index, and how it tells it of the outcome. */
export interface RewriteIndex {
  /** The message whose record begins here; null when it is in no folder, or its place is elsewhere by now. */
  findLiving(pack: number, recordOffset: number): LivingMessage | null
  /**
   * Whether a message in no folder begins here whose bytes are still needed by one of another pack: it leaves only
   * when that one has been written anew. So it is where a message was stored once more behind those that copy from it.
   */
  isNeeded(pack: number, recordOffset: number): NeededMessage | null
  /** Whether no message that is in a folder, or needed by one, begins in this stretch. */
  holdsNothing(pack: number, from: number, to: number): boolean
  isHere(source: string, folder: string, uidValidity: string, uid: number): boolean
  /** Any place in a folder of a message that is in one. */
  anyOccurrence(messageId: number): OccurrenceRecord
  /** Packs in which messages are that are in no folder any more, or that copy from such; descending. */
  listPacksWithDead(): readonly number[]
  /** Notes new places in one transaction, and forgets messages that nothing needs any more. */
  commit(pack: number, generation: number, bytes: number, moved: readonly MovedMessage[]): void
  /** Gives the disk its space back, and leaves nothing readable of what was deleted. */
  purge(): void
}

const isDead = `NOT EXISTS (SELECT 1 FROM occurrences o WHERE o.message_id = m.message_id)`

const isNeeded = `EXISTS (SELECT 1 FROM copies c JOIN messages d ON d.message_id = c.message_id
  WHERE c.from_message_id = m.message_id AND d.pack <> m.pack
    AND EXISTS (SELECT 1 FROM occurrences WHERE message_id = d.message_id))`

/** Prepares the statements: they run for every record of a pack. */
export function createRewriteIndex(db: IndexWriter): RewriteIndex {
  const commit = createCommit(db)
  const living = db.prepare(
    `SELECT m.message_id AS messageId, ${placeColumns}, EXISTS (
       SELECT 1 FROM copies c JOIN messages origin ON origin.message_id = c.from_message_id
       WHERE c.message_id = m.message_id
         AND NOT EXISTS (SELECT 1 FROM occurrences WHERE message_id = origin.message_id)
     ) AS copiesFromDead
     FROM messages m WHERE m.pack = ? AND m.record_offset = ? AND NOT ${isDead}`,
  )
  const here = db
    .prepare(
      `SELECT 1 FROM occurrences o JOIN folders f ON f.folder_id = o.folder_id
       WHERE f.source = ? AND f.path = ? AND o.uid_validity = ? AND o.uid = ?`,
    )
    .pluck()
  const any = db.prepare(
    `SELECT f.source, f.path AS folder, o.uid_validity AS uidValidity, o.uid, o.flags, o.labels, o.email_id AS emailId,
       o.thread_id AS threadId, o.internal_date_ms AS internalDateMs, o.archived_at_ms AS archivedAtMs
     FROM occurrences o JOIN folders f ON f.folder_id = o.folder_id WHERE o.message_id = ?
     ORDER BY o.occurrence_id LIMIT 1`,
  )
  return {
    findLiving: (pack, recordOffset) => {
      const found = living.get(pack, recordOffset) as
        (StoredPlace & { messageId: number; copiesFromDead: number }) | undefined
      if (found === undefined) return null
      return { messageId: found.messageId, place: toPlace(found), copiesFromDead: found.copiesFromDead === 1 }
    },
    ...askNeeded(db),
    isHere: (source, folder, uidValidity, uid) => here.get(source, folder, uidValidity, uid) !== undefined,
    anyOccurrence: (messageId) => toOccurrence(any.get(messageId) as StoredOccurrence),
    listPacksWithDead: () => listPacksWithDead(db),
    commit,
    purge: () => {
      db.exec('VACUUM')
      db.pragma('wal_checkpoint(TRUNCATE)')
    },
  }
}

function askNeeded(db: IndexWriter): Pick<RewriteIndex, 'isNeeded' | 'holdsNothing'> {
  const needed = db.prepare(
    `SELECT m.message_id AS messageId FROM messages m
     WHERE m.pack = ? AND m.record_offset = ? AND ${isDead} AND ${isNeeded}`,
  )
  const anyWithin = db
    .prepare(
      `SELECT 1 FROM messages m WHERE m.pack = ? AND m.record_offset >= ? AND m.record_offset < ?
       AND (NOT ${isDead} OR ${isNeeded})`,
    )
    .pluck()
  return {
    isNeeded: (pack, recordOffset) => (needed.get(pack, recordOffset) as NeededMessage | undefined) ?? null,
    holdsNothing: (pack, from, to) => anyWithin.get(pack, from, to) === undefined,
  }
}

type StoredOccurrence = Omit<OccurrenceRecord, 'flags' | 'labels' | 'emailId' | 'threadId'> & {
  readonly flags: string
  readonly labels: string | null
  readonly emailId: string | null
  readonly threadId: string | null
}

function toOccurrence({ flags, labels, emailId, threadId, ...at }: StoredOccurrence): OccurrenceRecord {
  return {
    ...at,
    flags: JSON.parse(flags) as string[],
    ...(labels !== null && { labels: JSON.parse(labels) as string[] }),
    ...(emailId !== null && { emailId }),
    ...(threadId !== null && { threadId }),
  }
}

function listPacksWithDead(db: IndexWriter): readonly number[] {
  return db
    .prepare(
      `SELECT DISTINCT pack FROM (
         SELECT m.pack FROM messages m WHERE ${isDead}
         UNION SELECT d.pack FROM messages m JOIN copies c ON c.from_message_id = m.message_id
           JOIN messages d ON d.message_id = c.message_id WHERE ${isDead}
       ) ORDER BY pack DESC`,
    )
    .pluck()
    .all() as number[]
}

function createCommit(db: IndexWriter): RewriteIndex['commit'] {
  const move = db.prepare(
    `UPDATE messages SET record_offset = ?, frame_offset = ?, frame_bytes = ?, entry_bytes = ?, newline_added = ?
     WHERE message_id = ?`,
  )
  const setCopies = db.prepare('UPDATE messages SET copies = ? WHERE message_id = ?')
  const dropCopies = db.prepare('DELETE FROM copies WHERE message_id = ?')
  const putCopy = db.prepare(
    `INSERT INTO copies (message_id, from_message_id) SELECT ?, message_id FROM messages WHERE sha256 = ?
     ON CONFLICT DO NOTHING`,
  )
  const putPart = db.prepare(
    `INSERT INTO parts (mark, message_id, start, length) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  const putPack = db.prepare('UPDATE packs SET committed_bytes = ?, generation = ? WHERE number = ?')
  const forget = `SELECT m.message_id FROM messages m WHERE ${isDead}
    AND NOT EXISTS (SELECT 1 FROM copies WHERE from_message_id = m.message_id)`
  const forgetAll = [
    `DELETE FROM parts WHERE message_id IN (${forget})`,
    `DELETE FROM copies WHERE message_id IN (SELECT m.message_id FROM messages m WHERE ${isDead})`,
    `DELETE FROM messages WHERE message_id IN (${forget})`,
  ].map((sql) => db.prepare(sql))
  return db.transaction<RewriteIndex['commit']>((pack, generation, bytes, moved) => {
    for (const {
      messageId,
      recordOffset,
      frameOffset,
      frameBytes,
      entryBytes,
      newlineAdded,
      anew,
    } of moved) {
      move.run(recordOffset, frameOffset, frameBytes, entryBytes, newlineAdded ? 1 : 0, messageId)
      if (anew === null) continue
      dropCopies.run(messageId)
      setCopies.run(anew.copies.length === 0 ? null : JSON.stringify(anew.copies), messageId)
      for (const { from } of anew.copies) putCopy.run(messageId, Buffer.from(from, 'hex'))
      for (const { mark, start, length } of anew.parts) putPart.run(mark, messageId, start, length)
    }
    for (const statement of forgetAll) statement.run()
    putPack.run(bytes, generation, pack)
  })
}

/** Which generation of each pack the index was told of. */
export function listGenerations(db: IndexReader): ReadonlyMap<number, number> {
  const rows = db.prepare('SELECT number, generation FROM packs').all() as {
    number: number
    generation: number
  }[]
  return new Map(rows.map(({ number, generation }) => [number, generation]))
}
