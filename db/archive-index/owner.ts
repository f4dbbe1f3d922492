import type { IndexReader, IndexWriter } from './open.ts'

/** The archive that an index belongs to; null when nobody said so yet. */
export function ownerOf(db: IndexReader): string | null {
  return db.prepare('SELECT archive_id FROM meta').pluck().get() as string | null
}

/** Says once which archive an index belongs to. */
export function claimIndex(db: IndexWriter, archiveId: string): void {
  db.prepare('UPDATE meta SET archive_id = ? WHERE archive_id IS NULL').run(archiveId)
}
