import { z } from 'zod'

/** open: with us. pending: waiting for somebody else, clocks paused. solved: done, may be reopened. closed: filed. */
export const ticketStatus = z.enum(['open', 'pending', 'solved', 'closed'])
export type TicketStatus = z.infer<typeof ticketStatus>

export const ticketPriority = z.enum(['low', 'normal', 'high', 'urgent'])
export type TicketPriority = z.infer<typeof ticketPriority>

/** What the mail problem is about, in the words of a mail desk. */
export const ticketCategory = z.enum([
  'access',
  'device_setup',
  'storage',
  'spam',
  'sending',
  'receiving',
  'attachments',
  'sync',
  'routing',
  'security',
  'account',
  'other',
])
export type TicketCategory = z.infer<typeof ticketCategory>

/** Who did something: a technician, or the program on its own (an outbox reporting the server's answer). */
export const actor = z.strictObject({
  kind: z.enum(['person', 'program']),
  name: z.string().max(200),
  email: z.string().max(320),
})
export type Actor = z.infer<typeof actor>

/** A technician to whom a ticket can be given. */
export const assignee = z.strictObject({ name: z.string().max(200), email: z.string().max(320) })
export type Assignee = z.infer<typeof assignee>

/** Who asked. `personId` links to People when they are known there. */
export const requester = z.strictObject({
  name: z.string().max(200),
  email: z.string().max(320),
  personId: z.string().max(100).nullable(),
})
export type Requester = z.infer<typeof requester>

/** Something the desk measured or kept that supports the ticket. `summary` is one sentence. */
export const evidence = z.strictObject({
  kind: z.enum(['diagnostic_run', 'archive_run', 'bundle', 'junk_recovery']),
  id: z.string().min(1).max(100),
  summary: z.string().max(1000),
})
export type Evidence = z.infer<typeof evidence>

/** A file kept with a ticket; its bytes are stored apart, under `attachmentId`. */
export const attachment = z.strictObject({
  attachmentId: z.string().max(100),
  name: z.string().min(1).max(255),
  mediaType: z.string().max(200),
  sizeBytes: z.number().int().min(0),
  /** Lower-case hexadecimal. */
  sha256: z.string().length(64),
})
export type Attachment = z.infer<typeof attachment>

/** The largest attachment, in bytes: what most mail servers accept once it is base64 in a message. */
export const maxAttachmentBytes = 10 * 1024 * 1024

/** Two assignees are the same technician when their address is, or, without one, their name. */
export function assigneeKey(who: Pick<Assignee, 'name' | 'email'>): string {
  return (who.email || who.name).trim().toLowerCase()
}
