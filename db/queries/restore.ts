import { and, asc, count, desc, eq, inArray, isNotNull, ne, or } from 'drizzle-orm'
import type { ItemState, RestoreItem, RestoreReport, RestoreSummary } from '../../core/restore/types.ts'
import type { ReadHandle, WriteHandle } from '../handles.ts'
import { restoreItemsTable, restoresTable } from '../schema/restore.ts'

/** What is known of a restore when it begins. `targetKey` names the target for the ledger. */
export type NewRestore = Omit<RestoreSummary, 'state' | 'endedAtMs' | 'report'> & {
  readonly targetKey: string
}

/** Writes down that a restore has begun, or is gone on with under a new run. */
export function putRestore(db: WriteHandle, restore: NewRestore): void {
  const row = {
    ...restore,
    request: JSON.stringify(restore.request),
    dryRun: Number(restore.dryRun),
    state: 'running',
    endedAtMs: null,
  }
  const { runId, state, endedAtMs } = row
  db.insert(restoresTable)
    .values(row)
    .onConflictDoUpdate({ target: restoresTable.restoreId, set: { runId, state, endedAtMs } })
    .run()
}

/** Writes down how a restore ended. */
export function endRestore(
  db: WriteHandle,
  end: {
    readonly restoreId: string
    readonly state: 'done' | 'stopped'
    readonly endedAtMs: number
    readonly report: RestoreReport | null
  },
): void {
  const { restoreId, state, endedAtMs, report } = end
  const set = { state, endedAtMs, ...(report === null ? {} : { report: JSON.stringify(report) }) }
  db.update(restoresTable).set(set).where(eq(restoresTable.restoreId, restoreId)).run()
}

/** What ran when the program ended has stopped; its ledger tells how far it came. */
export function interruptRestores(db: WriteHandle, atMs: number): void {
  const set = { state: 'stopped', endedAtMs: atMs }
  db.update(restoresTable).set(set).where(eq(restoresTable.state, 'running')).run()
}

/** One restore, or null. */
export function getRestore(
  db: ReadHandle,
  restoreId: string,
): { readonly targetKey: string; readonly summary: RestoreSummary } | null {
  const row = db.select().from(restoresTable).where(eq(restoresTable.restoreId, restoreId)).get()
  return row === undefined ? null : { targetKey: row.targetKey, summary: toRestore(row) }
}

/** Restores of an archive, newest first. */
export function listRestores(db: ReadHandle, archiveId: string, limit: number): readonly RestoreSummary[] {
  return db
    .select()
    .from(restoresTable)
    .where(eq(restoresTable.archiveId, archiveId))
    .orderBy(desc(restoresTable.startedAtMs))
    .limit(limit)
    .all()
    .map(toRestore)
}

/** Writes down what became of messages; of a message that is known already, the newest. */
export function putRestoreItems(db: WriteHandle, restoreId: string, items: readonly RestoreItem[]): void {
  db.transaction((tx) => {
    for (const item of items)
      tx.insert(restoreItemsTable)
        .values({ restoreId, ...item })
        .onConflictDoUpdate({
          target: [
            restoreItemsTable.restoreId,
            restoreItemsTable.occurrenceId,
            restoreItemsTable.targetFolder,
          ],
          set: item,
        })
        .run()
  })
}

/** Which message stands under which UID in a folder of a target, as far as earlier restores know. */
export function listLedger(
  db: ReadHandle,
  targetKey: string,
  targetFolder: string,
  uidValidity: string,
): readonly { readonly uid: number; readonly sha256: string }[] {
  const items = restoreItemsTable
  const known = or(
    eq(items.state, 'restored'),
    and(eq(items.state, 'already_there'), ne(items.knownBy, 'marks')),
  )
  return db
    .select({ uid: items.uid, sha256: items.sha256 })
    .from(items)
    .innerJoin(restoresTable, eq(items.restoreId, restoresTable.restoreId))
    .where(
      and(
        eq(restoresTable.targetKey, targetKey),
        eq(items.targetFolder, targetFolder),
        eq(items.uidValidity, uidValidity),
        isNotNull(items.uid),
        known,
      ),
    )
    .all()
    .flatMap(({ uid, sha256 }) => (uid === null ? [] : [{ uid, sha256 }]))
}

/** What a restore has written down already: it is not to be counted as there before when the restore is gone on with. */
export function listRestoredKeys(
  db: ReadHandle,
  restoreId: string,
): readonly { readonly occurrenceId: number; readonly targetFolder: string }[] {
  const { occurrenceId, targetFolder } = restoreItemsTable
  return db
    .select({ occurrenceId, targetFolder })
    .from(restoreItemsTable)
    .where(and(eq(restoreItemsTable.restoreId, restoreId), eq(restoreItemsTable.state, 'restored')))
    .all()
}

/** Messages that a restore added and that have a number by which they can be removed again. */
export function listAdded(db: ReadHandle, restoreId: string): readonly RestoreItem[] {
  const items = restoreItemsTable
  return db
    .select()
    .from(items)
    .where(and(eq(items.restoreId, restoreId), eq(items.state, 'restored'), isNotNull(items.uid)))
    .all()
    .map(toItem)
}

/** A page of a restore's messages, problems first, with the counts of all of them. */
export function listRestoreItems(
  db: ReadHandle,
  query: {
    readonly restoreId: string
    readonly states: readonly ItemState[]
    readonly offset: number
    readonly limit: number
  },
): {
  readonly total: number
  readonly items: RestoreItem[]
  readonly counts: Partial<Record<ItemState, number>>
} {
  const items = restoreItemsTable
  const own = eq(items.restoreId, query.restoreId)
  const counted = db
    .select({ state: items.state, n: count() })
    .from(items)
    .where(own)
    .groupBy(items.state)
    .all()
  const counts = Object.fromEntries(counted.map(({ state, n }) => [state, n])) as Partial<
    Record<ItemState, number>
  >
  const all = Object.entries(counts)
  const wanted =
    query.states.length === 0 ? all : all.filter(([state]) => query.states.includes(state as ItemState))
  const where = query.states.length === 0 ? own : and(own, inArray(items.state, [...query.states]))
  const rows = db
    .select()
    .from(items)
    .where(where)
    .orderBy(asc(items.targetFolder), asc(items.occurrenceId))
    .limit(query.limit)
    .offset(query.offset)
    .all()
  return { total: wanted.reduce((sum, [, n]) => sum + n, 0), items: rows.map(toItem), counts }
}

function toRestore(row: typeof restoresTable.$inferSelect): RestoreSummary {
  const { restoreId, archiveId, archiveName, targetName, runId, startedAtMs, endedAtMs } = row
  return {
    ...{ restoreId, archiveId, archiveName, targetName, runId, startedAtMs, endedAtMs },
    request: JSON.parse(row.request) as RestoreSummary['request'],
    dryRun: row.dryRun === 1,
    state: row.state as RestoreSummary['state'],
    report: row.report === null ? null : (JSON.parse(row.report) as RestoreReport),
  }
}

function toItem(row: typeof restoreItemsTable.$inferSelect): RestoreItem {
  const { occurrenceId, targetFolder, sha256, sizeBytes, subject, source, path } = row
  const { state, uidValidity, uid, knownBy, reason, words, atMs } = row
  return {
    ...{
      occurrenceId,
      targetFolder,
      sha256,
      sizeBytes,
      subject,
      source,
      path,
      uidValidity,
      uid,
      words,
      atMs,
    },
    state: state as ItemState,
    knownBy: knownBy as RestoreItem['knownBy'],
    reason: reason as RestoreItem['reason'],
  }
}
