import { z } from 'zod'
import { deliveryState } from './events.ts'
import {
  actor,
  assignee,
  attachment,
  evidence,
  requester,
  ticketCategory,
  ticketPriority,
  ticketStatus,
} from './types.ts'

/** One clock of a ticket as a screen needs it; `readClock` turns it into time left at a moment. */
export const clock = z.strictObject({
  /** running: time passes. paused: waiting for somebody else. stopped: answered or solved. */
  state: z.enum(['running', 'paused', 'stopped']),
  targetMs: z.number(),
  /** Time that counted up to `asOfMs`; pauses are not in it. */
  elapsedMs: z.number(),
  /** The last moment at which the clock changed its state. */
  asOfMs: z.number(),
  /** When the target is reached, while the clock runs; null otherwise. */
  dueAtMs: z.number().nullable(),
})
export type Clock = z.infer<typeof clock>

export const clockName = z.enum(['first_response', 'resolution'])
export type ClockName = z.infer<typeof clockName>

/** A row of the list. */
export const ticketSummary = z.strictObject({
  ticketId: z.string(),
  number: z.string(),
  subject: z.string(),
  requester,
  mailboxId: z.string().nullable(),
  status: ticketStatus,
  priority: ticketPriority,
  category: ticketCategory,
  assignee: assignee.nullable(),
  tags: z.array(z.string()),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
  /** The next clock that runs out; null when none runs (paused, solved). */
  dueAtMs: z.number().nullable(),
  dueClock: clockName.nullable(),
  evidenceCount: z.number().int(),
  /** The reply that is in the worst state, when one has not been accepted. */
  replyState: deliveryState.nullable(),
})
export type TicketSummary = z.infer<typeof ticketSummary>

/** How far a public reply has come, with the reason when it waits. */
export const replyDelivery = z.strictObject({
  state: deliveryState,
  answer: z.string(),
  atMs: z.number(),
})
export type ReplyDelivery = z.infer<typeof replyDelivery>

const said = { eventId: z.string(), atMs: z.number(), actor, body: z.string() }

/** What the requester asked for when the ticket was opened. */
export const requestEntry = z.strictObject({ kind: z.literal('request'), ...said })
/** A reply that goes to the requester. The only shape that the sending port accepts. */
export const publicReply = z.strictObject({
  kind: z.literal('public_reply'),
  ...said,
  to: z.string(),
  messageId: z.string(),
  attachmentIds: z.array(z.string()),
  delivery: replyDelivery,
})
export type PublicReply = z.infer<typeof publicReply>
/** A note among technicians. It has no addressee, so it cannot be sent. */
export const internalNote = z.strictObject({
  kind: z.literal('internal_note'),
  ...said,
  attachmentIds: z.array(z.string()),
})
export type InternalNote = z.infer<typeof internalNote>
export const evidenceEntry = z.strictObject({
  kind: z.literal('evidence'),
  eventId: z.string(),
  atMs: z.number(),
  actor,
  evidence,
})
export const statusEntry = z.strictObject({
  kind: z.literal('status'),
  eventId: z.string(),
  atMs: z.number(),
  actor,
  status: ticketStatus,
})

/** The conversation and what mattered in it, oldest first. */
export const timelineEntry = z.discriminatedUnion('kind', [
  requestEntry,
  publicReply,
  internalNote,
  evidenceEntry,
  statusEntry,
])
export type TimelineEntry = z.infer<typeof timelineEntry>

/** What one event changed, as data: the page makes the sentence. */
export const historyChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('opened') }),
  z.strictObject({
    kind: z.literal('field'),
    field: z.enum(['subject', 'requester', 'mailbox', 'assignee', 'status', 'priority', 'category']),
    from: z.string().nullable(),
    to: z.string().nullable(),
  }),
  z.strictObject({ kind: z.literal('replied'), to: z.string() }),
  z.strictObject({ kind: z.literal('noted') }),
  z.strictObject({ kind: z.literal('attached'), name: z.string(), sizeBytes: z.number() }),
  z.strictObject({ kind: z.literal('evidence'), evidence }),
  z.strictObject({ kind: z.literal('tagged'), added: z.array(z.string()), removed: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('undone'), stepId: z.string() }),
  z.strictObject({ kind: z.literal('delivery'), state: deliveryState, answer: z.string() }),
])
export type HistoryChange = z.infer<typeof historyChange>

/** Who did what when. A line that was undone stays, and says so. */
export const historyLine = z.strictObject({
  eventId: z.string(),
  stepId: z.string(),
  atMs: z.number(),
  actor,
  undone: z.boolean(),
  change: historyChange,
})
export type HistoryLine = z.infer<typeof historyLine>

/** A reply that this machine has still to send, and why it has not left yet. */
export const outboxNote = z.strictObject({
  replyEventId: z.string(),
  state: z.enum(['waiting', 'sending']),
  reason: z.string(),
  attempts: z.number().int(),
  nextAttemptAtMs: z.number().nullable(),
})
export type OutboxNote = z.infer<typeof outboxNote>

/** A ticket, whole. */
export const ticketDetail = ticketSummary.extend({
  description: z.string(),
  clocks: z.strictObject({ firstResponse: clock, resolution: clock }),
  timeline: z.array(timelineEntry),
  history: z.array(historyLine),
  evidence: z.array(evidence),
  attachments: z.array(attachment),
  outbox: z.array(outboxNote),
  /** The step that `undo` would take back; null when there is none. */
  undoableStepId: z.string().nullable(),
})
export type TicketDetail = z.infer<typeof ticketDetail>

/** What can be done to many tickets at once. */
export const bulkAction = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('assign'), assignee: z.union([z.literal('me'), assignee, z.null()]) }),
  z.strictObject({ kind: z.literal('status'), status: ticketStatus }),
  z.strictObject({ kind: z.literal('priority'), priority: ticketPriority }),
  z.strictObject({ kind: z.literal('category'), category: ticketCategory }),
  z.strictObject({ kind: z.literal('tag'), tag: z.string().trim().min(1).max(50) }),
  /** With step ids, only these are taken back, and only while they are the last. */
  z.strictObject({ kind: z.literal('undo'), stepIds: z.array(z.uuid()).max(1000).optional() }),
])
export type BulkAction = z.infer<typeof bulkAction>

/** What came out, and what was left as it was, and why. */
export const bulkResult = z.strictObject({
  changed: z.number().int(),
  /** The steps that were written, for an undo of exactly these. */
  stepIds: z.array(z.string()),
  unchanged: z.array(
    z.strictObject({
      ticketId: z.string(),
      reason: z.enum(['not_found', 'already', 'nothing_to_undo', 'changed_since']),
    }),
  ),
})
export type BulkResult = z.infer<typeof bulkResult>
