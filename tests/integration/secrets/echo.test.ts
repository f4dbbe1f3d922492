import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { Mailbox, MailServer } from '../../../core/accounts/types.ts'
import type { Credentials, WireTarget } from '../../../main/features/diagnostics/ports.ts'
import { Secret } from '../../../main/lib/secret.ts'
import { openImap } from '../../../main/protocols/imap/open.ts'
import { trySignIn } from '../../../main/protocols/imap/try-sign-in.ts'
import { createReplySender } from '../../../main/protocols/smtp/reply-sender.ts'
import { sendMail } from '../../../main/protocols/smtp/send.ts'

const password = 'tide"and-Time'
const network = { dnsServers: [], trustedCaPem: null }
const credentials: Credentials = { username: 'ana', signIn: 'password', secret: new Secret(password) }
const { signal } = new AbortController()

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

/** A server that answers line by line. */
async function serve(greeting: string, answer: (line: string, socket: Socket) => void): Promise<MailServer> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined).write(`${greeting}\r\n`)
    socket.on('data', (data: Buffer) => {
      for (const line of data.toString().split('\r\n').filter(Boolean)) answer(line, socket)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => server.close())
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port, security: 'none' }
}

/** IMAP that repeats what it was sent at sign-in: whole lines, or half of one before it hangs up. */
const echoImap = (hangsUp: boolean) =>
  serve('* OK ready', (line, socket) => {
    const [tag = '', command = ''] = line.split(' ')
    if (command === 'LOGIN') {
      if (hangsUp) socket.end(`${tag} BAD I do not understand: ${line}`)
      else socket.write(`${tag} NO wrong: ${line}\r\n`)
    } else socket.write(`* CAPABILITY IMAP4rev1\r\n${tag} OK done\r\n`)
  })

const echoSmtp = () =>
  serve('220 ready', (line, socket) => {
    if (line.startsWith('EHLO')) socket.write('250-here\r\n250 AUTH PLAIN\r\n')
    else socket.write(`535 5.7.8 wrong: ${line}\r\n`)
  })

test('a password that a server repeats comes into no answer, finding or reason', async () => {
  const imap = await echoImap(false)
  const cut = await echoImap(true)
  const smtp = await echoSmtp()
  const transcript: string[] = []
  const write = (line: string) => void transcript.push(line)
  const target: WireTarget = {
    server: cut,
    address: cut.host,
    network,
    nowMs: Date.now(),
    limits: { connectMs: 2_000, replyMs: 2_000 },
  }
  const { session } = await openImap(target, { note: write, client: write, server: write }, signal)
  const mailbox: Mailbox = {
    ...{ mailboxId: 'm', personId: 'p', address: 'ana@lab.test', createdAtMs: 0 },
    ...{ username: 'ana', signIn: 'password', imap, smtp, network },
  }
  const envelope = { from: 'ana@lab.test', to: ['bo@lab.test'] }
  const told = [
    await trySignIn({ server: imap, network, ...credentials }, signal),
    await session?.signIn(credentials, signal),
    await sendMail({ server: smtp, network, ...credentials, envelope, raw: 'Subject: x\r\n\r\nx', signal }),
    await createReplySender().send(outgoing, mailbox, credentials.secret, signal),
    transcript,
  ]
  const forms = [password, 'tide\\"and-Time', Buffer.from(`\0ana\0${password}`).toString('base64')]
  const leaks = told.map((one) =>
    forms.filter((form) => JSON.stringify(one).includes(JSON.stringify(form).slice(1, -1))),
  )
  const echoes = told.slice(0, 4).filter((one) => JSON.stringify(one).includes('[redacted]'))
  expect([leaks, echoes.length]).toEqual([[[], [], [], [], []], 4])
})

const outgoing: Parameters<ReturnType<typeof createReplySender>['send']>[0] = {
  reply: {
    kind: 'public_reply',
    eventId: 'e',
    atMs: 0,
    actor: { kind: 'person', name: 'Mara', email: 'mara@desk.example' },
    to: 'bo@harbour.example',
    body: 'Please try now.',
    messageId: '<reply-1@desk.example>',
    attachmentIds: [],
    delivery: { state: 'queued', answer: '', atMs: 0 },
  },
  fromName: 'Mara',
  subject: 'Re: mail',
  references: [],
  attachments: [],
}
