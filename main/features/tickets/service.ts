import { createHash } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import type { z } from 'zod'
import { AppError } from '../../../core/errors.ts'
import type { OpenTicketInput } from '../../../core/tickets/contract.ts'
import { openTicketInput } from '../../../core/tickets/contract.ts'
import type { TicketChange } from '../../../core/tickets/events.ts'
import { deskCode } from '../../../core/tickets/number.ts'
import type { TicketDetail } from '../../../core/tickets/shapes.ts'
import { maxAttachmentBytes } from '../../../core/tickets/types.ts'
import type { Assignee, Evidence, TicketStatus } from '../../../core/tickets/types.ts'
import type { DbClient } from '../../../db/client.ts'
import type { Me } from './authorship.ts'

/** What tickets do for their own handlers and for other features. */
export interface TicketService {
  open(input: OpenTicketInput): Promise<{ readonly ticketId: string; readonly number: string }>
  get(ticketId: string): Promise<TicketDetail>
  /** Writes changes as one step. Answers with the ids of the events; none when nothing would change. */
  change(ticketId: string, changes: readonly TicketChange[]): Promise<readonly string[]>
  linkEvidence(ticketId: string, evidence: Evidence): Promise<void>
  reply(input: ReplyInput): Promise<string>
  attach(input: AttachInput): Promise<string>
  /** Takes the last step back; with a step id, only if it is that one. */
  undo(ticketId: string, stepId?: string): Promise<'undone' | 'nothing_to_undo' | 'changed_since'>
}

export interface ReplyInput {
  readonly ticketId: string
  readonly body: string
  readonly attachmentIds: readonly string[]
  readonly thenStatus?: TicketStatus | undefined
}

export interface AttachInput {
  readonly ticketId: string
  readonly name: string
  readonly mediaType: string
  readonly dataBase64: string
}

interface ServiceDeps {
  readonly db: DbClient
  readonly me: () => Promise<Me>
  readonly changed: (ticketIds: string[]) => void
}

/** See `TicketService`. Errors of all: `record.not_found`. */
export function createTicketService(deps: ServiceDeps): TicketService {
  const { db, me, changed } = deps

  const change: TicketService['change'] = async (ticketId, changes) => {
    const appended = await db.tickets.appendToTicket(ticketId, changes, (await me()).by)
    if (appended.outcome === 'written') {
      changed([ticketId])
      return appended.eventIds
    }
    if (appended.outcome === 'not_found') throw noSuchTicket(ticketId)
    return []
  }
  const get: TicketService['get'] = async (ticketId) => {
    const found = await db.tickets.getTicket(ticketId)
    if (found === null) throw noSuchTicket(ticketId)
    return { ...found.ticket, outbox: found.outbox }
  }
  return {
    change,
    get,
    open: async (input) => {
      const opened = await openTicket(deps, openTicketInput.parse(input))
      changed([opened.ticketId])
      return opened
    },
    linkEvidence: async (ticketId, evidence) => {
      await change(ticketId, [{ type: 'evidence_linked', evidence }])
    },
    reply: async (input) => {
      const changes = toReplyChanges(input, await get(input.ticketId), newMessageId(await me()))
      const [eventId = ''] = await change(input.ticketId, changes)
      return eventId
    },
    attach: async (input) => {
      const { ticketId } = input
      const { attachment, bytes } = readAttachment(input)
      await get(ticketId)
      await db.tickets.putTicketAttachment({ attachmentId: attachment.attachmentId, ticketId, bytes })
      await change(ticketId, [{ type: 'attachment_added', attachment }])
      return attachment.attachmentId
    },
    undo: async (ticketId, stepId) => {
      const only = stepId === undefined ? null : [stepId]
      const outcome = await db.tickets.undoLastStep(ticketId, (await me()).by, only)
      if (outcome === 'not_found') throw noSuchTicket(ticketId)
      if (outcome === 'undone') changed([ticketId])
      return outcome
    },
  }
}

/** A reply and, in the same step, the status that goes with it. */
function toReplyChanges(input: ReplyInput, ticket: TicketDetail, messageId: string): readonly TicketChange[] {
  const to = ticket.requester.email
  if (!to.includes('@'))
    throw new AppError('record.conflict', {
      details: { what: 'requester', why: 'The requester has no e-mail address.' },
    })
  requireAttachments(ticket.attachments, input.attachmentIds)
  const { body, attachmentIds, thenStatus } = input
  return [
    { type: 'replied', to, body, attachmentIds: [...attachmentIds], messageId },
    ...(thenStatus === undefined ? [] : [{ type: 'status_changed' as const, status: thenStatus }]),
  ]
}

/** A technician of the contract: 'me' becomes whoever works here. */
export function resolveAssignee(assignee: 'me' | Assignee | null, me: Me): Assignee | null {
  return assignee === 'me' ? me.assignee : assignee
}

/** Refuses attachments that the ticket does not have. */
export function requireAttachments(
  attachments: TicketDetail['attachments'],
  wanted: readonly string[],
): void {
  const missing = wanted.filter((id) => !attachments.some((attachment) => attachment.attachmentId === id))
  if (missing.length > 0)
    throw new AppError('record.not_found', { details: { what: 'attachment', id: missing } })
}

const noSuchTicket = (ticketId: string): AppError =>
  new AppError('record.not_found', { details: { what: 'ticket', id: ticketId } })

async function openTicket({ db, me }: ServiceDeps, input: z.output<typeof openTicketInput>) {
  const { note, evidence, assignee, ...fields } = input
  const who = await me()
  const alongside: TicketChange[] = [
    ...(note.trim() === '' ? [] : [{ type: 'noted' as const, body: note, attachmentIds: [] }]),
    ...evidence.map((one) => ({ type: 'evidence_linked' as const, evidence: one })),
  ]
  return db.tickets.openTicket({ ...fields, assignee: resolveAssignee(assignee, who) }, alongside, who.by)
}

/**
 * RFC 5322 section 3.6.4. It is made when the reply is queued, perhaps before a helpdesk mailbox is chosen, so
 * the right side is the technician's domain, or a name of ours under `.invalid` that no host has (RFC 2606).
 */
function newMessageId({ assignee, by }: Me): string {
  const own = `${deskCode(by.machineId).toLowerCase()}.mail-desk.invalid`
  return `<${uuid()}@${/@([a-z0-9.-]+)$/i.exec(assignee.email)?.[1] ?? own}>`
}

function readAttachment(input: AttachInput) {
  const bytes = Buffer.from(input.dataBase64, 'base64')
  if (bytes.length > maxAttachmentBytes)
    throw new AppError('file.too_large', { details: { file: input.name, limitBytes: maxAttachmentBytes } })
  const mediaType = /^[\w.+-]+\/[\w.+-]+$/.test(input.mediaType)
    ? input.mediaType
    : 'application/octet-stream'
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return {
    bytes,
    attachment: { attachmentId: uuid(), name: input.name, mediaType, sizeBytes: bytes.length, sha256 },
  }
}
