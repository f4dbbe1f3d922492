import { and, asc, count, eq, inArray } from 'drizzle-orm'
import type { MessageState, RunMessage } from '../../core/care/plans.ts'
import type { KeepReason } from '../../core/care/rule.ts'
import type { ReadHandle, WriteHandle } from '../handles.ts'
import { careMessagesTable } from '../schema/care.ts'

/** A line of the journal: a message of a run, and all that an undo needs. */
export type JournalMessage = RunMessage & { readonly messageId: string | null }

/** What happened to a message. */
export interface JournalEntry {
  readonly position: number
  readonly state: MessageState
  readonly why?: KeepReason | null
  readonly sha256?: string
  readonly note?: string | null
  /** As they were last seen, when that is not as they were listed. */
  readonly flags?: readonly string[]
}

/** Writes an item's list, in place of an earlier one: all of it or, should the program end, nothing. */
export function putCareMessages(db: WriteHandle, itemId: string, messages: readonly JournalMessage[]): void {
  db.transaction((tx) => {
    tx.delete(careMessagesTable).where(eq(careMessagesTable.itemId, itemId)).run()
    for (const { from: sender, flags, ...message } of messages)
      tx.insert(careMessagesTable)
        .values({ ...message, itemId, sender, flags: JSON.stringify(flags) })
        .run()
  })
}

/**
 * Notes what happens to messages. It is on the disk when this returns, also should the computer lose its power:
 * what is removed on a server afterwards must never be unknown here.
 */
export function noteCareMessages(db: WriteHandle, itemId: string, entries: readonly JournalEntry[]): void {
  const driver = db.$client
  driver.pragma('synchronous = FULL')
  try {
    db.transaction((tx) => {
      for (const { position, flags, ...change } of entries)
        tx.update(careMessagesTable)
          .set({ ...change, ...(flags !== undefined && { flags: JSON.stringify(flags) }) })
          .where(and(eq(careMessagesTable.itemId, itemId), eq(careMessagesTable.position, position)))
          .run()
    })
  } finally {
    driver.pragma('synchronous = NORMAL')
  }
}

/** Messages of an item, in the order of the list: all, or those in some states. */
export function listCareMessages(
  db: ReadHandle,
  itemId: string,
  page: { readonly states: readonly MessageState[] | null; readonly offset: number; readonly limit: number },
): { readonly total: number; readonly messages: readonly JournalMessage[] } {
  const which = and(
    eq(careMessagesTable.itemId, itemId),
    page.states === null ? undefined : inArray(careMessagesTable.state, [...page.states]),
  )
  const total = db.select({ n: count() }).from(careMessagesTable).where(which).get()?.n ?? 0
  const rows = db
    .select()
    .from(careMessagesTable)
    .where(which)
    .orderBy(asc(careMessagesTable.position))
    .limit(page.limit)
    .offset(page.offset)
    .all()
  return { total, messages: rows.map(toMessage) }
}

function toMessage(row: typeof careMessagesTable.$inferSelect): JournalMessage {
  const { sender, flags, state, why, position, folder, uidValidity, uid, subject, sizeBytes } = row
  const { internalDateMs, attachments, messageId, sha256, note } = row
  return {
    ...{ position, folder, uidValidity, uid, subject, from: sender, sizeBytes, internalDateMs, attachments },
    ...{ messageId, sha256, note },
    flags: JSON.parse(flags) as string[],
    state: state as MessageState,
    why: why as KeepReason | null,
  }
}
