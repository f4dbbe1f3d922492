import { isIPv6 } from 'node:net'
import type { Socket } from 'node:net'
import { parseEhlo } from '../../../core/diagnostics/smtp-reply.ts'
import type { SmtpReply } from '../../../core/diagnostics/smtp-reply.ts'
import type { Credentials, Problem, SmtpSession, Step, WireTarget } from '../../features/diagnostics/ports.ts'
import { deadline } from '../../lib/deadline.ts'
import { problemAt } from '../line/channel.ts'
import { concealSignIn } from '../line/conceal.ts'
import { chooseMechanism, plainResponse, xoauth2Response } from '../line/sasl.ts'
import type { SmtpConversation } from './conversation.ts'

type Mechanism = 'PLAIN' | 'LOGIN' | 'XOAUTH2'

/** Gives the exact words and codes of a server. Commands queue up; whatever goes wrong ends the connection. */
export function createSmtpSession(
  talk: SmtpConversation,
  target: WireTarget,
  banner: SmtpReply,
  announced: ReadonlyMap<string, readonly string[]>,
): SmtpSession {
  let tail: Promise<unknown> = Promise.resolve()
  const step = <T>(phase: string, signal: AbortSignal, work: (limit: AbortSignal) => Promise<T>) => {
    const turn = tail.then(() => smtpStep(talk, target, phase, signal, work))
    tail = turn
    return turn
  }
  return {
    banner,
    extensions: () => announced,
    command: (line, signal) =>
      step(`after ${line.split(' ', 1)[0] ?? ''}`, signal, (limit) => {
        talk.send(line)
        return talk.readReply(limit)
      }),
    signIn: (credentials, signal) => {
      const offered = (announced.get('AUTH') ?? []).map((word) => word.toUpperCase())
      const mechanism = chooseMechanism(credentials, offered)
      if (mechanism === null)
        return Promise.resolve({ ok: false, problem: noMechanism(credentials, offered, target) } as const)
      return step('during sign-in', signal, async (limit) => ({
        mechanism,
        reply: await signIn(talk, mechanism, credentials, limit),
      }))
    },
    close: async () => {
      if (!talk.dialog.socket.destroyed) talk.send('QUIT')
      talk.dialog.socket.end()
      talk.dialog.destroy()
      return Promise.resolve()
    },
  }
}

/** One exchange with its own limit, ending with a value or with the reason why the conversation is over. */
export async function smtpStep<T>(
  talk: SmtpConversation,
  target: WireTarget,
  phase: string,
  signal: AbortSignal,
  work: (limit: AbortSignal) => Promise<T>,
): Promise<Step<T>> {
  try {
    return { ok: true, value: await work(deadline(signal, target.limits.replyMs)) }
  } catch (error) {
    talk.dialog.destroy()
    return { ok: false, problem: talk.explain(error, phase) }
  }
}

/** Says EHLO with the socket's own address (RFC 5321 section 4.1.3), since a desktop has no name to give. */
export async function sayEhlo(
  talk: SmtpConversation,
  limit: AbortSignal,
): Promise<{ readonly reply: SmtpReply; readonly extensions: ReadonlyMap<string, readonly string[]> }> {
  const address = (talk.dialog.socket as Partial<Socket>).localAddress ?? '127.0.0.1'
  talk.send(`EHLO [${isIPv6(address) ? `IPv6:${address}` : address}]`)
  const reply = await talk.readReply(limit)
  return { reply, extensions: reply.code === 250 ? parseEhlo(reply) : new Map() }
}

async function signIn(
  talk: SmtpConversation,
  mechanism: Mechanism,
  { username, secret }: Credentials,
  limit: AbortSignal,
): Promise<SmtpReply> {
  const opened = secret.open()
  const response =
    mechanism === 'XOAUTH2' ? xoauth2Response(username, opened) : plainResponse(username, opened)
  talk.conceal(concealSignIn(username, secret))
  // LOGIN has no initial response that all servers understand; the others do (RFC 4954).
  const initial = mechanism === 'LOGIN' ? null : response
  const answers =
    initial === null ? [username, opened].map((text) => Buffer.from(text).toString('base64')) : []
  if (initial === null) talk.send(`AUTH ${mechanism}`)
  else talk.send(`AUTH ${mechanism} ${initial}`, `AUTH ${mechanism} [redacted]`)
  let reply = await talk.readReply(limit)
  for (const answer of answers) {
    if (reply.code !== 334) return reply
    talk.send(answer, '[redacted]')
    reply = await talk.readReply(limit)
  }
  // XOAUTH2 tells its reason in a challenge, which has to be answered before the refusal comes.
  if (reply.code !== 334) return reply
  talk.send('')
  return talk.readReply(limit)
}

function noMechanism(credentials: Credentials, offered: readonly string[], target: WireTarget): Problem {
  const facts = {
    mechanisms: offered,
    signIn: credentials.signIn === 'xoauth2' ? 'OAuth 2 (XOAUTH2)' : 'a password',
  }
  if (offered.length === 0)
    return problemAt(target, 'smtp.no_auth', 'AUTH is not announced', { mechanisms: [] })
  const evidence = `announced: ${offered.join(', ')}`
  const onlyTokens =
    credentials.signIn === 'password' && offered.some((word) => /^(XOAUTH2|OAUTHBEARER)$/.test(word))
  return problemAt(target, onlyTokens ? 'smtp.oauth_needed' : 'smtp.no_usable_mechanism', evidence, {
    ...facts,
    mechanisms: [...facts.mechanisms],
  })
}
