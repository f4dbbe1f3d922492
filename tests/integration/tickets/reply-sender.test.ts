import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import type { Mailbox, MailServer } from '../../../core/accounts/types.ts'
import type { OutgoingReply } from '../../../main/features/tickets/index.ts'
import { Secret } from '../../../main/lib/secret.ts'
import { createReplySender } from '../../../main/protocols/smtp/reply-sender.ts'
import { makeCertificates } from '../../helpers/certificates.ts'
import { ana } from '../../helpers/ticket-events.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()))
})

const message: OutgoingReply = {
  reply: {
    kind: 'public_reply',
    eventId: 'e',
    atMs: Date.UTC(2026, 0, 2, 3, 4, 5),
    actor: ana,
    to: 'bo@harbour.example',
    body: 'Grüße.\n.\n.. a line of dots\nPlease try now.',
    messageId: '<reply-2@desk.example>',
    attachmentIds: [],
    delivery: { state: 'queued', answer: '', atMs: 0 },
  },
  fromName: 'Mara Müller',
  subject: '[K7F-1] Re: Mailbox is full – שלום',
  references: ['<reply-0@desk.example>', '<reply-1@desk.example>'],
  attachments: [
    { name: 'größe.bin', mediaType: 'application/octet-stream', bytes: Uint8Array.of(0, 255, 13, 10, 46) },
  ],
}

function mailboxAt(smtp: MailServer | null, trustedCaPem: string | null = null): Mailbox {
  return {
    mailboxId: 'm',
    personId: 'p',
    address: 'help@desk.example',
    username: 'help@desk.example',
    signIn: 'password',
    imap: null,
    smtp,
    network: { dnsServers: [], trustedCaPem },
    createdAtMs: 0,
  }
}

const send = (mailbox: Mailbox, secret = 'right', signal = new AbortController().signal) =>
  createReplySender().send(message, mailbox, new Secret(secret), signal)

/** A submission server with STARTTLS and AUTH that keeps what it accepted. */
async function startSubmission() {
  const { caPem, valid } = await makeCertificates(['localhost', '127.0.0.1'])
  const kept: string[] = []
  const server = new SMTPServer({
    key: valid.keyPem,
    cert: valid.certPem,
    authMethods: ['PLAIN'],
    onAuth: (auth, _session, done) =>
      auth.password === 'right'
        ? done(null, { user: auth.username ?? '' })
        : done(new Error('Wrong password')),
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        kept.push(Buffer.concat(chunks).toString('latin1'))
        done(null, 'queued as A1')
      })
    },
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  stops.push(() => new Promise((resolve) => server.close(() => resolve())))
  const { port } = server.server.address() as AddressInfo
  return { kept, mailbox: mailboxAt({ host: 'localhost', port, security: 'starttls' }, caPem) }
}

/**
 * A server that answers each command with the line that `answers` gives for its first word; null hangs up, an empty one
 * says nothing.
 */
async function startScript(
  answers: Readonly<Record<string, string | null>>,
  onSilence: () => void = () => undefined,
): Promise<Mailbox> {
  const server: Server = createServer((socket: Socket) => {
    let inData = false
    socket.on('error', () => undefined)
    socket.write('220 script\r\n')
    socket.on('data', (chunk) => {
      const text = chunk.toString('latin1')
      if (inData && !text.includes('\r\n.\r\n')) return
      const word = inData ? 'BODY' : (text.split(/[\s:]/, 1)[0] ?? '').toUpperCase()
      const answer = answers[word] ?? (word in answers ? null : '250 ok')
      inData = word === 'DATA' && answer?.startsWith('354') === true
      if (answer === null) socket.destroy()
      else if (answer === '') onSilence()
      else socket.write(`${answer}\r\n`)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stops.push(() => new Promise((resolve) => server.close(() => resolve())))
  return mailboxAt({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, security: 'none' })
}

const talk = { EHLO: '250-script\r\n250 AUTH PLAIN', AUTH: '235 ok', DATA: '354 go on' }

describe('a public reply', () => {
  it('arrives as one well-formed message, with its thread, and the server’s answer is told', async () => {
    const { kept, mailbox } = await startSubmission()
    const outcome = await send(mailbox)
    const parsed = await PostalMime.parse(Buffer.from(kept[0] ?? '', 'latin1'))
    const attachment = parsed.attachments[0]
    expect({
      outcome,
      from: parsed.from,
      to: parsed.to?.map(({ address }) => address),
      subject: parsed.subject,
      messageId: parsed.messageId,
      inReplyTo: parsed.inReplyTo,
      references: parsed.references,
      date: parsed.date,
      text: parsed.text?.replaceAll('\r\n', '\n').trimEnd(),
      attachment: [attachment?.filename, [...new Uint8Array(attachment?.content as ArrayBuffer)]],
    }).toEqual({
      outcome: { kind: 'accepted', answer: '250 queued as A1' },
      from: { name: 'Mara Müller', address: 'help@desk.example' },
      to: ['bo@harbour.example'],
      subject: '[K7F-1] Re: Mailbox is full – שלום',
      messageId: '<reply-2@desk.example>',
      inReplyTo: '<reply-1@desk.example>',
      references: '<reply-0@desk.example> <reply-1@desk.example>',
      date: '2026-01-02T03:04:05.000Z',
      text: 'Grüße.\n.\n.. a line of dots\nPlease try now.',
      attachment: ['größe.bin', [0, 255, 13, 10, 46]],
    })
  })

  it('waits when the helpdesk mailbox’s password is refused: that is ours to mend', async () => {
    const { kept, mailbox } = await startSubmission()
    const outcome = await send(mailbox, 'wrong')
    expect([outcome.kind, kept.length]).toEqual(['deferred', 0])
  })

  it('waits when the server’s certificate is not trusted', async () => {
    const { kept, mailbox } = await startSubmission()
    const outcome = await send({ ...mailbox, network: { dnsServers: [], trustedCaPem: null } })
    expect([outcome.kind, kept.length]).toEqual(['deferred', 0])
  })

  it('waits when nobody answers, and says so', async () => {
    const mailbox = await startScript(talk)
    await Promise.all(stops.splice(0).map((stop) => stop()))
    expect(await send(mailbox)).toMatchObject({
      kind: 'deferred',
      reason: expect.stringContaining('ECONNREFUSED') as string,
    })
  })

  it('waits when the mailbox has no server for sending', async () => {
    expect((await send(mailboxAt(null))).kind).toBe('deferred')
  })

  it('failed when the recipient is refused for good', async () => {
    const mailbox = await startScript({ ...talk, RCPT: '550 5.1.1 No such user' })
    expect(await send(mailbox)).toEqual({ kind: 'refused', answer: '550 5.1.1 No such user' })
  })

  it('waits when the recipient is refused for now', async () => {
    const mailbox = await startScript({ ...talk, RCPT: '451 4.7.1 Greylisted' })
    expect(await send(mailbox)).toEqual({ kind: 'deferred', reason: '451 4.7.1 Greylisted' })
  })

  it('failed when the message itself is refused for good', async () => {
    const mailbox = await startScript({ ...talk, BODY: '554 5.7.1 Spam' })
    expect(await send(mailbox)).toEqual({ kind: 'refused', answer: '554 5.7.1 Spam' })
  })

  it('waits when the message is refused for now', async () => {
    const mailbox = await startScript({ ...talk, BODY: '452 4.3.1 Disk full' })
    expect(await send(mailbox)).toEqual({ kind: 'deferred', reason: '452 4.3.1 Disk full' })
  })

  it('waits when the connection ends before DATA is answered: nothing has left', async () => {
    const mailbox = await startScript({ ...talk, DATA: null })
    expect((await send(mailbox)).kind).toBe('deferred')
  })

  it('is unknown when the connection ends after the message and before the answer', async () => {
    const mailbox = await startScript({ ...talk, BODY: null })
    expect((await send(mailbox)).kind).toBe('unknown')
  })

  it.each([
    ['waits', 'the sign-in', { ...talk, AUTH: '' }, 'deferred'],
    ['is unknown', 'the message itself', { ...talk, BODY: '' }, 'unknown'],
  ])('%s when the program ends while a silent server owes its answer to %s', async (_, __, script, kind) => {
    const stop = new AbortController()
    const mailbox = await startScript(script, () => stop.abort())
    expect(await send(mailbox, 'right', stop.signal)).toEqual({
      kind,
      reason: 'The program ended before the server had answered.',
    })
  })

  it('does not leave when it is stopped before', async () => {
    const { kept, mailbox } = await startSubmission()
    const outcome = await send(mailbox, 'right', AbortSignal.abort())
    expect([outcome.kind, kept.length]).toEqual(['deferred', 0])
  })
})
