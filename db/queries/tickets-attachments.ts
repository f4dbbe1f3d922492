import type { ReadHandle, WriteHandle } from '../handles.ts'
import { and, eq } from 'drizzle-orm'
import { ticketAttachmentsTable } from '../schema/tickets.ts'

/** Keeps the bytes of an attachment; the event that names it follows. */
export function putTicketAttachment(
  db: WriteHandle,
  attachment: { readonly attachmentId: string; readonly ticketId: string; readonly bytes: Uint8Array },
): void {
  db.insert(ticketAttachmentsTable)
    .values({ ...attachment, bytes: Buffer.from(attachment.bytes) })
    .run()
}

/** The bytes of an attachment of a ticket; null when this machine has none. */
export function getTicketAttachment(
  db: ReadHandle,
  ticketId: string,
  attachmentId: string,
): Uint8Array | null {
  const table = ticketAttachmentsTable
  const row = db
    .select({ bytes: table.bytes })
    .from(table)
    .where(and(eq(table.ticketId, ticketId), eq(table.attachmentId, attachmentId)))
    .get()
  return row?.bytes ?? null
}
