import { foldTicket } from '../../core/tickets/fold.ts'
import type { Ticket } from '../../core/tickets/fold.ts'
import type { TicketEvent } from '../../core/tickets/events.ts'
import { defaultPolicy } from '../../core/tickets/policy.ts'
import type { OutboxNote } from '../../core/tickets/shapes.ts'
import type { ReadHandle } from '../handles.ts'
import { selectEventsSql } from './tickets-projector.ts'
import { toEvent } from './tickets-rows.ts'
import type { TicketEventRow } from './tickets-rows.ts'

/** All events of one ticket, in order. */
export function listTicketEvents(db: ReadHandle, ticketId: string): readonly TicketEvent[] {
  return (db.$client.prepare(selectEventsSql).all(ticketId) as TicketEventRow[]).map(toEvent)
}

/** A ticket, whole, with what this machine has still to send of it; null when there is none. */
export function getTicket(
  db: ReadHandle,
  ticketId: string,
): { readonly ticket: Ticket; readonly outbox: OutboxNote[] } | null {
  const ticket = foldTicket(listTicketEvents(db, ticketId), defaultPolicy)
  if (ticket === null) return null
  const outbox = db.$client
    .prepare(
      `SELECT reply_event_id AS replyEventId, state, reason, attempts,
              CASE WHEN state = 'waiting' THEN next_attempt_at_ms END AS nextAttemptAtMs
       FROM reply_outbox WHERE ticket_id = ? ORDER BY reply_event_id`,
    )
    .all(ticketId) as OutboxNote[]
  return { ticket, outbox }
}
