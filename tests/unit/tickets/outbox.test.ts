import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../core/errors.ts'
import type { Mailbox } from '../../../core/accounts/types.ts'
import { settings } from '../../../core/settings/contract.ts'
import type { TicketDetail } from '../../../core/tickets/shapes.ts'
import { createInlineDbClient } from '../../../db/inline-client.ts'
import type { DbClient } from '../../../db/client.ts'
import type { OutgoingReply, SendOutcome } from '../../../main/features/tickets/index.ts'
import { createOutbox } from '../../../main/features/tickets/outbox.ts'
import { createTicketService } from '../../../main/features/tickets/service.ts'
import { silentLogger } from '../../../main/lib/logger.ts'
import { Secret } from '../../../main/lib/secret.ts'
import { ana, startMs } from '../../helpers/ticket-events.ts'

const mailbox: Mailbox = {
  mailboxId: 'helpdesk',
  personId: 'p',
  address: 'help@desk.example',
  username: 'help',
  signIn: 'password',
  imap: null,
  smtp: { host: 'smtp.desk.example', port: 587, security: 'starttls' },
  network: { dnsServers: [], trustedCaPem: null },
  createdAtMs: 0,
}

let db: DbClient
let nowMs = startMs
beforeEach(() => {
  db = createInlineDbClient(':memory:')
  nowMs = startMs
})
afterEach(() => db.close())

/** A desk's outbox whose mail server gives these answers in turn. */
function deskThat(answers: readonly SendOutcome[], helpdeskMailboxId: string | null = 'helpdesk') {
  const sent: OutgoingReply[] = []
  const open = () => Promise.resolve({ mailbox, secret: new Secret('x') })
  const me = () =>
    Promise.resolve({
      assignee: { name: ana.name, email: ana.email },
      key: ana.email,
      by: { actor: ana, machineId: 'desk-a', nowMs },
    })
  const outbox = createOutbox({
    db,
    clock: { nowMs: () => nowMs, monotonicMs: () => nowMs },
    logger: silentLogger,
    settings: { get: () => Promise.resolve(settings.parse({ helpdeskMailboxId, operatorName: 'Ana' })) },
    mailboxes: {
      open: helpdeskMailboxId === 'locked' ? () => Promise.reject(new AppError('secret.vault_locked')) : open,
    },
    sender: {
      send: (message) => {
        sent.push(message)
        return Promise.resolve(answers[sent.length - 1] ?? { kind: 'deferred', reason: 'no more answers' })
      },
    },
    machineId: () => Promise.resolve('desk-a'),
    changed: () => undefined,
    signal: new AbortController().signal,
  })
  return { outbox, sent, service: createTicketService({ db, me, changed: () => undefined }) }
}

type Service = ReturnType<typeof createTicketService>

async function openAndReply(service: Service, body = 'Try now.') {
  const requester = { name: 'Bo', email: 'bo@harbour.example', personId: null }
  const { ticketId } = await service.open({ subject: 'Re: Cannot sign in', requester, note: 'He is upset.' })
  await service.reply({ ticketId, body, attachmentIds: [] })
  return ticketId
}

const replies = (ticket: TicketDetail) => ticket.timeline.filter((entry) => entry.kind === 'public_reply')

describe('the outbox', () => {
  it('hands a reply over once and writes the server’s answer down', async () => {
    const { outbox, sent, service } = deskThat([{ kind: 'accepted', answer: '250 2.0.0 Ok: queued as A1' }])
    const ticketId = await openAndReply(service)
    await Promise.all([outbox.sendDue(), outbox.sendDue()])
    const ticket = await service.get(ticketId)
    expect([
      sent.length,
      replies(ticket)[0]?.delivery.state,
      replies(ticket)[0]?.delivery.answer,
      ticket.outbox,
    ]).toEqual([1, 'accepted', '250 2.0.0 Ok: queued as A1', []])
  })

  it('gives the message the ticket’s number, and the replies before it as references', async () => {
    const accepted = { kind: 'accepted', answer: '250 ok' } as const
    const { outbox, sent, service } = deskThat([accepted, accepted])
    const ticketId = await openAndReply(service)
    await outbox.sendDue()
    await service.reply({ ticketId, body: 'Does it work?', attachmentIds: [] })
    await outbox.sendDue()
    const { number } = await service.get(ticketId)
    expect([sent[1]?.subject, sent[1]?.references]).toEqual([
      `[${number}] Re: Cannot sign in`,
      [sent[0]?.reply.messageId],
    ])
  })

  it('never sees an internal note, also when the database is asked to', async () => {
    const { outbox, sent, service } = deskThat([])
    const { ticketId } = await service.open({
      subject: 'x',
      requester: { name: '', email: 'bo@harbour.example', personId: null },
      note: 'He is upset.',
    })
    await outbox.sendDue()
    const note = (await service.get(ticketId)).timeline.find((entry) => entry.kind === 'internal_note')
    const by = { actor: ana, machineId: 'desk-a', nowMs }
    expect([sent.length, await db.tickets.requeueReply(ticketId, note?.eventId ?? '', by)]).toEqual([
      0,
      'not_found',
    ])
  })

  it('keeps a reply queued and says why while no helpdesk mailbox is chosen', async () => {
    const { outbox, sent, service } = deskThat([], null)
    const ticketId = await openAndReply(service)
    await outbox.sendDue()
    const ticket = await service.get(ticketId)
    expect([sent.length, ticket.replyState, ticket.outbox[0]?.reason]).toEqual([
      0,
      'queued',
      'No helpdesk mailbox is chosen. Choose one in Settings, and the reply leaves.',
    ])
  })

  it('keeps a reply queued and says why while the password cannot be opened', async () => {
    const { outbox, service } = deskThat([], 'locked')
    const ticketId = await openAndReply(service)
    await outbox.sendDue()
    expect((await service.get(ticketId)).outbox[0]?.reason).toMatch(/vault/i)
  })

  it('tries again later, with the same Message-ID, when the server could not be reached', async () => {
    const { outbox, sent, service } = deskThat([
      { kind: 'deferred', reason: 'The server cannot be reached.' },
      { kind: 'accepted', answer: '250 ok' },
    ])
    const ticketId = await openAndReply(service)
    await outbox.sendDue()
    const waiting = (await service.get(ticketId)).outbox
    await outbox.sendDue()
    const tooEarly = sent.length
    nowMs += 30_000
    await outbox.sendDue()
    expect([
      waiting[0]?.reason,
      waiting[0]?.attempts,
      tooEarly,
      new Set(sent.map((m) => m.reply.messageId)).size,
      sent.length,
    ]).toEqual(['The server cannot be reached.', 1, 1, 1, 2])
  })

  it('does not send again by itself when it is not known whether a reply left', async () => {
    const { outbox, sent, service } = deskThat([
      { kind: 'unknown', reason: 'The connection ended after DATA.' },
    ])
    const ticketId = await openAndReply(service)
    await outbox.sendDue()
    nowMs += 86_400_000
    await outbox.sendDue()
    const ticket = await service.get(ticketId)
    expect([sent.length, ticket.replyState, ticket.undoableStepId]).toEqual([1, 'unknown', null])
  })

  it('sends again what is unknown when a person asks for it', async () => {
    const { outbox, sent, service } = deskThat([
      { kind: 'unknown', reason: 'The connection ended after DATA.' },
      { kind: 'accepted', answer: '250 ok' },
    ])
    const ticketId = await openAndReply(service)
    await outbox.sendDue()
    const [reply] = replies(await service.get(ticketId))
    await db.tickets.requeueReply(ticketId, reply?.eventId ?? '', { actor: ana, machineId: 'desk-a', nowMs })
    await outbox.sendDue()
    expect([sent.length, (await service.get(ticketId)).replyState]).toEqual([2, null])
  })

  it('says “unknown” of a reply that was being sent when the program ended', async () => {
    const { outbox, sent, service } = deskThat([])
    const ticketId = await openAndReply(service)
    await db.tickets.claimNextReply(nowMs)
    await outbox.recover()
    await outbox.sendDue()
    expect([sent.length, (await service.get(ticketId)).replyState]).toEqual([0, 'unknown'])
  })

  it('does not send a reply that was undone while it waited', async () => {
    const { outbox, sent, service } = deskThat([])
    const ticketId = await openAndReply(service)
    await service.undo(ticketId)
    await outbox.sendDue()
    expect([sent.length, replies(await service.get(ticketId))]).toEqual([0, []])
  })

  it('cannot undo a reply that is being sent', async () => {
    const { service } = deskThat([])
    const ticketId = await openAndReply(service)
    await db.tickets.claimNextReply(nowMs)
    expect(await service.undo(ticketId)).toBe('nothing_to_undo')
  })

  it('shows a refusal with the server’s words', async () => {
    const { outbox, service } = deskThat([{ kind: 'refused', answer: '550 5.1.1 No such user' }])
    const ticketId = await openAndReply(service)
    await outbox.sendDue()
    const ticket = await service.get(ticketId)
    expect([ticket.replyState, replies(ticket)[0]?.delivery.answer]).toEqual([
      'failed',
      '550 5.1.1 No such user',
    ])
  })
})
