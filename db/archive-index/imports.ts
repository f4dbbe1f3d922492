import { importedUidValidity } from '../../core/archive/imports.ts'
import type { IndexReader } from './open.ts'

/** A place that imported mail asks for. */
interface AskedPlace {
  readonly source: string
  readonly folder: string
  readonly uidValidity: string
  readonly uid: number
}

/** Asks an index, with statements that are prepared once, what an import has to know of each message. */
export function createImportQueries(db: IndexReader) {
  const inFolder = db
    .prepare(
      `SELECT 1 FROM occurrences o JOIN messages m ON m.message_id = o.message_id
       JOIN folders f ON f.folder_id = o.folder_id
       WHERE m.sha256 = unhex(@sha256) AND f.source = @source AND f.path = @folder LIMIT 1`,
    )
    .pluck()
  const atPlace = db
    .prepare(
      `SELECT 1 FROM occurrences o JOIN folders f ON f.folder_id = o.folder_id
       WHERE f.source = @source AND f.path = @folder AND o.uid_validity = @uidValidity AND o.uid = @uid`,
    )
    .pluck()
  const lastUid = db
    .prepare(
      `SELECT max(uid) FROM (
         SELECT o.uid FROM occurrences o JOIN folders f ON f.folder_id = o.folder_id
         WHERE f.source = @source AND f.path = @folder AND o.uid_validity = @uidValidity
         UNION ALL
         SELECT r.uid FROM removed r JOIN folders f ON f.folder_id = r.folder_id
         WHERE f.source = @source AND f.path = @folder AND r.uid_validity = @uidValidity)`,
    )
    .pluck()
  return {
    /** Whether a folder holds a message already, by the hash of its bytes. */
    isInFolder: (source: string, folder: string, sha256: string) =>
      inFolder.get({ source, folder, sha256 }) !== undefined,
    isTaken: (place: AskedPlace) => atPlace.get({ ...place }) !== undefined,
    /** The highest number that imported mail has in a folder, also of mail that was removed; 0 for none. */
    lastUid: (source: string, folder: string) =>
      (lastUid.get({ source, folder, uidValidity: importedUidValidity }) as number | null) ?? 0,
  }
}
