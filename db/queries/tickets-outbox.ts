import type { EventOf } from '../../core/tickets/events.ts'
import type { Ticket } from '../../core/tickets/fold.ts'
import type { Attachment } from '../../core/tickets/types.ts'
import type { ReadHandle, WriteHandle } from '../handles.ts'
import { getTicket } from './tickets-read.ts'
import { appendToTicket } from './tickets-write.ts'
import type { Appended, Authorship } from './tickets-write.ts'

/** A reply that is to be handed to the mail server now, with what its message is made of. */
export interface ClaimedReply {
  readonly ticket: Ticket
  readonly replyEventId: string
  /** Failed attempts so far. */
  readonly attempts: number
  /** Why it has waited until now; '' when it has not. */
  readonly reason: string
  readonly attachments: readonly (Attachment & { readonly bytes: Uint8Array })[]
}

interface OutboxRow {
  readonly replyEventId: string
  readonly ticketId: string
  readonly attempts: number
  readonly reason: string
}

/**
 * Takes the next reply that is due and marks it as being sent, so that it is neither undone nor sent by
 * anybody else meanwhile. Null when none is due.
 */
export function claimNextReply(db: WriteHandle, nowMs: number): ClaimedReply | null {
  return db.$client
    .transaction((): ClaimedReply | null => {
      const row = db.$client
        .prepare(
          `SELECT reply_event_id AS replyEventId, ticket_id AS ticketId, attempts, reason
           FROM reply_outbox
           WHERE state = 'waiting' AND next_attempt_at_ms <= ? ORDER BY next_attempt_at_ms, reply_event_id LIMIT 1`,
        )
        .get(nowMs) as OutboxRow | undefined
      const found = row === undefined ? null : getTicket(db, row.ticketId)
      if (row === undefined || found === null) return null
      db.$client
        .prepare("UPDATE reply_outbox SET state = 'sending' WHERE reply_event_id = ?")
        .run(row.replyEventId)
      const { ticket } = found
      const { replyEventId, attempts, reason } = row
      return { ticket, replyEventId, attempts, reason, attachments: attachmentsOf(db, ticket, replyEventId) }
    })
    .immediate()
}

/** Puts a reply back that could not be handed over, with the reason and the time of the next attempt. */
export function postponeReply(
  db: WriteHandle,
  replyEventId: string,
  reason: string,
  nextAttemptAtMs: number,
  isAttempt: boolean,
): void {
  db.$client
    .prepare(
      `UPDATE reply_outbox SET state = 'waiting', reason = ?, next_attempt_at_ms = ?, attempts = attempts + ?
       WHERE reply_event_id = ?`,
    )
    .run(reason, nextAttemptAtMs, isAttempt ? 1 : 0, replyEventId)
}

/** Writes down how it ended (accepted, failed, unknown) and takes the reply out of the outbox. */
export function settleReply(
  db: WriteHandle,
  ticketId: string,
  delivery: Pick<EventOf<'reply_delivery_changed'>, 'replyEventId' | 'state' | 'answer'>,
  by: Authorship,
): Appended {
  return db.$client
    .transaction(() => {
      db.$client.prepare('DELETE FROM reply_outbox WHERE reply_event_id = ?').run(delivery.replyEventId)
      return appendToTicket(db, ticketId, [{ type: 'reply_delivery_changed', ...delivery }], by)
    })
    .immediate()
}

/** Queues a reply again that failed or whose fate is unknown, because a person asked for it. */
export function requeueReply(
  db: WriteHandle,
  ticketId: string,
  replyEventId: string,
  by: Authorship,
): 'queued' | 'not_found' | 'already' {
  return db.$client
    .transaction(() => {
      const reply = getTicket(db, ticketId)?.ticket.timeline.find((entry) => entry.eventId === replyEventId)
      if (reply?.kind !== 'public_reply') return 'not_found'
      if (reply.delivery.state === 'accepted' || reply.delivery.state === 'queued') return 'already'
      db.$client
        .prepare(
          `INSERT INTO reply_outbox (reply_event_id, ticket_id, state, reason, attempts, next_attempt_at_ms)
           VALUES (?, ?, 'waiting', '', 0, ?)`,
        )
        .run(replyEventId, ticketId, by.nowMs)
      const change = { type: 'reply_delivery_changed', replyEventId, state: 'queued', answer: '' } as const
      appendToTicket(db, ticketId, [change], by)
      return 'queued'
    })
    .immediate()
}

/** Replies that were being handed over when the program ended: whether they left is not known. */
export function listInterruptedReplies(
  db: ReadHandle,
): readonly { ticketId: string; replyEventId: string }[] {
  return db.$client
    .prepare(
      "SELECT ticket_id AS ticketId, reply_event_id AS replyEventId FROM reply_outbox WHERE state = 'sending'",
    )
    .all() as { ticketId: string; replyEventId: string }[]
}

function attachmentsOf(db: ReadHandle, ticket: Ticket, replyEventId: string): ClaimedReply['attachments'] {
  const reply = ticket.timeline.find((entry) => entry.eventId === replyEventId)
  const wanted = reply?.kind === 'public_reply' ? reply.attachmentIds : []
  const read = db.$client
    .prepare('SELECT bytes FROM ticket_attachments WHERE attachment_id = ? AND ticket_id = ?')
    .pluck()
  return ticket.attachments
    .filter((attachment) => wanted.includes(attachment.attachmentId))
    .map((attachment) => ({
      ...attachment,
      bytes: read.get(attachment.attachmentId, ticket.ticketId) as Uint8Array,
    }))
}
