import type { ReadHandle, WriteHandle } from '../handles.ts'
import { practiceLinksTable } from '../schema/practice.ts'

/** Ids of somebody of the practice company. */
export type PracticeLink = typeof practiceLinksTable.$inferSelect

/** Everybody who is linked. */
export function listPracticeLinks(db: ReadHandle): readonly PracticeLink[] {
  return db.select().from(practiceLinksTable).all()
}

/** Writes a link over its last one. */
export function putPracticeLink(db: WriteHandle, link: PracticeLink): void {
  db.insert(practiceLinksTable)
    .values(link)
    .onConflictDoUpdate({ target: practiceLinksTable.localPart, set: link })
    .run()
}

/** Forgets everybody. */
export function clearPracticeLinks(db: WriteHandle): void {
  db.delete(practiceLinksTable).run()
}
