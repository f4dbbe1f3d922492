import { and, desc, eq, gte, isNotNull } from 'drizzle-orm'
import type { ScanReport, UsePoint } from '../../core/care/types.ts'
import type { ReadHandle, WriteHandle } from '../handles.ts'
import { careScansTable } from '../schema/care.ts'

/** A scan as it is kept. Its report is null when a newer scan of the mailbox has taken its place. */
export interface KeptScan {
  readonly scanId: string
  readonly mailboxId: string
  readonly atMs: number
  readonly usedBytes: number | null
  readonly limitBytes: number | null
  readonly messages: number
  readonly sizeBytes: number
  readonly report: ScanReport | null
}

/** Keeps a scan; of earlier scans of the mailbox the numbers stay and the lists go. */
export function putCareScan(db: WriteHandle, scan: KeptScan): void {
  db.transaction((tx) => {
    tx.update(careScansTable)
      .set({ report: null })
      .where(and(eq(careScansTable.mailboxId, scan.mailboxId), isNotNull(careScansTable.report)))
      .run()
    tx.insert(careScansTable)
      .values({ ...scan, report: scan.report === null ? null : JSON.stringify(scan.report) })
      .run()
  })
}

/** The newest scan of a mailbox with its report, or null. */
export function getCareScan(db: ReadHandle, mailboxId: string): KeptScan | null {
  const row = db
    .select()
    .from(careScansTable)
    .where(and(eq(careScansTable.mailboxId, mailboxId), isNotNull(careScansTable.report)))
    .orderBy(desc(careScansTable.atMs))
    .get()
  return row === undefined
    ? null
    : { ...row, report: row.report === null ? null : (JSON.parse(row.report) as ScanReport) }
}

/** The newest scan of each mailbox, with its report. */
export function listCareScans(db: ReadHandle): readonly KeptScan[] {
  return db
    .select()
    .from(careScansTable)
    .where(isNotNull(careScansTable.report))
    .all()
    .map((row) => ({ ...row, report: JSON.parse(row.report ?? 'null') as ScanReport | null }))
}

/** What was used at each scan since a time, oldest first; scans at which the server told no quota are left out. */
export function listCareUse(
  db: ReadHandle,
  sinceMs: number,
): readonly (UsePoint & { readonly mailboxId: string })[] {
  return db
    .select({
      mailboxId: careScansTable.mailboxId,
      atMs: careScansTable.atMs,
      usedBytes: careScansTable.usedBytes,
    })
    .from(careScansTable)
    .where(and(gte(careScansTable.atMs, sinceMs), isNotNull(careScansTable.usedBytes)))
    .orderBy(careScansTable.atMs)
    .all()
    .map((row) => ({ ...row, usedBytes: row.usedBytes ?? 0 }))
}
