import type { IndexReader } from './open.ts'

/** Where the index says a message is. */
export interface IndexedPlace {
  readonly messageId: number
  readonly pack: number
  readonly frameOffset: number
}

/** A message of the index, by its place. */
export interface IndexedMessage {
  readonly messageId: number
  readonly sha256: string
  readonly subject: string
  readonly pack: number
  readonly offset: number
}

/** What a check of the packs asks the index. Reads one state of it, whatever is written meanwhile. */
export interface IndexCheck {
  readonly messageCount: number
  /** How far each pack is accounted for. */
  readonly committed: ReadonlyMap<number, number>
  find(sha256: string): IndexedPlace | null
  nameAt(pack: number, recordOffset: number): { readonly sha256: string; readonly subject: string } | null
  each(): IterableIterator<IndexedMessage>
  close(): void
}

/** Begins a check: a read transaction that lasts until `close`. */
export function beginCheck(db: IndexReader): IndexCheck {
  db.exec('BEGIN')
  const find = db.prepare(
    'SELECT message_id AS messageId, pack, frame_offset AS frameOffset FROM messages WHERE sha256 = ?',
  )
  const nameAt = db.prepare(
    'SELECT lower(hex(sha256)) AS sha256, subject FROM messages WHERE pack = ? AND record_offset = ?',
  )
  const each = db.prepare(
    `SELECT message_id AS messageId, lower(hex(sha256)) AS sha256, subject, pack, record_offset AS offset
     FROM messages ORDER BY pack, record_offset`,
  )
  const packs = db.prepare('SELECT number, committed_bytes AS bytes FROM packs ORDER BY number').all() as {
    number: number
    bytes: number
  }[]
  return {
    messageCount: db.prepare('SELECT count(*) FROM messages').pluck().get() as number,
    committed: new Map(packs.map((pack) => [pack.number, pack.bytes])),
    find: (sha256) => (find.get(Buffer.from(sha256, 'hex')) as IndexedPlace | undefined) ?? null,
    nameAt: (pack, offset) =>
      (nameAt.get(pack, offset) as { sha256: string; subject: string } | undefined) ?? null,
    each: () => each.iterate() as IterableIterator<IndexedMessage>,
    close: () => db.exec('COMMIT'),
  }
}
