import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterEach, expect, it } from 'vitest'
import { makeCertificates } from '../../helpers/certificates.ts'
import { memoryKeychain } from '../../helpers/keychains.ts'
import { createTestDesk } from '../../helpers/test-desk.ts'
import type { TestDesk } from '../../helpers/test-desk.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function startSubmission() {
  const { caPem, valid } = await makeCertificates(['localhost'])
  const kept: string[] = []
  const server = new SMTPServer({
    key: valid.keyPem,
    cert: valid.certPem,
    onAuth: (auth, _session, done) =>
      auth.password === 'geheim' ? done(null, { user: auth.username ?? '' }) : done(new Error('no')),
    onData: (stream, _session, done) => {
      let text = ''
      stream.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
      stream.on('end', () => {
        kept.push(text)
        done(null, 'kept')
      })
    },
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  stops.push(() => new Promise((resolve) => server.close(() => resolve())))
  return { kept, caPem, port: (server.server.address() as AddressInfo).port }
}

/** Resolves when a ticket has come to a state; looks again at every event about it. */
async function until(
  desk: TestDesk,
  ticketId: string,
  wanted: (state: string | null) => boolean,
): Promise<void> {
  const reached = Promise.withResolvers<void>()
  const look = async () => {
    if (wanted((await desk.call('tickets.get', { ticketId })).replyState)) reached.resolve()
  }
  const stop = desk.desk.subscribe((name) => {
    if (name === 'tickets.changed') void look()
  })
  await look()
  await reached.promise
  stop()
}

it('a reply leaves the desk by the helpdesk mailbox, once, and a note never does', async () => {
  const { kept, caPem, port } = await startSubmission()
  const desk = await createTestDesk({ keychain: memoryKeychain() })
  stops.push(() => desk.dispose())
  const added = await desk.call('accounts.add', {
    name: 'Helpdesk',
    email: 'help@desk.example',
    mailbox: {
      address: 'help@desk.example',
      username: 'help',
      smtp: { host: 'localhost', port, security: 'starttls' },
      network: { dnsServers: [], trustedCaPem: caPem },
    },
    secret: 'geheim',
  })
  await desk.call('settings.update', { helpdeskMailboxId: added.mailboxId, operatorName: 'Mara' })
  const { ticketId, number } = await desk.call('tickets.open', {
    subject: 'Mailbox is full',
    requester: { name: 'Bo', email: 'bo@harbour.example', personId: null },
    note: 'SECRET-NOTE he is upset',
  })
  await desk.call('tickets.note', { ticketId, body: 'SECRET-NOTE again' })
  const { eventId } = await desk.call('tickets.reply', {
    ticketId,
    body: 'There is room again.',
    thenStatus: 'pending',
  })
  await until(desk, ticketId, (state) => state === null)
  const ticket = await desk.call('tickets.get', { ticketId })
  const reply = ticket.timeline.find((entry) => entry.eventId === eventId)
  expect({
    messages: kept.length,
    hasNumber: kept[0]?.includes(`[${number}]`),
    hasNote: kept.join('').includes('SECRET-NOTE'),
    delivery: reply?.kind === 'public_reply' ? [reply.delivery.state, reply.delivery.answer] : null,
    firstResponse: ticket.clocks.firstResponse.state,
    outbox: ticket.outbox,
  }).toEqual({
    messages: 1,
    hasNumber: true,
    hasNote: false,
    delivery: ['accepted', '250 kept'],
    firstResponse: 'stopped',
    outbox: [],
  })
})
