import { ticketPriority } from '../../core/tickets/types.ts'
import type { Assignee } from '../../core/tickets/types.ts'
import type { TicketEvent } from '../../core/tickets/events.ts'
import type { TicketSummary } from '../../core/tickets/shapes.ts'
import type { ticketEventsTable, ticketsTable } from '../schema/tickets.ts'

export type TicketEventRow = typeof ticketEventsTable.$inferSelect
export type TicketRow = typeof ticketsTable.$inferSelect

/** Stands for "no clock runs", so that such tickets sort behind all that are due. */
export const noDueMs = Number.MAX_SAFE_INTEGER

/** Higher priorities first, among equals the last change: one integer below 2^53. */
export function prioritySort(priority: TicketSummary['priority'], updatedAtMs: number): number {
  return ticketPriority.options.indexOf(priority) * 2 ** 43 + updatedAtMs
}

/** An event as a row; the envelope in columns, the rest in `body`. */
export function toEventRow(event: TicketEvent): TicketEventRow {
  const { ticketId, eventId, stepId, machineId, atMs, type, actor, ...body } = event
  return {
    ticketId,
    eventId,
    stepId,
    machineId,
    atMs,
    type,
    actor: JSON.stringify(actor),
    body: JSON.stringify(body),
  }
}

/** A row as an event. It was parsed when it was written, and nothing can have changed it since. */
export function toEvent(row: TicketEventRow): TicketEvent {
  const { actor, body, ...envelope } = row
  return { ...envelope, actor: JSON.parse(actor) as unknown, ...(JSON.parse(body) as object) } as TicketEvent
}

/** A row of the list as the contract has it. */
export function toSummary(row: TicketRow): TicketSummary {
  return {
    ticketId: row.ticketId,
    number: row.number,
    subject: row.subject,
    requester: { name: row.requesterName, email: row.requesterEmail, personId: row.personId },
    mailboxId: row.mailboxId,
    status: row.status as TicketSummary['status'],
    priority: row.priority as TicketSummary['priority'],
    category: row.category as TicketSummary['category'],
    assignee: row.assignee === null ? null : (JSON.parse(row.assignee) as Assignee),
    tags: JSON.parse(row.tags) as string[],
    createdAtMs: row.createdAtMs,
    updatedAtMs: row.updatedAtMs,
    dueAtMs: row.dueAtMs === noDueMs ? null : row.dueAtMs,
    dueClock: row.dueClock as TicketSummary['dueClock'],
    evidenceCount: row.evidenceCount,
    replyState: row.replyState as TicketSummary['replyState'],
  }
}
