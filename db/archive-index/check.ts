import type { OccurrenceRecord } from '../../core/archive/pack.ts'
import type { IndexReader } from './open.ts'

/** A message of the index, by its place. */
export interface IndexedMessage {
  readonly messageId: number
  readonly sha256: string
  readonly subject: string
  readonly offset: number
}

/** What people know a message by, beside its subject. */
export interface Whereabouts {
  readonly folder: string | null
  readonly dateMs: number | null
  /** Messages that take bytes from it. */
  readonly dependents: { readonly sha256: string; readonly subject: string }[]
}

/** What a check of the packs asks the index. Reads one state of it, whatever is written meanwhile. */
export interface IndexCheck {
  readonly messageCount: number
  /** How far each pack is accounted for. */
  readonly committed: ReadonlyMap<number, number>
  /** Messages whose record begins in a stretch of a pack, in their order. */
  between(pack: number, from: number, to: number): readonly IndexedMessage[]
  knows(sha256: string): boolean
  /** Whether this place was given up on purpose (retention). */
  isRemoved(at: OccurrenceRecord): boolean
  whereabouts(messageId: number): Whereabouts
  close(): void
}

const sql = {
  between: `SELECT message_id AS messageId, lower(hex(sha256)) AS sha256, subject, record_offset AS offset
    FROM messages WHERE pack = ? AND record_offset >= ? AND record_offset < ? ORDER BY record_offset`,
  knows: 'SELECT 1 FROM messages WHERE sha256 = ?',
  isRemoved: `SELECT 1 FROM removed JOIN folders USING (folder_id)
    WHERE source = ? AND path = ? AND removed.uid_validity = ? AND uid = ?`,
  place: `SELECT f.path AS folder, coalesce(m.date_ms, o.internal_date_ms) AS dateMs
    FROM messages m LEFT JOIN occurrences o ON o.message_id = m.message_id LEFT JOIN folders f ON f.folder_id = o.folder_id
    WHERE m.message_id = ? ORDER BY o.presence = 'here' DESC LIMIT 1`,
  dependents: `SELECT lower(hex(m.sha256)) AS sha256, m.subject FROM copies c JOIN messages m ON m.message_id = c.message_id
    WHERE c.from_message_id = ? ORDER BY m.message_id LIMIT 100`,
} as const

/** Begins a check: a read transaction that lasts until `close`. */
export function beginCheck(db: IndexReader): IndexCheck {
  db.exec('BEGIN')
  const between = db.prepare(sql.between)
  const knows = db.prepare(sql.knows)
  const isRemoved = db.prepare(sql.isRemoved)
  const place = db.prepare(sql.place)
  const dependents = db.prepare(sql.dependents)
  const packs = db.prepare('SELECT number, committed_bytes AS bytes FROM packs ORDER BY number').all() as {
    number: number
    bytes: number
  }[]
  return {
    messageCount: db.prepare('SELECT count(*) FROM messages').pluck().get() as number,
    committed: new Map(packs.map((pack) => [pack.number, pack.bytes])),
    between: (pack, from, to) => between.all(pack, from, to) as IndexedMessage[],
    knows: (sha256) => knows.get(Buffer.from(sha256, 'hex')) !== undefined,
    isRemoved: (at) => isRemoved.get(at.source, at.folder, at.uidValidity, at.uid) !== undefined,
    whereabouts: (messageId) => ({
      ...(place.get(messageId) as Omit<Whereabouts, 'dependents'>),
      dependents: dependents.all(messageId) as Whereabouts['dependents'],
    }),
    close: () => db.exec('COMMIT'),
  }
}
