import { createHash } from 'node:crypto'
import type { IndexReader, IndexWriter } from './open.ts'

const folderFacts = `f.source, f.path, f.uid_validity, f.synced_uid_next, f.highest_modseq, f.server_count, f.pulled_at_ms`

/**
 * What an index holds of every place in which a message is, as one hash: two indexes of the same mail have the same.
 */
export function digestOccurrences(db: IndexReader): string {
  const hash = createHash('sha256')
  const rows = db
    .prepare(
      `SELECT f.source, f.path, o.uid_validity, o.uid, o.flags, o.presence, hex(m.sha256)
       FROM occurrences o JOIN messages m ON m.message_id = o.message_id JOIN folders f ON f.folder_id = o.folder_id
       ORDER BY f.source, f.path, o.uid_validity, o.uid`,
    )
    .raw()
    .iterate()
  for (const row of rows) hash.update(`${JSON.stringify(row)}\n`)
  return hash.digest('hex')
}

/**
 * Carries over what the packs do not say: what the last pull saw of the server, and what it could not have. Without
 * it nothing is lost, but coverage is unknown until the next pull.
 */
export function carryServerFacts(from: IndexReader, to: IndexWriter): void {
  const folders = from.prepare(`SELECT ${folderFacts} FROM folders f`).raw().all() as unknown[][]
  const failures = from
    .prepare(
      `SELECT f.source, f.path, x.uid_validity, x.uid, x.size_bytes, x.reason, x.at_ms
       FROM failures x JOIN folders f ON f.folder_id = x.folder_id`,
    )
    .raw()
    .all() as unknown[][]
  const insert = to.prepare('INSERT INTO folders (source, path) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const update = to.prepare(
    `UPDATE folders SET uid_validity = ?, synced_uid_next = ?, highest_modseq = ?, server_count = ?, pulled_at_ms = ?
     WHERE source = ? AND path = ?`,
  )
  const fail = to.prepare(
    `INSERT INTO failures (folder_id, uid_validity, uid, size_bytes, reason, at_ms)
     SELECT folder_id, ?, ?, ?, ?, ? FROM folders WHERE source = ? AND path = ? ON CONFLICT DO NOTHING`,
  )
  to.transaction(() => {
    for (const [source, path, ...facts] of folders) {
      insert.run(source, path)
      update.run(...facts, source, path)
    }
    for (const [source, path, ...facts] of failures) fail.run(...facts, source, path)
  })()
}
