import { z } from 'zod'
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

/** Where a public reply is: queued is not sent, accepted (250) is not delivered, unknown is neither. */
export const deliveryState = z.enum(['queued', 'accepted', 'failed', 'unknown'])
export type DeliveryState = z.infer<typeof deliveryState>

const envelope = {
  /** UUID version 7: ordered by time, unique across machines; made by `nextEventId`. */
  eventId: z.uuid(),
  /** The first event of the step that this one belongs to; a step is undone as a whole. */
  stepId: z.uuid(),
  ticketId: z.uuid(),
  machineId: z.string().min(1).max(100),
  actor,
  /** Wall clock of the machine that wrote it. */
  atMs: z.number().int().min(0),
}

const longText = z.string().max(200_000)

export const openedEvent = z.strictObject({
  type: z.literal('opened'),
  ...envelope,
  /** For people; see number.ts. */
  number: z.string().max(40),
  subject: z.string().max(500),
  /** What the requester said or wrote. */
  description: longText,
  requester,
  mailboxId: z.string().max(100).nullable(),
  category: ticketCategory,
  priority: ticketPriority,
  assignee: assignee.nullable(),
})

/** Only the fields that were changed are present, so that two machines' edits of different fields both stay. */
export const editedEvent = z.strictObject({
  type: z.literal('edited'),
  ...envelope,
  subject: z.string().max(500).optional(),
  requester: requester.optional(),
  mailboxId: z.string().max(100).nullable().optional(),
})

export const assignedEvent = z.strictObject({
  type: z.literal('assigned'),
  ...envelope,
  assignee: assignee.nullable(),
})
export const statusChangedEvent = z.strictObject({
  type: z.literal('status_changed'),
  ...envelope,
  status: ticketStatus,
})
export const priorityChangedEvent = z.strictObject({
  type: z.literal('priority_changed'),
  ...envelope,
  priority: ticketPriority,
})
export const categoryChangedEvent = z.strictObject({
  type: z.literal('category_changed'),
  ...envelope,
  category: ticketCategory,
})

/** A public reply. Only this event can become a message; a note has neither `to` nor `messageId`. */
export const repliedEvent = z.strictObject({
  type: z.literal('replied'),
  ...envelope,
  to: z.string().min(3).max(320),
  body: longText.min(1),
  attachmentIds: z.array(z.string().max(100)).max(20),
  /** Fixed when the reply is queued, so that a second attempt is the same message. */
  messageId: z.string().max(500),
})

/** An internal note. It has its own type so that no code path can send it. */
export const notedEvent = z.strictObject({
  type: z.literal('noted'),
  ...envelope,
  body: longText.min(1),
  attachmentIds: z.array(z.string().max(100)).max(20),
})

export const attachmentAddedEvent = z.strictObject({
  type: z.literal('attachment_added'),
  ...envelope,
  attachment,
})
export const evidenceLinkedEvent = z.strictObject({
  type: z.literal('evidence_linked'),
  ...envelope,
  evidence,
})
export const taggedEvent = z.strictObject({
  type: z.literal('tagged'),
  ...envelope,
  added: z.array(z.string().min(1).max(50)).max(20),
  removed: z.array(z.string().min(1).max(50)).max(20),
})
export const undoneEvent = z.strictObject({
  type: z.literal('undone'),
  ...envelope,
  /** The step that is taken back. An undo can be undone in turn. */
  undoneStepId: z.uuid(),
})
export const replyDeliveryChangedEvent = z.strictObject({
  type: z.literal('reply_delivery_changed'),
  ...envelope,
  replyEventId: z.uuid(),
  state: deliveryState,
  /** The server's own words, or ours on why there are none. */
  answer: z.string().max(2000),
})

/** Everything that can happen to a ticket. A ticket is the fold of these and nothing else. */
export const ticketEvent = z.discriminatedUnion('type', [
  openedEvent,
  editedEvent,
  assignedEvent,
  statusChangedEvent,
  priorityChangedEvent,
  categoryChangedEvent,
  repliedEvent,
  notedEvent,
  attachmentAddedEvent,
  evidenceLinkedEvent,
  taggedEvent,
  undoneEvent,
  replyDeliveryChangedEvent,
])
export type TicketEvent = z.infer<typeof ticketEvent>
export type TicketEventType = TicketEvent['type']
export type EventOf<T extends TicketEventType> = Extract<TicketEvent, { type: T }>

type Envelope = keyof typeof envelope
type WithoutEnvelope<E> = E extends TicketEvent ? Omit<E, Envelope> : never
/** What a command wants to have happened, before it is given an id, a time and an author. */
export type TicketChange = WithoutEnvelope<TicketEvent>
