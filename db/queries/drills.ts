import { and, desc, eq, ne } from 'drizzle-orm'
import { drillRecord, signedDrill } from '../../core/restore/drill.ts'
import type { DrillSummary, SignedDrill } from '../../core/restore/drill.ts'
import type { ReadHandle, WriteHandle } from '../handles.ts'
import { drillsTable } from '../schema/restore.ts'

/** What a drill has to remove, however it ends: a folder of a mailbox, or one on this workstation. */
export type DrillScratch =
  | { readonly kind: 'mailbox'; readonly mailboxId: string; readonly folder: string }
  | { readonly kind: 'files'; readonly path: string }

/** What is known of a drill when it begins. */
export type NewDrill = Pick<
  DrillSummary,
  'drillId' | 'archiveId' | 'targetName' | 'runId' | 'startedAtMs'
> & {
  readonly scratch: DrillScratch
}

/** What ran when the program ended has failed; what it left behind is to be removed. */
export function interruptDrills(db: WriteHandle, atMs: number): void {
  const set = { state: 'failed', endedAtMs: atMs }
  db.update(drillsTable).set(set).where(eq(drillsTable.state, 'running')).run()
}

/** Writes down that a drill has begun and what it will have to remove. */
export function putDrill(db: WriteHandle, drill: NewDrill): void {
  const { scratch, ...rest } = drill
  db.insert(drillsTable)
    .values({ ...rest, scratch: JSON.stringify(scratch), state: 'running', cleanedUp: 0 })
    .run()
}

/** Writes down what a drill found; null when it failed. */
export function endDrill(
  db: WriteHandle,
  end: { readonly drillId: string; readonly endedAtMs: number; readonly signed: SignedDrill | null },
): void {
  const { drillId, endedAtMs, signed } = end
  const state = signed === null ? 'failed' : 'done'
  db.update(drillsTable)
    .set({ state, endedAtMs, signed: signed === null ? null : JSON.stringify(signed) })
    .where(eq(drillsTable.drillId, drillId))
    .run()
}

/** Writes down that a drill's scratch folder is gone. */
export function markCleanedUp(db: WriteHandle, drillId: string): void {
  db.update(drillsTable).set({ cleanedUp: 1 }).where(eq(drillsTable.drillId, drillId)).run()
}

/** Drills that do not run any more and whose scratch folder may still be there. */
export function listLeftovers(
  db: ReadHandle,
): readonly { readonly drillId: string; readonly archiveId: string; readonly scratch: DrillScratch }[] {
  return db
    .select()
    .from(drillsTable)
    .where(and(eq(drillsTable.cleanedUp, 0), ne(drillsTable.state, 'running')))
    .all()
    .map(({ drillId, archiveId, scratch }) => ({
      drillId,
      archiveId,
      scratch: JSON.parse(scratch) as DrillScratch,
    }))
}

/** Drills of an archive, newest first. */
export function listDrills(db: ReadHandle, archiveId: string, limit: number): readonly DrillSummary[] {
  return db
    .select()
    .from(drillsTable)
    .where(eq(drillsTable.archiveId, archiveId))
    .orderBy(desc(drillsTable.startedAtMs))
    .limit(limit)
    .all()
    .map(toDrill)
}

/** The signed record of a drill; null when there is none. */
export function getSignedDrill(db: ReadHandle, drillId: string): SignedDrill | null {
  const row = db.select().from(drillsTable).where(eq(drillsTable.drillId, drillId)).get()
  return row?.signed == null ? null : signedDrill.parse(JSON.parse(row.signed))
}

function toDrill(row: typeof drillsTable.$inferSelect): DrillSummary {
  const { drillId, archiveId, targetName, runId, startedAtMs, endedAtMs } = row
  const signed = row.signed === null ? null : signedDrill.parse(JSON.parse(row.signed))
  return {
    ...{ drillId, archiveId, targetName, runId, startedAtMs, endedAtMs },
    state: row.state as DrillSummary['state'],
    cleanedUp: row.cleanedUp === 1,
    signedBy: signed?.signature?.fingerprint ?? null,
    record: signed === null ? null : drillRecord.parse(JSON.parse(signed.record)),
  }
}
