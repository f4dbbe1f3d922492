import { z } from 'zod'
import { deliveryState, type DeliveryState } from './events.ts'
import { ticketCategory, ticketPriority, ticketStatus } from './types.ts'

/** What a view or a list keeps. Absent means: any. */
export const ticketFilter = z.strictObject({
  statuses: z.array(ticketStatus).max(4).optional(),
  priorities: z.array(ticketPriority).max(4).optional(),
  categories: z.array(ticketCategory).max(12).optional(),
  /** 'me': whoever works here; 'nobody': unassigned; else an assignee's key (address, or name without one). */
  assignedTo: z.string().min(1).max(320).optional(),
  requesterEmail: z.string().max(320).optional(),
  personId: z.string().max(100).optional(),
  mailboxId: z.string().max(100).optional(),
  tag: z.string().min(1).max(50).optional(),
  /** The worst state of the ticket's replies is one of these. */
  replyStates: z.array(deliveryState).max(4).optional(),
  /** A running clock is due within this many milliseconds from now, or is overdue. */
  dueWithinMs: z.number().int().min(0).optional(),
})
export type TicketFilter = z.infer<typeof ticketFilter>

/** updated, created: newest first. due: most urgent clock first. priority: highest first. */
export const ticketSort = z.enum(['updated', 'created', 'due', 'priority'])
export type TicketSort = z.infer<typeof ticketSort>

/** A stored filter. Built-in ones have fixed ids, and their names come from the page's own language. */
export const ticketView = z.strictObject({
  viewId: z.string(),
  builtIn: z.boolean(),
  name: z.string(),
  filter: ticketFilter,
  sort: ticketSort,
})
export type TicketView = z.infer<typeof ticketView>

/** Replies of which somebody must know: no server has accepted them. */
export const unsentStates: readonly DeliveryState[] = ['failed', 'unknown', 'queued']

/** A clock that is due within an hour is breaching. */
export const breachingWithinMs = 3_600_000

const builtIn = (viewId: string, name: string, filter: TicketFilter, sort: TicketSort): TicketView => ({
  viewId,
  builtIn: true,
  name,
  filter,
  sort,
})

/** The views that every desk has, in the order of the rail. */
export const builtInViews: readonly TicketView[] = [
  builtIn('my-open', 'My open', { statuses: ['open'], assignedTo: 'me' }, 'due'),
  builtIn('unassigned', 'Unassigned', { statuses: ['open'], assignedTo: 'nobody' }, 'due'),
  builtIn('breaching', 'Breaching', { statuses: ['open'], dueWithinMs: breachingWithinMs }, 'due'),
  builtIn('pending', 'Pending', { statuses: ['pending'] }, 'updated'),
  builtIn('solved', 'Solved', { statuses: ['solved'] }, 'updated'),
  builtIn('all', 'All', {}, 'updated'),
]
