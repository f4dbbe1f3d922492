import type { IndexReader } from './open.ts'
import { placeColumns, toPlace } from './read.ts'
import type { MessagePlace, StoredPlace } from './read.ts'

/** Where a content stands that a message may copy: in the message `from`, from its byte `start` on. */
export interface PartPlace {
  readonly from: string
  readonly start: number
  readonly length: number
}

/** Looks up what messages share. Its statements are prepared once: they run for many messages. */
export interface PartFinder {
  /** A content that is probably the same: compare before believing it. */
  findPart(mark: Uint8Array): PartPlace | null
  /** Where a message's bytes are. */
  findPlace(sha256: string): MessagePlace | null
}

/** Prepares the lookups on an index. */
export function createPartFinder(db: IndexReader): PartFinder {
  const part = db.prepare(
    `SELECT lower(hex(m.sha256)) AS "from", p.start, p.length
     FROM parts p JOIN messages m ON m.message_id = p.message_id WHERE p.mark = ?`,
  )
  const place = db.prepare(`SELECT ${placeColumns} FROM messages m WHERE m.sha256 = ?`)
  return {
    findPart: (mark) => (part.get(mark) as PartPlace | undefined) ?? null,
    findPlace: (sha256) => {
      const found = place.get(Buffer.from(sha256, 'hex')) as StoredPlace | undefined
      return found === undefined ? null : toPlace(found)
    },
  }
}
