import { randomBytes } from 'node:crypto'
import { ImapFlow } from 'imapflow'
import type { OutputOf } from '../../core/contract/index.ts'
import type { CleanupRun, RunMessage } from '../../core/care/plans.ts'
import { makeCertificates } from './certificates.ts'
import { startDovecot } from './servers/dovecot.ts'
import type { Dovecot, DovecotUser } from './servers/dovecot.ts'
import { createTestDesk } from './test-desk.ts'
import type { TestDesk } from './test-desk.ts'

/** A desk with mailboxes on a Dovecot of their own, and an archive to clean up into. */
export interface CareLab extends AsyncDisposable {
  readonly desk: TestDesk
  readonly dovecot: Dovecot
  readonly archiveId: string
  readonly mailboxIdOf: (user: string) => string
  /** Signs in as a mail program does. */
  readonly connect: (user: string) => Promise<ImapFlow>
}

/** Every user's password. */
export const password = 'keel 1'

/** Starts both. */
export async function startCareLab(
  users: readonly Omit<DovecotUser, 'password'>[],
  options: {
    readonly desk?: TestDesk
    readonly extraConfig?: string
    /** Off where several processes use the archive, which share no keychain here. */
    readonly encryption?: 'default' | 'off'
  } = {},
): Promise<CareLab> {
  const { valid } = await makeCertificates(['localhost'])
  const dovecot = await startDovecot({
    users: users.map((user) => ({ ...user, password })),
    certificate: valid,
    extraConfig: options.extraConfig ?? '',
  })
  const used = options.desk ?? (await createTestDesk())
  const ids = new Map<string, string>()
  const imap = { host: '127.0.0.1', port: dovecot.ports.imap, security: 'none' } as const
  for (const { name } of users) {
    const mailbox = { address: name, username: name, imap }
    const person = { name, email: name, mailbox, secret: password, remember: false }
    ids.set(name, (await used.call('accounts.add', person)).mailboxId ?? '')
  }
  const { archiveId } = await used.call('archive.create', {
    name: 'Cleaned up',
    encryption: options.encryption ?? 'default',
  })
  const connect = async (user: string) => {
    const client = new ImapFlow({
      ...{ host: '127.0.0.1', port: dovecot.ports.imap, secure: false, doSTARTTLS: false, logger: false },
      auth: { user, pass: password },
    })
    await client.connect()
    return client
  }
  return {
    desk: used,
    dovecot,
    archiveId,
    mailboxIdOf: (user) => ids.get(user) ?? '',
    connect,
    [Symbol.asyncDispose]: async () => {
      await used.dispose()
      await dovecot[Symbol.asyncDispose]()
    },
  }
}

/** What a message is made of. */
export interface Letter {
  readonly subject: string
  readonly from?: string
  readonly messageId?: string
  /** Bytes of an attachment, before base64. */
  readonly attachmentBytes?: number
  readonly header?: readonly string[]
}

/** A message as RFC 5322 wants it, with an attachment where one is asked for. */
export function letter({
  subject,
  from = 'Rosa <rosa@quay.example>',
  messageId,
  attachmentBytes,
  header = [],
}: Letter): Buffer {
  const head = [`From: ${from}`, 'To: ana@lab.test', `Subject: ${subject}`, 'MIME-Version: 1.0', ...header]
  if (messageId !== undefined) head.push(`Message-ID: <${messageId}>`)
  if (attachmentBytes === undefined)
    return Buffer.from([...head, 'Content-Type: text/plain', '', `About ${subject}.`, ''].join('\r\n'))
  const file = randomBytes(attachmentBytes).toString('base64').replace(/.{76}/g, '$&\r\n')
  const body = [
    '--edge',
    'Content-Type: text/plain',
    '',
    'See the file.',
    '--edge',
    'Content-Type: application/pdf; name="plan.pdf"',
    'Content-Disposition: attachment; filename="plan.pdf"',
    'Content-Transfer-Encoding: base64',
    '',
    file,
    '--edge--',
    '',
  ]
  return Buffer.from([...head, 'Content-Type: multipart/mixed; boundary=edge', '', ...body].join('\r\n'))
}

/** Everything in a folder: bytes, flags and dates, as a mail program that signs in now sees it; by date. */
export async function contentsOf(lab: CareLab, user: string, folder: string) {
  const client = await lab.connect(user)
  await client.mailboxOpen(folder, { readOnly: true })
  const all: { source: string; flags: string[]; date: string }[] = []
  for await (const message of client.fetch('1:*', { source: true, flags: true, internalDate: true }))
    all.push({
      source: message.source?.toString('latin1') ?? '',
      flags: [...(message.flags ?? [])].filter((flag) => flag !== '\\Recent').toSorted(),
      date: new Date(message.internalDate ?? 0).toISOString(),
    })
  await client.logout()
  return all.toSorted((a, b) => (a.date + a.source < b.date + b.source ? -1 : 1))
}

/** Waits for the job of a run of a plan; gives the run as it is then, and what the job said. */
export async function runEnded(
  desk: TestDesk,
  started: { readonly runId: string; readonly jobId: string },
): Promise<{ readonly run: CleanupRun; readonly outcome: string | null }> {
  const { outcome } = await desk.finished(started.jobId)
  return { run: await desk.call('care.run', { runId: started.runId }), outcome }
}

/** Every message of a run's first mailbox, by subject. */
export async function messagesOf(desk: TestDesk, run: CleanupRun): Promise<Map<string, RunMessage>> {
  const { messages }: OutputOf<'care.runMessages'> = await desk.call('care.runMessages', {
    itemId: run.items[0]?.itemId ?? '',
    limit: 1000,
  })
  return new Map(messages.map((message) => [message.subject, message]))
}
