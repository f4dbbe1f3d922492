import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import XOAuth2 from 'nodemailer/lib/xoauth2'
import type { Mailbox, MailServer } from '../../../core/accounts/types.ts'
import { AppError } from '../../../core/errors.ts'
import { describeError } from '../../../core/error-text.ts'
import type { OutgoingReply, ReplySender, SendOutcome } from '../../features/tickets/ports.ts'
import type { Secret } from '../../lib/secret.ts'
import { raceAbort } from '../../lib/deadline.ts'
import { lookupHost } from '../dns/lookup-host.ts'
import { concealSignIn } from '../line/conceal.ts'
import { composeReply } from './compose-reply.ts'
import { connectionOptions } from './send.ts'

/**
 * Sends public replies by the mailbox's own submission server (RFC 6409). It uses nodemailer's connection and
 * not its transport, because it must know whether the message was already on its way when something failed:
 * before DATA is answered nothing can have left; after that only the server's answer tells.
 */
export function createReplySender(): ReplySender {
  return {
    send: async (message, mailbox, secret, signal) => {
      const { smtp } = mailbox
      if (smtp === null)
        return {
          kind: 'deferred',
          reason: `${mailbox.address} has no server for sending. Add one under People.`,
        }
      const raw = await composeReply(message, mailbox.address)
      return handOver({ message, mailbox, smtp, secret, raw, signal })
    },
  }
}

const programEnded = 'The program ended before the server had answered.'

interface Handover {
  readonly message: OutgoingReply
  readonly mailbox: Mailbox
  readonly smtp: MailServer
  readonly secret: Secret
  readonly raw: Buffer
  readonly signal: AbortSignal
}

async function handOver(handover: Handover): Promise<SendOutcome> {
  const { mailbox, smtp, secret, raw, signal, message } = handover
  const conceal = concealSignIn(mailbox.username, secret)
  let connection: SMTPConnection | null = null
  let isOnItsWay = false
  const onAbort = () => connection?.close()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    const [found] = await lookupHost(smtp.host, mailbox.network, signal)
    connection = new SMTPConnection(
      connectionOptions({ server: smtp, network: mailbox.network }, found?.address ?? smtp.host),
    )
    // A closed connection of nodemailer answers nobody any more, so each step is left when the program ends.
    await raceAbort(connect(connection), signal)
    await raceAbort(signIn(connection, mailbox, secret), signal)
    const body = onFirstRead(raw, () => (isOnItsWay = true))
    const envelope = { from: mailbox.address, to: message.reply.to, size: raw.length }
    const answer = await raceAbort(deliver(connection, envelope, body), signal)
    return { kind: 'accepted', answer: conceal(answer) }
  } catch (error) {
    return outcomeOf(signal.aborted ? new Error(programEnded) : error, isOnItsWay, conceal)
  } finally {
    signal.removeEventListener('abort', onAbort)
    connection?.close()
  }
}

/** What a failure means for the reply. Trouble with connecting or signing in is ours, and never its end. */
function outcomeOf(error: unknown, isOnItsWay: boolean, conceal: (text: string) => string): SendOutcome {
  const { responseCode = 0, response = '', command = '' } = error as SMTPConnection.SMTPError
  const isAboutMessage = /^(MAIL|RCPT|DATA)/.test(command)
  if (isAboutMessage && responseCode >= 500) return { kind: 'refused', answer: conceal(response) }
  const reason = error instanceof AppError ? wordsOf(error) : conceal(response || (error as Error).message)
  const isAnswered = isAboutMessage && responseCode >= 400
  return { kind: isOnItsWay && !isAnswered ? 'unknown' : 'deferred', reason }
}

function wordsOf(error: AppError): string {
  const { sentence, nextStep } = describeError(error.code, error.details)
  return `${sentence} ${nextStep}`
}

function connect(connection: SMTPConnection): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  connection.on('error', reject)
  connection.connect((error) => {
    if (error === undefined) resolve(undefined)
    else reject(error)
  })
  return promise
}

function signIn(connection: SMTPConnection, mailbox: Mailbox, secret: Secret): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  const user = mailbox.username
  const auth =
    mailbox.signIn === 'xoauth2'
      ? { oauth2: new XOAuth2({ user, accessToken: secret.open() }) }
      : { credentials: { user, pass: secret.open() } }
  connection.once('error', reject)
  connection.login(auth, (error) => {
    if (error) reject(error)
    else resolve(undefined)
  })
  return promise
}

function deliver(
  connection: SMTPConnection,
  envelope: SMTPConnection.Envelope,
  body: Readable,
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  connection.once('error', reject)
  connection.send(envelope, body, (error, info) => {
    if (error === null) resolve(info.response)
    else reject(error)
  })
  return promise
}

/** The message as a stream that tells when it is first asked for: after the server's answer to DATA. */
function onFirstRead(raw: Buffer, started: () => void): Readable {
  return new Readable({
    read() {
      started()
      this.push(raw)
      this.push(null)
    },
  })
}
