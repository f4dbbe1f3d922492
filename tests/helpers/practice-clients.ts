import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import type { PracticeCompany, PracticeUser } from '../../main/practice/index.ts'

/** A mail program of somebody at the practice company; not connected yet. */
export function imapOf({ caPem }: PracticeCompany, user: PracticeUser): ImapFlow {
  const { host, port, security } = user.imap
  const client = new ImapFlow({
    host: '127.0.0.1',
    port,
    servername: host,
    secure: security === 'tls',
    ...(security === 'starttls' ? { doSTARTTLS: true } : {}),
    tls: { ca: caPem },
    auth: { user: user.username, pass: user.password },
    logger: false,
  })
  // What ends a connection is reported by the command that was waiting.
  client.on('error', () => undefined)
  return client
}

/** Sends a message from a user to an address, as their program is set up; gives the server's answer. */
export async function sendAs(
  { caPem }: PracticeCompany,
  user: PracticeUser,
  to: string,
  subject = 'A test',
): Promise<string> {
  const { host, port, security } = user.smtp
  const transport = createTransport({
    host: '127.0.0.1',
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    tls: { ca: caPem, servername: host },
    auth: { user: user.username, pass: user.password },
  })
  const sent = await transport.sendMail({ from: user.address, to, subject, text: 'Hello from the quay.' })
  return sent.response
}
