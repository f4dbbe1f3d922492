import type { PullFailure } from '../../core/archive/types.ts'
import type { IndexReader, IndexWriter } from './open.ts'

/** What failed in a folder and is still missing; tried again at every pull. */
export function listFailures(db: IndexReader, folderId: number): PullFailure[] {
  const rows = db
    .prepare(
      `SELECT uid, uid_validity AS uidValidity, size_bytes AS sizeBytes, reason, at_ms AS atMs,
         part_path AS partPath, part_bytes AS partBytes
       FROM failures WHERE folder_id = ? ORDER BY uid LIMIT 10000`,
    )
    .all(folderId) as StoredFailure[]
  return rows.map(({ partPath, partBytes, ...failure }) => ({
    ...failure,
    part: partPath === null || partBytes === null ? null : { path: partPath, sizeBytes: partBytes },
  }))
}

type StoredFailure = Omit<PullFailure, 'part'> & {
  readonly partPath: string | null
  readonly partBytes: number | null
}

/** Where the rest of a message that failed lies; null when nothing of it came, or it has come whole since. */
export function findFailurePart(
  db: IndexReader,
  folderId: number,
  uidValidity: string,
  uid: number,
): string | null {
  const found = db
    .prepare('SELECT part_path FROM failures WHERE folder_id = ? AND uid_validity = ? AND uid = ?')
    .pluck()
    .get(folderId, uidValidity, uid) as string | null | undefined
  return found ?? null
}

/** Notes a message that could not be had, so that it is shown and tried again. */
export function putFailure(db: IndexWriter, folderId: number, failure: PullFailure): void {
  db.prepare(
    `INSERT INTO failures (folder_id, uid_validity, uid, size_bytes, reason, at_ms, part_path, part_bytes)
     VALUES (@folderId, @uidValidity, @uid, @sizeBytes, @reason, @atMs, @partPath, @partBytes)
     ON CONFLICT DO UPDATE SET size_bytes = excluded.size_bytes, reason = excluded.reason, at_ms = excluded.at_ms,
       part_path = coalesce(excluded.part_path, part_path), part_bytes = coalesce(excluded.part_bytes, part_bytes)`,
  ).run({
    folderId,
    uidValidity: failure.uidValidity,
    uid: failure.uid,
    sizeBytes: failure.sizeBytes,
    reason: failure.reason,
    atMs: failure.atMs,
    partPath: failure.part?.path ?? null,
    partBytes: failure.part?.sizeBytes ?? null,
  })
}
