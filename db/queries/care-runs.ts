import { and, asc, count, desc, eq, inArray, notExists, notInArray, sql, sum } from 'drizzle-orm'
import type { Amount, CleanupRun, ItemState, MessageState, RunItem } from '../../core/care/plans.ts'
import type { CleanupRule, KeepReason } from '../../core/care/rule.ts'
import type { ReadHandle, WriteHandle } from '../handles.ts'
import { careItemsTable, careMessagesTable, careRunsTable } from '../schema/care.ts'

/** A run as it begins: one item a mailbox, all waiting. */
export type NewCareRun = Omit<CleanupRun, 'items'> & {
  readonly items: readonly Pick<RunItem, 'itemId' | 'mailboxId' | 'address'>[]
}

/** Items that work is being done on; after the end of the program they were cut off. */
const interruptedNote =
  'The program ended in the middle of it. Nothing is lost: every message is on the server or proved to be in the archive.'
const working: readonly ItemState[] = ['waiting', 'listing', 'archiving', 'proving', 'removing', 'undoing']

/**
 * Writes a run and its items down. Earlier previews of the same plan that nobody carried out go: they are out of
 * date, and each may list a whole mailbox.
 */
export function addCareRun(db: WriteHandle, run: NewCareRun): void {
  const { items, rule, ...fields } = run
  db.transaction((tx) => {
    if (run.planId !== null)
      tx.delete(careRunsTable)
        .where(
          and(
            eq(careRunsTable.planId, run.planId),
            notExists(
              tx
                .select()
                .from(careItemsTable)
                .where(
                  and(
                    eq(careItemsTable.runId, careRunsTable.runId),
                    notInArray(careItemsTable.state, ['previewed', 'failed']),
                  ),
                ),
            ),
            notExists(
              tx
                .select()
                .from(careItemsTable)
                .innerJoin(careMessagesTable, eq(careMessagesTable.itemId, careItemsTable.itemId))
                .where(
                  and(
                    eq(careItemsTable.runId, careRunsTable.runId),
                    notInArray(careMessagesTable.state, ['listed', 'kept']),
                  ),
                ),
            ),
          ),
        )
        .run()
    tx.insert(careRunsTable)
      .values({ ...fields, rule: JSON.stringify(rule) })
      .run()
    for (const item of items)
      tx.insert(careItemsTable)
        .values({ ...item, runId: run.runId, state: 'waiting' })
        .run()
  })
}

/** Notes which job works on a run. */
export function setCareRunJob(db: WriteHandle, runId: string, jobId: string): void {
  db.update(careRunsTable).set({ jobId }).where(eq(careRunsTable.runId, runId)).run()
}

/** Notes how far an item is. */
export function setCareItem(
  db: WriteHandle,
  itemId: string,
  change: Partial<Pick<RunItem, 'state' | 'note' | 'startedAtMs' | 'endedAtMs'>>,
): void {
  db.update(careItemsTable).set(change).where(eq(careItemsTable.itemId, itemId)).run()
}

/** Items that were worked on when the program ended: they are neither done nor lost. */
export function interruptCareItems(db: WriteHandle): void {
  db.update(careItemsTable)
    .set({ state: 'interrupted', note: interruptedNote })
    .where(inArray(careItemsTable.state, [...working]))
    .run()
}

/** One run, or null. */
export function getCareRun(db: ReadHandle, runId: string): CleanupRun | null {
  const row = db.select().from(careRunsTable).where(eq(careRunsTable.runId, runId)).get()
  return row === undefined ? null : toRun(db, row)
}

/** Runs, newest first; of one mailbox, of one plan, or all. */
export function listCareRuns(
  db: ReadHandle,
  filter: { readonly mailboxId: string | null; readonly planId: string | null; readonly limit: number },
): readonly CleanupRun[] {
  const { mailboxId, planId, limit } = filter
  const ofMailbox =
    mailboxId === null
      ? undefined
      : inArray(
          careRunsTable.runId,
          db
            .select({ runId: careItemsTable.runId })
            .from(careItemsTable)
            .where(eq(careItemsTable.mailboxId, mailboxId)),
        )
  const ofPlan = planId === null ? undefined : eq(careRunsTable.planId, planId)
  return db
    .select()
    .from(careRunsTable)
    .where(and(ofMailbox, ofPlan))
    .orderBy(desc(careRunsTable.createdAtMs))
    .limit(limit)
    .all()
    .map((row) => toRun(db, row))
}

/** How many items of each mailbox were cut off or wait for a decision. */
export function countOpenCareItems(db: ReadHandle): readonly {
  readonly mailboxId: string
  readonly state: 'interrupted' | 'previewed'
  readonly items: number
}[] {
  return db
    .select({ mailboxId: careItemsTable.mailboxId, state: careItemsTable.state, items: count() })
    .from(careItemsTable)
    .where(inArray(careItemsTable.state, ['interrupted', 'previewed']))
    .groupBy(careItemsTable.mailboxId, careItemsTable.state)
    .all()
    .map((row) => ({ ...row, state: row.state === 'previewed' ? 'previewed' : 'interrupted' }))
}

function toRun(db: ReadHandle, row: typeof careRunsTable.$inferSelect): CleanupRun {
  const items = db
    .select()
    .from(careItemsTable)
    .where(eq(careItemsTable.runId, row.runId))
    .orderBy(asc(careItemsTable.address), asc(careItemsTable.itemId))
    .all()
  return {
    ...row,
    rule: JSON.parse(row.rule) as CleanupRule,
    items: items.map((item) => ({
      ...item,
      state: item.state as ItemState,
      ...amountsOf(db, item.itemId),
    })),
  }
}

function amountsOf(db: ReadHandle, itemId: string): Pick<RunItem, 'amounts' | 'keptBecause'> {
  const { state, why, sizeBytes } = careMessagesTable
  const groups = db
    .select({ state, why, messages: count(), sizeBytes: sum(sizeBytes).mapWith(Number) })
    .from(careMessagesTable)
    .where(eq(careMessagesTable.itemId, itemId))
    .groupBy(state, sql`case when ${state} = 'kept' then ${why} end`)
    .all()
  const amounts: Partial<Record<MessageState, Amount>> = {}
  const keptBecause: Partial<Record<KeepReason, number>> = {}
  for (const group of groups) {
    const named = group.state as MessageState
    const before = amounts[named] ?? { messages: 0, sizeBytes: 0 }
    amounts[named] = {
      messages: before.messages + group.messages,
      sizeBytes: before.sizeBytes + group.sizeBytes,
    }
    if (named === 'kept' && group.why !== null) keptBecause[group.why as KeepReason] = group.messages
  }
  return { amounts, keptBecause }
}
