import { Resolver } from 'node:dns/promises'
import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import { expect, test } from 'vitest'
import { fillMaildir, hashMaildir, sha256 } from '../../helpers/maildir.ts'
import { describeWith } from '../../helpers/with-servers.ts'

describeWith(['dovecot', 'postfix', 'knot'], 'the lab of real servers', (lab) => {
  const [ana, ben] = lab.users
  const tls = { ca: lab.caPem }

  function connectTo(user: { name: string; password: string }): ImapFlow {
    const { host: servername, tlsPort: port } = lab.imap
    const auth = { user: user.name, pass: user.password }
    return new ImapFlow({ host: '127.0.0.1', port, secure: true, servername, tls, auth, logger: false })
  }

  test('a message that Postfix accepts arrives in the INBOX of Dovecot', async () => {
    const client = connectTo(ben!)
    await client.connect()
    await client.mailboxOpen('INBOX')
    const arrived = Promise.withResolvers<number>()
    client.on('exists', (event: { count: number }) => arrived.resolve(event.count))
    const transport = createTransport({
      host: '127.0.0.1',
      port: lab.smtp.submissionPort,
      requireTLS: true,
      tls: { ...tls, servername: lab.smtp.host },
      auth: { user: ana!.name, pass: ana!.password },
    })
    await transport.sendMail({ from: ana!.name, to: ben!.name, subject: 'Ahoy', text: 'From Ana' })
    void client.idle()
    await arrived.promise
    const newest = await client.fetchOne('*', { envelope: true })
    await client.logout()
    expect(newest && newest.envelope?.subject).toBe('Ahoy')
  })

  test('messages written into a Maildir come out of IMAP byte for byte', async () => {
    const maildir = `${lab.imap.mailRoot}/${ana!.name}/Maildir`
    const written = fillMaildir(maildir, 30, { folder: 'Cargo/2026' })
    const client = connectTo(ana!)
    await client.connect()
    await client.mailboxOpen('Cargo/2026')
    const messages = await client.fetchAll('1:*', { source: true })
    await client.logout()
    const received = messages.map((m) => sha256(m.source ?? Buffer.of())).sort()
    const sorted = [...written].sort()
    expect([received, hashMaildir(maildir, 'Cargo/2026')]).toEqual([sorted, sorted])
  })

  test('the DNS server answers for the zone', async () => {
    const resolver = new Resolver()
    resolver.setServers([lab.dns.server])
    const answers = await Promise.all([resolver.resolveMx('lab.test'), resolver.resolve4('imap.lab.test')])
    expect(answers).toEqual([
      [expect.objectContaining({ exchange: 'smtp.lab.test', priority: 10 })],
      ['127.0.0.1'],
    ])
  })
})
