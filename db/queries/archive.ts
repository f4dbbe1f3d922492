import { asc, desc, eq, isNull } from 'drizzle-orm'
import type { ArchiveReport } from '../../core/archive/reports.ts'
import type { ReadHandle, WriteHandle } from '../handles.ts'
import { archiveReportsTable, archivesTable } from '../schema/archive.ts'

/** An archive as the desk remembers it. */
export interface KnownArchive {
  readonly archiveId: string
  readonly name: string
  readonly path: string
  readonly kind: 'archive' | 'bundle'
  readonly createdAtMs: number
}

/** A report with the run that made it. */
export interface KeptReport {
  readonly runId: string
  /** Null for a bundle that was checked: it belongs to no archive of this desk. */
  readonly archiveId: string | null
  readonly endedAtMs: number
  readonly report: ArchiveReport
}

/** All archives, by name. */
export function listArchives(db: ReadHandle): readonly KnownArchive[] {
  return db.select().from(archivesTable).orderBy(asc(archivesTable.name)).all().map(toArchive)
}

/** One archive, or null. */
export function getArchive(db: ReadHandle, archiveId: string): KnownArchive | null {
  const row = db.select().from(archivesTable).where(eq(archivesTable.archiveId, archiveId)).get()
  return row === undefined ? null : toArchive(row)
}

/** Remembers an archive; one that was known under another path has moved. */
export function putArchive(db: WriteHandle, archive: KnownArchive): void {
  db.insert(archivesTable)
    .values(archive)
    .onConflictDoUpdate({ target: archivesTable.archiveId, set: { ...archive } })
    .run()
}

/** Forgets an archive. Its reports stay: they may be evidence. */
export function removeArchive(db: WriteHandle, archiveId: string): void {
  db.delete(archivesTable).where(eq(archivesTable.archiveId, archiveId)).run()
}

/** Keeps what a run found. */
export function putArchiveReport(db: WriteHandle, kept: KeptReport): void {
  const row = { ...kept, report: JSON.stringify(kept.report) }
  db.insert(archiveReportsTable)
    .values(row)
    .onConflictDoUpdate({ target: archiveReportsTable.runId, set: row })
    .run()
}

/** What a run found, or null. */
export function getArchiveReport(db: ReadHandle, runId: string): KeptReport | null {
  const row = db.select().from(archiveReportsTable).where(eq(archiveReportsTable.runId, runId)).get()
  return row === undefined ? null : toReport(row)
}

/** Reports on one archive, or with null on bundles; newest first. */
export function listArchiveReports(
  db: ReadHandle,
  archiveId: string | null,
  limit: number,
): readonly KeptReport[] {
  const { archiveId: column, endedAtMs } = archiveReportsTable
  const which = archiveId === null ? isNull(column) : eq(column, archiveId)
  return db
    .select()
    .from(archiveReportsTable)
    .where(which)
    .orderBy(desc(endedAtMs))
    .limit(limit)
    .all()
    .map(toReport)
}

function toArchive(row: typeof archivesTable.$inferSelect): KnownArchive {
  return { ...row, kind: row.kind === 'bundle' ? 'bundle' : 'archive' }
}

function toReport(row: typeof archiveReportsTable.$inferSelect): KeptReport {
  return { ...row, report: JSON.parse(row.report) as ArchiveReport }
}
