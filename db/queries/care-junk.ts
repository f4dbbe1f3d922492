import { and, desc, eq, inArray, lt } from 'drizzle-orm'
import type { JunkCriteria, JunkLook, JunkMessage } from '../../core/care/junk.ts'
import type { Recovery } from '../../core/care/junk-endpoints.ts'
import type { ReadHandle, WriteHandle } from '../handles.ts'
import { careJunkLooksTable, careRecoveriesTable } from '../schema/care.ts'

/** What a look through junk folders found. */
export interface KeptJunkLook {
  readonly runId: string
  readonly atMs: number
  readonly criteria: JunkCriteria
  readonly looks: readonly JunkLook[]
  readonly messages: readonly JunkMessage[]
}

/** A recovery with both places on the server, as an undo needs them. */
export type KeptRecovery = Recovery & {
  readonly fromUidValidity: string
  readonly fromUid: number
  readonly toUidValidity: string | null
  readonly toUid: number | null
}

const keptLooksMs = 30 * 86_400_000

/** Keeps what was found; looks older than a month go, for they list other people's mail. */
export function putJunkLook(db: WriteHandle, look: KeptJunkLook): void {
  const row = {
    ...look,
    criteria: JSON.stringify(look.criteria),
    looks: JSON.stringify(look.looks),
    messages: JSON.stringify(look.messages),
  }
  db.transaction((tx) => {
    tx.delete(careJunkLooksTable)
      .where(lt(careJunkLooksTable.atMs, look.atMs - keptLooksMs))
      .run()
    tx.insert(careJunkLooksTable)
      .values(row)
      .onConflictDoUpdate({ target: careJunkLooksTable.runId, set: row })
      .run()
  })
}

/** What a look found, or null. */
export function getJunkLook(db: ReadHandle, runId: string): KeptJunkLook | null {
  const row = db.select().from(careJunkLooksTable).where(eq(careJunkLooksTable.runId, runId)).get()
  if (row === undefined) return null
  return {
    ...row,
    criteria: JSON.parse(row.criteria) as JunkCriteria,
    looks: JSON.parse(row.looks) as JunkLook[],
    messages: JSON.parse(row.messages) as JunkMessage[],
  }
}

/** Writes recoveries down, before the server is asked and again when it has answered. */
export function putRecoveries(db: WriteHandle, recoveries: readonly KeptRecovery[]): void {
  db.transaction((tx) => {
    for (const { from: sender, ...recovery } of recoveries) {
      const row = { ...recovery, sender }
      tx.insert(careRecoveriesTable)
        .values(row)
        .onConflictDoUpdate({ target: careRecoveriesTable.recoveryId, set: row })
        .run()
    }
  })
}

/** One recovery, or null. */
export function getRecovery(db: ReadHandle, recoveryId: string): KeptRecovery | null {
  const row = db
    .select()
    .from(careRecoveriesTable)
    .where(eq(careRecoveriesTable.recoveryId, recoveryId))
    .get()
  return row === undefined ? null : toRecovery(row)
}

/** Recoveries, newest first, of one mailbox or of all. */
export function listRecoveries(
  db: ReadHandle,
  mailboxId: string | null,
  limit: number,
): readonly KeptRecovery[] {
  const which = mailboxId === null ? undefined : eq(careRecoveriesTable.mailboxId, mailboxId)
  return db
    .select()
    .from(careRecoveriesTable)
    .where(which)
    .orderBy(desc(careRecoveriesTable.atMs))
    .limit(limit)
    .all()
    .map(toRecovery)
}

/** Places from which messages of these mailboxes were moved: `mailbox/folder/UIDVALIDITY/UID`. */
export function listRecovered(db: ReadHandle, mailboxIds: readonly string[]): ReadonlySet<string> {
  const { mailboxId, state } = careRecoveriesTable
  const moved = db
    .select()
    .from(careRecoveriesTable)
    .where(and(inArray(mailboxId, [...new Set(mailboxIds)]), inArray(state, ['moved', 'copied', 'undone'])))
    .all()
  return new Set(
    moved.map((one) => `${one.mailboxId}/${one.fromFolder}/${one.fromUidValidity}/${one.fromUid}`),
  )
}

function toRecovery(row: typeof careRecoveriesTable.$inferSelect): KeptRecovery {
  const { sender, state, ...rest } = row
  return { ...rest, from: sender, state: state as Recovery['state'] }
}
