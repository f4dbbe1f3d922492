import { randomBytes } from 'node:crypto'
import { AppError } from '../../core/errors.ts'
import { nextEventId } from '../../core/tickets/event-id.ts'
import type { TicketChange, TicketEvent } from '../../core/tickets/events.ts'
import { applyEvent } from '../../core/tickets/fields.ts'
import { foldTicket } from '../../core/tickets/fold.ts'
import type { Ticket } from '../../core/tickets/fold.ts'
import { deskCode, ticketNumber } from '../../core/tickets/number.ts'
import { defaultPolicy } from '../../core/tickets/policy.ts'
import type { Actor } from '../../core/tickets/types.ts'
import type { ReadHandle, WriteHandle } from '../handles.ts'
import { createProjector } from './tickets-projector.ts'
import { listTicketEvents } from './tickets-read.ts'
import { toEventRow } from './tickets-rows.ts'

/** Who writes, where and when. */
export interface Authorship {
  readonly actor: Actor
  readonly machineId: string
  readonly nowMs: number
}

/** The fields of an opening; its number is given here. */
export type Opening = Omit<Extract<TicketChange, { type: 'opened' }>, 'type' | 'number'>

/** What came of a wish to change a ticket. */
export type Appended =
  | { readonly outcome: 'written'; readonly eventIds: readonly string[]; readonly ticket: Ticket }
  | { readonly outcome: 'not_found' | 'already' }

/** Opens a ticket, with what belongs to the same step: a first note, evidence. */
export function openTicket(
  db: WriteHandle,
  opening: Opening,
  alongside: readonly TicketChange[],
  by: Authorship,
): { readonly ticketId: string; readonly number: string } {
  return immediately(db, () => {
    // After the desk's newest ticket, also within a millisecond: a rebuild then meets them in the order of opening.
    const ticketId = nextEventId(by.nowMs, newestTicketOf(db, by.machineId), randomBytes(10))
    const number = ticketNumber(by.machineId, nextTicketSequence(db, by.machineId))
    const events = toEvents(ticketId, [{ type: 'opened', number, ...opening }, ...alongside], null, by)
    insertEvents(db, events)
    createProjector(db).project(ticketId)
    return { ticketId, number }
  })
}

/** Appends changes as one step; those that would change nothing are left out. */
export function appendToTicket(
  db: WriteHandle,
  ticketId: string,
  changes: readonly TicketChange[],
  by: Authorship,
): Appended {
  return immediately(db, () => {
    const known = listTicketEvents(db, ticketId)
    const ticket = foldTicket(known, defaultPolicy)
    if (ticket === null) return { outcome: 'not_found' }
    const effective = changes.filter((change) => changesSomething(ticket, change))
    if (effective.length === 0) return { outcome: 'already' }
    const events = toEvents(ticketId, effective, known.at(-1)?.eventId ?? null, by)
    insertEvents(db, events)
    queueReplies(db, events, by.nowMs)
    const after = createProjector(db).project(ticketId) ?? ticket
    return { outcome: 'written', eventIds: events.map((event) => event.eventId), ticket: after }
  })
}

/**
 * Takes back the last step; with `onlyStepIds`, only if it is one of these. A reply that is being handed to a
 * server just now cannot be taken back.
 */
export function undoLastStep(
  db: WriteHandle,
  ticketId: string,
  by: Authorship,
  onlyStepIds: readonly string[] | null,
): 'undone' | 'not_found' | 'nothing_to_undo' | 'changed_since' {
  return immediately(db, () => {
    const known = listTicketEvents(db, ticketId)
    const ticket = foldTicket(known, defaultPolicy)
    if (ticket === null) return 'not_found'
    const stepId = ticket.undoableStepId
    if (stepId === null || isBeingSent(db, known, stepId)) return 'nothing_to_undo'
    if (onlyStepIds !== null && !onlyStepIds.includes(stepId)) return 'changed_since'
    const change: TicketChange = { type: 'undone', undoneStepId: stepId }
    insertEvents(db, toEvents(ticketId, [change], known.at(-1)?.eventId ?? null, by))
    createProjector(db).project(ticketId)
    return 'undone'
  })
}

/**
 * Adds events of any machine; those that are here already are left alone. Answers with the tickets that
 * changed. Refuses (`record.conflict`) an event whose id is known with another content.
 */
export function mergeTicketEvents(
  db: WriteHandle,
  events: readonly TicketEvent[],
): { readonly added: number; readonly ticketIds: readonly string[] } {
  return immediately(db, () => {
    const added = insertEvents(db, events)
    const ticketIds = [...new Set(added.map((event) => event.ticketId))]
    const projector = createProjector(db)
    for (const ticketId of ticketIds) projector.project(ticketId)
    return { added: added.length, ticketIds }
  })
}

/**
 * Computes lists and search of up to `limit` tickets after `afterTicketId` again, from the events. The first
 * call (null) forgets what was there. Answers with the last ticket done; null when all are.
 */
export function rebuildTickets(
  db: WriteHandle,
  afterTicketId: string | null,
  limit: number,
): { readonly done: number; readonly lastTicketId: string | null } {
  return immediately(db, () => {
    if (afterTicketId === null)
      db.$client.exec(
        "DELETE FROM tickets; DELETE FROM ticket_tags; INSERT INTO ticket_search (ticket_search) VALUES ('delete-all')",
      )
    const ids = db.$client
      .prepare('SELECT DISTINCT ticket_id FROM ticket_events WHERE ticket_id > ? ORDER BY ticket_id LIMIT ?')
      .pluck()
      .all(afterTicketId ?? '', limit) as string[]
    const projector = createProjector(db)
    for (const id of ids) projector.project(id)
    return { done: ids.length, lastTicketId: ids.at(-1) ?? null }
  })
}

function immediately<T>(db: WriteHandle, work: () => T): T {
  return db.$client.transaction(work).immediate()
}

/** The count of the next ticket that this machine opens. */
export function nextTicketSequence(db: ReadHandle, machineId: string): number {
  const newest = db.$client
    .prepare('SELECT max(sequence) FROM tickets WHERE desk = ?')
    .pluck()
    .get(deskCode(machineId)) as number | null
  return (newest ?? 0) + 1
}

function newestTicketOf(db: ReadHandle, machineId: string): string | null {
  const newest = db.$client
    .prepare('SELECT ticket_id FROM tickets WHERE desk = ? ORDER BY sequence DESC LIMIT 1')
    .pluck()
    .get(deskCode(machineId)) as string | undefined
  return newest ?? null
}

function toEvents(
  ticketId: string,
  changes: readonly TicketChange[],
  newestId: string | null,
  by: Authorship,
): readonly TicketEvent[] {
  const events: TicketEvent[] = []
  for (const change of changes) {
    const eventId = nextEventId(by.nowMs, events.at(-1)?.eventId ?? newestId, randomBytes(10))
    const stepId = events[0]?.eventId ?? eventId
    const { actor, machineId, nowMs } = by
    events.push({ ...change, eventId, stepId, ticketId, machineId, actor, atMs: nowMs })
  }
  return events
}

function changesSomething(ticket: Ticket, change: TicketChange): boolean {
  const after = applyEvent(ticket, change)
  return after === ticket || JSON.stringify(after) !== JSON.stringify(ticket)
}

/** Inserts what is not there yet, and answers with it. */
function insertEvents(db: WriteHandle, events: readonly TicketEvent[]): readonly TicketEvent[] {
  const insert = db.$client.prepare(
    `INSERT INTO ticket_events (ticket_id, event_id, step_id, machine_id, at_ms, type, actor, body)
     VALUES (@ticketId, @eventId, @stepId, @machineId, @atMs, @type, @actor, @body)
     ON CONFLICT DO NOTHING`,
  )
  const same = db.$client
    .prepare(
      `SELECT count(*) FROM ticket_events WHERE ticket_id = @ticketId AND event_id = @eventId
       AND step_id = @stepId AND machine_id = @machineId AND at_ms = @atMs AND type = @type
       AND actor = @actor AND body = @body`,
    )
    .pluck()
  return events.filter((event) => {
    const row = toEventRow(event)
    if (insert.run(row).changes === 1) return true
    if (same.get(row) === 1) return false
    throw new AppError('record.conflict', { details: { ticketId: event.ticketId, eventId: event.eventId } })
  })
}

function queueReplies(db: WriteHandle, events: readonly TicketEvent[], nowMs: number): void {
  const queue = db.$client.prepare(
    `INSERT INTO reply_outbox (reply_event_id, ticket_id, state, reason, attempts, next_attempt_at_ms)
     VALUES (?, ?, 'waiting', '', 0, ?)`,
  )
  for (const event of events) if (event.type === 'replied') queue.run(event.eventId, event.ticketId, nowMs)
}

function isBeingSent(db: WriteHandle, known: readonly TicketEvent[], stepId: string): boolean {
  const sending = db.$client
    .prepare("SELECT reply_event_id FROM reply_outbox WHERE state = 'sending' AND ticket_id = ?")
    .pluck()
    .all(known[0]?.ticketId) as string[]
  return known.some((event) => event.stepId === stepId && sending.includes(event.eventId))
}
