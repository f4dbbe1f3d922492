import { z } from 'zod'
import { command, feature, nothing, query, started } from '../contract/define.ts'
import { bulkAction, bulkResult, ticketDetail, ticketSummary } from './shapes.ts'
import { assignee, evidence, requester, ticketCategory, ticketPriority, ticketStatus } from './types.ts'
import { ticketFilter, ticketSort, ticketView } from './views.ts'

const ticketRef = { ticketId: z.uuid() }
const onTicket = (input: { readonly ticketId: string }): string => `ticket:${input.ticketId}`
const body = z.string().trim().min(1).max(200_000)
const attachmentIds = z.array(z.string().max(100)).max(20).default([])
/** 'me' is whoever works on this workstation (settings); null takes the ticket from everybody. */
const assignTo = z.union([z.literal('me'), assignee, z.null()])

/** What opens a ticket. Other features (a finding, the practice company) pass the same. */
export const openTicketInput = z.strictObject({
  subject: z.string().trim().min(1).max(500),
  description: z.string().max(200_000).default(''),
  requester,
  mailboxId: z.string().max(100).nullable().default(null),
  category: ticketCategory.default('other'),
  priority: ticketPriority.default('normal'),
  assignee: assignTo.default(null),
  /** A first internal note, for example a finding in words. */
  note: z.string().max(200_000).default(''),
  evidence: z.array(evidence).max(20).default([]),
})
export type OpenTicketInput = z.input<typeof openTicketInput>

const opened = z.strictObject({ ticketId: z.string(), number: z.string() })
/** The id of an event is also that of its step, when it is the first or the only one. */
const written = z.strictObject({ eventId: z.string() })
/** Null when nothing had to be changed. */
const edited = z.strictObject({ stepId: z.string().nullable() })

const reading = {
  list: query(
    'Tickets that pass a filter and contain a text; the next page starts after `nextCursor`. With a text the order is newest first.',
    z.strictObject({
      filter: ticketFilter.default({}),
      text: z.string().max(200).default(''),
      sort: ticketSort.default('updated'),
      after: z.string().max(200).nullable().default(null),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    z.strictObject({
      tickets: z.array(ticketSummary),
      total: z.number().int(),
      nextCursor: z.string().nullable(),
    }),
  ),
  get: query(
    'One ticket with its timeline, history, evidence and clocks.',
    z.strictObject(ticketRef),
    ticketDetail,
  ),
  counts: query(
    'How many tickets need somebody: for the Today page and the rail.',
    z.strictObject({}),
    z.strictObject({
      open: z.number().int(),
      pending: z.number().int(),
      unassigned: z.number().int(),
      mine: z.number().int(),
      /** Due within the hour, overdue ones included. */
      breaching: z.number().int(),
      overdue: z.number().int(),
      /** Public replies that have not left this machine. */
      repliesQueued: z.number().int(),
      /** Public replies that the server refused, or of which we do not know. */
      repliesFailed: z.number().int(),
      total: z.number().int(),
    }),
  ),
  views: query(
    'Built-in and saved views with the number of tickets in each.',
    z.strictObject({}),
    z.strictObject({ views: z.array(ticketView.extend({ count: z.number().int() })) }),
  ),
  assignees: query(
    'Technicians who have tickets, and whoever works here.',
    z.strictObject({}),
    z.strictObject({ me: assignee, assignees: z.array(assignee) }),
  ),
  readAttachment: query(
    'The bytes of an attachment.',
    z.strictObject({ ...ticketRef, attachmentId: z.string() }),
    z.strictObject({ name: z.string(), mediaType: z.string(), dataBase64: z.string() }),
  ),
}

const changing = {
  open: command('Open a ticket.', openTicketInput, opened),
  edit: command(
    'Change the subject, requester or mailbox of a ticket.',
    z.strictObject({
      ...ticketRef,
      subject: z.string().trim().min(1).max(500).optional(),
      requester: requester.optional(),
      mailboxId: z.string().max(100).nullable().optional(),
    }),
    edited,
    onTicket,
  ),
  assign: command(
    'Give a ticket to a technician, or to nobody.',
    z.strictObject({ ...ticketRef, assignee: assignTo }),
    nothing,
    onTicket,
  ),
  setStatus: command(
    'Set the status of a ticket.',
    z.strictObject({ ...ticketRef, status: ticketStatus }),
    nothing,
    onTicket,
  ),
  setPriority: command(
    'Set the priority of a ticket.',
    z.strictObject({ ...ticketRef, priority: ticketPriority }),
    nothing,
    onTicket,
  ),
  setCategory: command(
    'Set the category of a ticket.',
    z.strictObject({ ...ticketRef, category: ticketCategory }),
    nothing,
    onTicket,
  ),
  tag: command(
    'Add and remove tags of a ticket.',
    z.strictObject({
      ...ticketRef,
      add: z.array(z.string().trim().min(1).max(50)).max(20).default([]),
      remove: z.array(z.string().trim().min(1).max(50)).max(20).default([]),
    }),
    nothing,
    onTicket,
  ),
  note: command(
    'Add an internal note. It never leaves the desk.',
    z.strictObject({ ...ticketRef, body, attachmentIds }),
    written,
    onTicket,
  ),
  attach: command(
    'Keep a file with a ticket (10 MiB at most).',
    z.strictObject({
      ...ticketRef,
      name: z.string().trim().min(1).max(255),
      mediaType: z.string().max(200),
      dataBase64: z.base64(),
    }),
    z.strictObject({ attachmentId: z.string() }),
    onTicket,
  ),
  linkEvidence: command(
    'Link a diagnostic run, an archive run or a bundle as evidence.',
    z.strictObject({ ...ticketRef, evidence }),
    nothing,
    onTicket,
  ),
  undo: command(
    'Take back the last step of a ticket; with a step id, only if it still is that one.',
    z.strictObject({ ...ticketRef, stepId: z.uuid().optional() }),
    nothing,
    onTicket,
  ),
  bulk: command(
    'Do the same to many tickets.',
    z.strictObject({ ticketIds: z.array(z.uuid()).min(1).max(1000), action: bulkAction }),
    bulkResult,
  ),
}

const answering = {
  reply: command(
    'Queue a public reply to the requester; it is sent from the helpdesk mailbox.',
    z.strictObject({ ...ticketRef, body, attachmentIds, thenStatus: ticketStatus.optional() }),
    written,
    onTicket,
  ),
  retryReply: command(
    'Queue a reply again that failed, or of which it is not known whether it left.',
    z.strictObject({ ...ticketRef, replyEventId: z.uuid() }),
    nothing,
    onTicket,
  ),
}

const keeping = {
  saveView: command(
    'Save a filter as a view; the same id replaces it.',
    z.strictObject({
      viewId: z.uuid().optional(),
      name: z.string().trim().min(1).max(100),
      filter: ticketFilter,
      sort: ticketSort.default('updated'),
    }),
    z.strictObject({ viewId: z.string() }),
    () => 'ticket-views',
  ),
  removeView: command(
    'Remove a saved view.',
    z.strictObject({ viewId: z.uuid() }),
    nothing,
    () => 'ticket-views',
  ),
  rebuild: command(
    'Compute the lists and the search again from the events.',
    z.strictObject({}),
    started,
    () => 'tickets-rebuild',
  ),
  seed: command(
    'Fill the desk with invented tickets, for trials and measurements.',
    z.strictObject({
      count: z.number().int().min(1).max(1_000_000),
      /** The same seed gives the same people and problems. */
      seed: z.number().int().min(0).default(1),
    }),
    started,
    () => 'tickets-seed',
  ),
}

export const ticketsContract = feature(
  'tickets',
  { ...reading, ...changing, ...answering, ...keeping },
  {
    /** An empty list means: many; refresh everything. */
    changed: z.strictObject({ ticketIds: z.array(z.string()) }),
    viewsChanged: z.strictObject({}),
  },
)
