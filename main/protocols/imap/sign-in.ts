import type { Credentials, ImapReply, Problem, WireTarget } from '../../features/diagnostics/ports.ts'
import { problemAt } from '../line/channel.ts'
import { concealSignIn } from '../line/conceal.ts'
import { chooseMechanism, plainResponse, xoauth2Response } from '../line/sasl.ts'
import type { ImapConversation } from './conversation.ts'

export type ImapMechanism = 'PLAIN' | 'LOGIN' | 'XOAUTH2'

/** One sign-in attempt. */
export interface ImapSignIn {
  readonly talk: ImapConversation
  readonly tag: string
  readonly mechanism: ImapMechanism
  readonly credentials: Credentials
  /** Whether the response may come with the command (SASL-IR, RFC 4959). */
  readonly initial: boolean
  readonly limit: AbortSignal
}

/** Speaks one mechanism to its end; the reply may be a refusal. */
export async function signIn(attempt: ImapSignIn): Promise<ImapReply> {
  const { talk, tag, mechanism, limit } = attempt
  const { username, secret } = attempt.credentials
  const opened = secret.open()
  const response =
    mechanism === 'XOAUTH2' ? xoauth2Response(username, opened) : plainResponse(username, opened)
  talk.conceal(concealSignIn(username, secret))
  if (mechanism === 'LOGIN') {
    const command = `${tag} LOGIN ${quote(username)}`
    talk.send(`${command} ${quote(opened)}`, `${command} [redacted]`)
    return orThrow(await talk.readReply(tag, limit))
  }
  const command = `${tag} AUTHENTICATE ${mechanism}`
  if (attempt.initial) talk.send(`${command} ${response}`, `${command} [redacted]`)
  else {
    talk.send(command)
    const refused = await talk.readReply(tag, limit, true)
    if (refused !== null) return refused
    talk.send(response, '[redacted]')
  }
  return finishSasl(talk, tag, limit)
}

/** XOAUTH2 tells its reason in a challenge, which has to be answered with an empty line before the NO comes. */
async function finishSasl(talk: ImapConversation, tag: string, limit: AbortSignal): Promise<ImapReply> {
  const end = await talk.readReply(tag, limit, true)
  if (end !== null) return end
  talk.send('')
  return orThrow(await talk.readReply(tag, limit))
}

/** The end of a command that can have no continuation. */
export function orThrow(reply: ImapReply | null): ImapReply {
  if (reply === null) throw new Error('A reply without continuation cannot be null')
  return reply
}

/** LOGINDISABLED forbids the LOGIN command only; SASL mechanisms that are announced stay allowed. */
export function chooseImapMechanism(
  credentials: Credentials,
  capabilities: readonly string[],
): ImapMechanism | null {
  const offered = capabilities.filter((word) => word.startsWith('AUTH=')).map((word) => word.slice(5))
  const chosen = chooseMechanism(
    credentials,
    offered.filter((word) => word !== 'LOGIN'),
  )
  if (chosen !== null || credentials.signIn === 'xoauth2') return chosen
  return capabilities.includes('LOGINDISABLED') ? null : 'LOGIN'
}

/** Says which of the reasons it is that no mechanism suits. */
export function noMechanism(
  credentials: Credentials,
  capabilities: readonly string[],
  target: WireTarget,
): Problem {
  const mechanisms = capabilities.filter((word) => word.startsWith('AUTH=')).map((word) => word.slice(5))
  const facts = { mechanisms, signIn: credentials.signIn === 'xoauth2' ? 'OAuth 2 (XOAUTH2)' : 'a password' }
  const evidence = mechanisms.length === 0 ? 'no mechanism announced' : `announced: ${mechanisms.join(', ')}`
  const onlyTokens = mechanisms.some((word) => word === 'XOAUTH2' || word === 'OAUTHBEARER')
  if (credentials.signIn === 'password' && onlyTokens)
    return problemAt(target, 'imap.oauth_needed', evidence, facts)
  const disabled = capabilities.includes('LOGINDISABLED') && target.server.security === 'none'
  return problemAt(target, disabled ? 'imap.login_disabled' : 'imap.no_usable_mechanism', evidence, facts)
}

/** A quoted string (RFC 9051 section 4.3); UTF-8 in it is what servers accept in practice, a line end never. */
function quote(text: string): string {
  return `"${text.replace(/[\r\n\0]/g, '').replace(/[\\"]/g, '\\$&')}"`
}
