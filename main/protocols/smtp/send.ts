import { createTransport } from 'nodemailer'
import { rootCertificates } from 'node:tls'
import { classifySmtpRefusal } from '../../../core/diagnostics/classify-smtp.ts'
import type { SmtpPhase } from '../../../core/diagnostics/classify-smtp.ts'
import { parseSmtpReply } from '../../../core/diagnostics/smtp-reply.ts'
import type { Problem, Step, Submission } from '../../features/diagnostics/ports.ts'
import { raceAbort } from '../../lib/deadline.ts'
import { lookupHost } from '../dns/lookup-host.ts'
import { concealSignIn } from '../line/conceal.ts'

const timeoutMs = 20_000

/**
 * Hands a finished message over for sending and gives the server's last answer as it was: accepted is not
 * delivered. A refusal is the end of the step. Rejects only when aborted.
 */
export async function sendMail(submission: Submission): Promise<Step<string>> {
  const { server, network, signal } = submission
  const conceal = concealSignIn(submission.username, submission.secret)
  try {
    const [found] = await lookupHost(server.host, network, signal)
    const transport = createTransport({
      ...connectionOptions(submission, found?.address ?? server.host),
      ...authentication(submission),
    })
    try {
      const info = await raceAbort(
        transport.sendMail({
          envelope: { ...submission.envelope, to: [...submission.envelope.to] },
          raw: submission.raw,
        }),
        signal,
      )
      return { ok: true, value: conceal(info.response) }
    } finally {
      transport.close()
    }
  } catch (error) {
    signal.throwIfAborted()
    return { ok: false, problem: explain(error, submission, conceal) }
  }
}

/** nodemailer's options for one server: the address to connect to, the name to expect, the CA to trust. */
export function connectionOptions(
  { server, network }: Pick<Submission, 'server' | 'network'>,
  address: string,
) {
  return {
    host: address,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs * 2,
    tls: {
      servername: server.host,
      ...(network.trustedCaPem === null ? {} : { ca: [...rootCertificates, network.trustedCaPem] }),
    },
  }
}

function authentication({ username, signIn, secret }: Submission) {
  return signIn === 'xoauth2'
    ? { auth: { type: 'OAuth2' as const, user: username, accessToken: secret.open() } }
    : { auth: { user: username, pass: secret.open() } }
}

/** nodemailer's error fields (nodemailer.com, "Error handling") as a finding. */
function explain(error: unknown, submission: Submission, conceal: (text: string) => string): Problem {
  const { host, port } = submission.server
  const fields = (error instanceof Error ? error : new Error(String(error))) as Error & {
    readonly response?: string
    readonly command?: string
    readonly code?: string
  }
  const response = fields.response ?? ''
  const reply = parseSmtpReply(response.split(/\r?\n/).filter((line) => line !== ''))
  const evidence = conceal(response || fields.message)
  const facts = {
    host,
    port,
    text: evidence,
    sender: submission.envelope.from,
    recipient: submission.envelope.to.join(', '),
  }
  if (reply !== null)
    return { code: classifySmtpRefusal(reply, phaseOf(fields.command ?? '')), evidence, facts }
  return { code: fields.code === 'ETLS' ? 'tls.handshake_failed' : 'smtp.closed_early', evidence, facts }
}

function phaseOf(command: string): SmtpPhase {
  if (/^AUTH/i.test(command)) return 'auth'
  if (/^MAIL/i.test(command)) return 'mail'
  if (/^RCPT/i.test(command)) return 'rcpt'
  if (/^STARTTLS/i.test(command)) return 'starttls'
  if (/^(EHLO|HELO)/i.test(command)) return 'ehlo'
  return /^CONN/i.test(command) ? 'banner' : 'data'
}
