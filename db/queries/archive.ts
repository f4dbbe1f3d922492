import { and, asc, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { HourlyTransfer } from '../../core/archive/provider-limits.ts'
import type { ArchiveReport } from '../../core/archive/reports.ts'
import type { ReadHandle, WriteHandle } from '../handles.ts'
import { archiveReportsTable, archivesTable, mailboxTransfersTable } from '../schema/archive.ts'

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

const keptTransfersMs = 48 * 3_600_000

/** Adds to what went over the line in an hour, and forgets hours that no limit counts any more. */
export function addTransfer(
  db: WriteHandle,
  mailboxId: string,
  direction: 'down' | 'up',
  hourMs: number,
  bytes: number,
): void {
  const table = mailboxTransfersTable
  db.transaction((tx) => {
    tx.delete(table)
      .where(and(eq(table.mailboxId, mailboxId), lt(table.hourMs, hourMs - keptTransfersMs)))
      .run()
    tx.insert(table)
      .values({ mailboxId, direction, hourMs, bytes })
      .onConflictDoUpdate({
        target: [table.mailboxId, table.direction, table.hourMs],
        set: { bytes: sql`${table.bytes} + ${bytes}` },
      })
      .run()
  })
}

/** What went over the line in the last hours, oldest first. */
export function listTransfers(
  db: ReadHandle,
  mailboxId: string,
  direction: 'down' | 'up',
): readonly HourlyTransfer[] {
  const table = mailboxTransfersTable
  return db
    .select({ hourMs: table.hourMs, bytes: table.bytes })
    .from(table)
    .where(and(eq(table.mailboxId, mailboxId), eq(table.direction, direction)))
    .orderBy(asc(table.hourMs))
    .all()
}

function toArchive(row: typeof archivesTable.$inferSelect): KnownArchive {
  return { ...row, kind: row.kind === 'bundle' ? 'bundle' : 'archive' }
}

function toReport(row: typeof archiveReportsTable.$inferSelect): KeptReport {
  return { ...row, report: JSON.parse(row.report) as ArchiveReport }
}
