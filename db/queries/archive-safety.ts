import { and, desc, eq, sql } from 'drizzle-orm'
import type { Damage } from '../../core/archive/reports.ts'
import type { ReadHandle, WriteHandle } from '../handles.ts'
import { archiveCopiesTable, archiveScrubsTable } from '../schema/archive-safety.ts'
import { archiveReportsTable } from '../schema/archive.ts'
import type { KeptReport } from './archive.ts'

/** A second copy as the desk remembers it. */
export interface KnownCopy {
  readonly copyId: string
  readonly archiveId: string
  readonly path: string
  readonly createdAtMs: number
  /** Brought up to date after every pull when it is reachable. */
  readonly automatic: boolean
  readonly syncedAtMs: number | null
  readonly verifiedAtMs: number | null
  /** What the last check of every byte found; null before the first. */
  readonly damagedPlaces: number | null
}

/** How far a scrub is that is not finished: everything before `nextByte` of `pack` was read. */
export interface ScrubPosition {
  readonly archiveId: string
  readonly startedAtMs: number
  readonly pack: number
  readonly generation: number
  readonly nextByte: number
  readonly messages: number
  readonly mailBytes: number
  readonly bytesDone: number
  readonly segments: number
  readonly damage: readonly Damage[]
}

/** The copies of an archive, oldest first. */
export function listArchiveCopies(db: ReadHandle, archiveId: string): readonly KnownCopy[] {
  const { archiveId: column, createdAtMs } = archiveCopiesTable
  return db
    .select()
    .from(archiveCopiesTable)
    .where(eq(column, archiveId))
    .orderBy(createdAtMs)
    .all()
    .map(toCopy)
}

/** One copy, or null. */
export function getArchiveCopy(db: ReadHandle, copyId: string): KnownCopy | null {
  const row = db.select().from(archiveCopiesTable).where(eq(archiveCopiesTable.copyId, copyId)).get()
  return row === undefined ? null : toCopy(row)
}

/** Remembers a copy, or what is now known of it. */
export function putArchiveCopy(db: WriteHandle, copy: KnownCopy): void {
  const row = { ...copy, automatic: copy.automatic ? 1 : 0 }
  db.insert(archiveCopiesTable)
    .values(row)
    .onConflictDoUpdate({ target: archiveCopiesTable.copyId, set: row })
    .run()
}

/** Forgets a copy. Its files are another matter. */
export function removeArchiveCopy(db: WriteHandle, copyId: string): void {
  db.delete(archiveCopiesTable).where(eq(archiveCopiesTable.copyId, copyId)).run()
}

/** Where an unfinished scrub goes on; null when there is none. */
export function getScrub(db: ReadHandle, archiveId: string): ScrubPosition | null {
  const row = db.select().from(archiveScrubsTable).where(eq(archiveScrubsTable.archiveId, archiveId)).get()
  return row === undefined ? null : { ...row, damage: JSON.parse(row.damage) as Damage[] }
}

/** Notes how far a scrub is. */
export function putScrub(db: WriteHandle, position: ScrubPosition): void {
  const row = { ...position, damage: JSON.stringify(position.damage) }
  db.insert(archiveScrubsTable)
    .values(row)
    .onConflictDoUpdate({ target: archiveScrubsTable.archiveId, set: row })
    .run()
}

/** A scrub has come to its end, or is to begin anew. */
export function removeScrub(db: WriteHandle, archiveId: string): void {
  db.delete(archiveScrubsTable).where(eq(archiveScrubsTable.archiveId, archiveId)).run()
}

/** The newest report of a kind on an archive; null when there is none. */
export function getNewestArchiveReport(
  db: ReadHandle,
  archiveId: string,
  kind: KeptReport['report']['kind'],
): KeptReport | null {
  const { archiveId: column, report, endedAtMs } = archiveReportsTable
  const row = db
    .select()
    .from(archiveReportsTable)
    .where(and(eq(column, archiveId), eq(sql`json_extract(${report}, '$.kind')`, kind)))
    .orderBy(desc(endedAtMs))
    .limit(1)
    .get()
  return row === undefined ? null : { ...row, report: JSON.parse(row.report) as KeptReport['report'] }
}

/** All reports of a kind on an archive, newest first. */
export function listArchiveReportsOf(
  db: ReadHandle,
  archiveId: string,
  kind: KeptReport['report']['kind'],
): readonly KeptReport[] {
  const { archiveId: column, report, endedAtMs } = archiveReportsTable
  return db
    .select()
    .from(archiveReportsTable)
    .where(and(eq(column, archiveId), eq(sql`json_extract(${report}, '$.kind')`, kind)))
    .orderBy(desc(endedAtMs))
    .all()
    .map((row) => ({ ...row, report: JSON.parse(row.report) as KeptReport['report'] }))
}

function toCopy(row: typeof archiveCopiesTable.$inferSelect): KnownCopy {
  return { ...row, automatic: row.automatic === 1 }
}
