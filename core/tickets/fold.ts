import { runClocks, withTarget } from './clocks.ts'
import type { TicketEvent } from './events.ts'
import { applyEvent, fieldsOf } from './fields.ts'
import { writeHistory } from './history.ts'
import type { TicketPolicy } from './policy.ts'
import type { ReplyDelivery, TicketDetail, TicketSummary } from './shapes.ts'
import { findUndoableStep, orderEvents, undoneSteps } from './steps.ts'
import { buildTimeline } from './timeline.ts'

/** A ticket as its events tell it; the outbox beside it belongs to one machine. */
export type Ticket = Omit<TicketDetail, 'outbox'>

/**
 * The ticket that a set of events makes: the same for every order and any duplication of them. Null while its
 * opening has not arrived from the machine that wrote it.
 */
export function foldTicket(events: readonly TicketEvent[], policy: TicketPolicy): Ticket | null {
  const ordered = orderEvents(events)
  const opened = ordered.find((event) => event.type === 'opened')
  if (opened === undefined) return null
  const undone = undoneSteps(ordered)
  const inForce = ordered.filter((event) => !undone.has(event.stepId))
  const fields = inForce.reduce(applyEvent, fieldsOf(opened))
  const deliveries = deliveriesOf(inForce)
  const runs = runClocks(opened, inForce)
  const firstResponse = withTarget(runs.firstResponse, policy.targetsMs.first_response[fields.priority])
  const resolution = withTarget(runs.resolution, policy.targetsMs.resolution[fields.priority])
  const evidence = inForce.flatMap((event) => (event.type === 'evidence_linked' ? [event.evidence] : []))
  return {
    ...fields,
    tags: [...fields.tags].sort(),
    ticketId: opened.ticketId,
    createdAtMs: opened.atMs,
    updatedAtMs: Math.max(...ordered.map((event) => event.atMs)),
    ...nextDue(firstResponse.dueAtMs, resolution.dueAtMs),
    clocks: { firstResponse, resolution },
    evidence,
    evidenceCount: evidence.length,
    replyState: worstReply(inForce, deliveries),
    timeline: buildTimeline(inForce, deliveries),
    history: writeHistory(opened, ordered, undone),
    attachments: inForce.flatMap((event) => (event.type === 'attachment_added' ? [event.attachment] : [])),
    undoableStepId: findUndoableStep(ordered),
  }
}

/** The last thing known of every reply's delivery. */
function deliveriesOf(events: readonly TicketEvent[]): ReadonlyMap<string, ReplyDelivery> {
  const deliveries = new Map<string, ReplyDelivery>()
  for (const event of events) {
    if (event.type === 'replied')
      deliveries.set(event.eventId, { state: 'queued', answer: '', atMs: event.atMs })
    if (event.type === 'reply_delivery_changed')
      deliveries.set(event.replyEventId, { state: event.state, answer: event.answer, atMs: event.atMs })
  }
  return deliveries
}

const worstFirst = ['failed', 'unknown', 'queued'] as const

function worstReply(
  inForce: readonly TicketEvent[],
  deliveries: ReadonlyMap<string, ReplyDelivery>,
): TicketSummary['replyState'] {
  const states = new Set(
    inForce.flatMap((event) => (event.type === 'replied' ? [deliveries.get(event.eventId)?.state] : [])),
  )
  return worstFirst.find((state) => states.has(state)) ?? null
}

function nextDue(
  firstResponseMs: number | null,
  resolutionMs: number | null,
): Pick<TicketSummary, 'dueAtMs' | 'dueClock'> {
  if (firstResponseMs !== null && (resolutionMs === null || firstResponseMs <= resolutionMs))
    return { dueAtMs: firstResponseMs, dueClock: 'first_response' }
  if (resolutionMs !== null) return { dueAtMs: resolutionMs, dueClock: 'resolution' }
  return { dueAtMs: null, dueClock: null }
}
