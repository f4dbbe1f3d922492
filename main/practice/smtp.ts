import { buffer } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import type { SMTPServerAuthentication, SMTPServerSession } from 'smtp-server'
import { accountOfAddress, findAccount } from './account.ts'
import type { PracticeAccount } from './account.ts'
import type { KeyPair } from './certificates.ts'
import { deliver } from './delivery.ts'
import { listenOnLoopback } from './listen.ts'

/** A listening submission server (RFC 6409). Disposing ends its connections too. */
export interface SubmissionServer extends AsyncDisposable {
  readonly port: number
  /** Shows another certificate from the next handshake on. */
  setCertificate(certificate: KeyPair): void
}

/** What to serve: `tls` from the first byte, `starttls` offered, or `none` offered. */
export interface SubmissionOptions {
  readonly hostName: string
  readonly accounts: readonly PracticeAccount[]
  readonly security: 'tls' | 'starttls' | 'none'
  readonly certificate: KeyPair
  /** 0 or nothing: a free one. */
  readonly port?: number
}

const maxMessageBytes = 25 * 1024 * 1024

/** Takes mail from users who sign in, and puts it into the company's mailboxes; nothing ever leaves. */
export async function startSubmissionServer(options: SubmissionOptions): Promise<SubmissionServer> {
  const { accounts, security, certificate, hostName } = options
  const signedIn = (session: SMTPServerSession) =>
    accounts.find((one) => one.username === session.user) ?? null
  const server = new SMTPServer({
    name: hostName,
    banner: 'Practice company',
    secure: security === 'tls',
    ...(security === 'none' ? { disabledCommands: ['STARTTLS'] } : {}),
    ...tlsOptions(certificate),
    size: maxMessageBytes,
    authMethods: ['PLAIN', 'LOGIN'],
    disableReverseLookup: true,
    closeTimeout: 1,
    onAuth: (auth, _, done) => {
      const username = signIn(accounts, auth)
      if (username === null) done(refusal(535, '5.7.8 The user name or the password is wrong'))
      else done(null, { user: username })
    },
    onMailFrom: ({ address }, session, done) => done(refuseSender(signedIn(session), address)),
    onRcptTo: ({ address }, _, done) => done(refuseRecipient(accounts, address)),
    onData: (stream, session, done) => {
      const recipients = session.envelope.rcptTo.flatMap(
        ({ address }) => accountOfAddress(accounts, address) ?? [],
      )
      buffer(stream).then(
        (bytes) => {
          if (stream.sizeExceeded) done(refusal(552, '5.3.4 The message is too big'))
          else done(null, deliver(bytes, recipients, hostName))
        },
        (error: unknown) => done(error as Error),
      )
    },
  })
  server.on('error', () => undefined)
  const port = await listenOnLoopback(server.server, options.port)
  return {
    port,
    setCertificate: (next) => server.updateSecureContext(tlsOptions(next)),
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function signIn(accounts: readonly PracticeAccount[], auth: SMTPServerAuthentication): string | null {
  return findAccount(accounts, auth.username ?? '', auth.password ?? '')?.username ?? null
}

function refuseSender(account: PracticeAccount | null, address: string): Error | null {
  if (account?.sendAs.has(address.toLowerCase())) return null
  return refusal(
    550,
    `5.7.1 <${address}>: Sender address rejected: not owned by user ${account?.username ?? ''}`,
  )
}

function refuseRecipient(accounts: readonly PracticeAccount[], address: string): Error | null {
  const account = accountOfAddress(accounts, address)
  if (account === null)
    return refusal(550, `5.1.1 <${address}>: Nobody has this address; nothing leaves the practice company`)
  return account.mail.fits(1) ? null : refusal(552, `5.2.2 <${address}>: Mailbox full: quota exceeded`)
}

function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode })
}

function tlsOptions({ certPem, keyPem }: KeyPair) {
  return { cert: certPem, key: keyPem }
}
