import { foldTicket } from '../../core/tickets/fold.ts'
import type { Ticket } from '../../core/tickets/fold.ts'
import { sequenceOf } from '../../core/tickets/number.ts'
import { defaultPolicy } from '../../core/tickets/policy.ts'
import { searchableBody } from '../../core/tickets/timeline.ts'
import { assigneeKey } from '../../core/tickets/types.ts'
import type { WriteHandle } from '../handles.ts'
import { noDueMs, prioritySort, toEvent } from './tickets-rows.ts'
import type { TicketEventRow, TicketRow } from './tickets-rows.ts'

/** Computes what lists and search read of one ticket. Call it in the transaction that wrote the events. */
export interface Projector {
  /** The ticket as it is now; null while its opening has not arrived. */
  project(ticketId: string): Ticket | null
}

const columns = [
  ['ticket_id', 'ticketId'],
  ['number', 'number'],
  ['desk', 'desk'],
  ['sequence', 'sequence'],
  ['subject', 'subject'],
  ['requester_name', 'requesterName'],
  ['requester_email', 'requesterEmail'],
  ['person_id', 'personId'],
  ['mailbox_id', 'mailboxId'],
  ['status', 'status'],
  ['priority', 'priority'],
  ['category', 'category'],
  ['assignee_key', 'assigneeKey'],
  ['assignee', 'assignee'],
  ['tags', 'tags'],
  ['created_at_ms', 'createdAtMs'],
  ['updated_at_ms', 'updatedAtMs'],
  ['due_at_ms', 'dueAtMs'],
  ['due_clock', 'dueClock'],
  ['priority_sort', 'prioritySort'],
  ['evidence_count', 'evidenceCount'],
  ['reply_state', 'replyState'],
] as const satisfies readonly (readonly [string, keyof TicketRow])[]

/** Statements are prepared once for a transaction that projects many tickets. */
export function createProjector(db: WriteHandle): Projector {
  const driver = db.$client
  const readEvents = driver.prepare(selectEventsSql)
  const upsert = driver.prepare(upsertSql).pluck()
  const forgetText = driver.prepare('DELETE FROM ticket_search WHERE rowid = ?')
  const putText = driver.prepare(
    'INSERT INTO ticket_search (rowid, number, subject, requester, body) VALUES (?, ?, ?, ?, ?)',
  )
  const forgetTags = driver.prepare('DELETE FROM ticket_tags WHERE row_id = ?')
  const putTag = driver.prepare('INSERT INTO ticket_tags (tag, row_id) VALUES (?, ?)')
  const recall = driver.prepare(recallRepliesSql)

  const project = (ticketId: string): Ticket | null => {
    const ticket = foldTicket((readEvents.all(ticketId) as TicketEventRow[]).map(toEvent), defaultPolicy)
    if (ticket === null) return null
    const rowId = upsert.get(toRow(ticket)) as number
    const who = `${ticket.requester.name} ${ticket.requester.email}`
    forgetText.run(rowId)
    putText.run(rowId, ticket.number, ticket.subject, who, searchableBody(ticket.timeline))
    forgetTags.run(rowId)
    for (const tag of ticket.tags) putTag.run(tag, rowId)
    const queued = ticket.timeline.filter((e) => e.kind === 'public_reply' && e.delivery.state === 'queued')
    recall.run({ ticketId, queued: JSON.stringify(queued.map((entry) => entry.eventId)) })
    return ticket
  }
  return { project }
}

/** All events of a ticket, in the columns of `TicketEventRow`. */
export const selectEventsSql = `
  SELECT ticket_id AS ticketId, event_id AS eventId, step_id AS stepId, machine_id AS machineId,
         at_ms AS atMs, type, actor, body
  FROM ticket_events WHERE ticket_id = ? ORDER BY event_id`

const upsertSql = `
  INSERT INTO tickets (${columns.map(([column]) => column).join(', ')})
  VALUES (${columns.map(([, key]) => `@${key}`).join(', ')})
  ON CONFLICT (ticket_id) DO UPDATE SET ${columns.map(([column]) => `${column} = excluded.${column}`).join(', ')}
  RETURNING row_id`

/** A reply that was undone, here or on another machine, is not sent any more. */
const recallRepliesSql = `
  DELETE FROM reply_outbox WHERE ticket_id = @ticketId AND state = 'waiting'
  AND reply_event_id NOT IN (SELECT value FROM json_each(@queued))`

function toRow(ticket: Ticket): Omit<TicketRow, 'rowId'> {
  const dueAtMs = ticket.dueAtMs ?? noDueMs
  return {
    ticketId: ticket.ticketId,
    number: ticket.number,
    desk: ticket.number.slice(0, 3),
    sequence: sequenceOf(ticket.number) ?? 0,
    subject: ticket.subject,
    requesterName: ticket.requester.name,
    requesterEmail: ticket.requester.email.toLowerCase(),
    personId: ticket.requester.personId,
    mailboxId: ticket.mailboxId,
    status: ticket.status,
    priority: ticket.priority,
    category: ticket.category,
    assigneeKey: ticket.assignee === null ? '' : assigneeKey(ticket.assignee),
    assignee: ticket.assignee === null ? null : JSON.stringify(ticket.assignee),
    tags: JSON.stringify(ticket.tags),
    createdAtMs: ticket.createdAtMs,
    updatedAtMs: ticket.updatedAtMs,
    dueAtMs: Math.round(dueAtMs),
    dueClock: ticket.dueClock,
    prioritySort: prioritySort(ticket.priority, ticket.updatedAtMs),
    evidenceCount: ticket.evidenceCount,
    replyState: ticket.replyState,
  }
}
