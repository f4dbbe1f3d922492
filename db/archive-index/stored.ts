import type { IndexReader } from './open.ts'
import { placeColumns, toPlace } from './read.ts'
import type { MessagePlace, StoredPlace } from './read.ts'

/** A message's place on a server: what never changes of it (RFC 9051 2.3.1.1). */
export interface ServerPlace {
  /** The mailbox's address, in lower case. */
  readonly source: string
  readonly folder: string
  readonly uidValidity: string
  readonly uid: number
}

/** What the archive has of a message on a server. */
export interface StoredMessage {
  readonly place: MessagePlace
  readonly messageId: string | null
}

/** Finds what was archived from exactly this place; null when nothing was. */
export function findStored(db: IndexReader, at: ServerPlace): StoredMessage | null {
  const found = db
    .prepare(
      `SELECT ${placeColumns}, m.message_id_header AS messageId
       FROM occurrences o
       JOIN folders f ON f.folder_id = o.folder_id
       JOIN messages m ON m.message_id = o.message_id
       WHERE f.source = @source AND f.path = @folder AND o.uid_validity = @uidValidity AND o.uid = @uid`,
    )
    .get(at) as (StoredPlace & { readonly messageId: string | null }) | undefined
  return found === undefined ? null : { place: toPlace(found), messageId: found.messageId }
}
