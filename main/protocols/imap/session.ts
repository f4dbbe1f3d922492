import type { ImapStatus } from '../../../core/diagnostics/imap-reply.ts'
import type {
  Credentials,
  ImapReply,
  ImapSession,
  Step,
  WireTarget,
} from '../../features/diagnostics/ports.ts'
import { deadline } from '../../lib/deadline.ts'
import { problemAt } from '../line/channel.ts'
import { concealing, formsOf } from '../line/conceal.ts'
import { chooseMechanism, plainResponse, xoauth2Response } from '../line/sasl.ts'
import type { ImapConversation } from './conversation.ts'

/** Gives the exact words and codes of a server, which is what a diagnosis is about. Commands queue up. */
export function createImapSession(
  talk: ImapConversation,
  target: WireTarget,
  greeting: ImapStatus,
): ImapSession {
  let capabilities = greeting.code === 'CAPABILITY' ? wordsOf(greeting.codeArgs) : []
  let tail: Promise<unknown> = Promise.resolve()
  let count = 0
  const learn = (reply: ImapReply): ImapReply => {
    const listed = reply.untagged.find((tokens) => tokens[0] === 'CAPABILITY')
    if (listed !== undefined)
      capabilities = wordsOf(
        listed
          .slice(1)
          .filter((w) => typeof w === 'string')
          .join(' '),
      )
    else if (reply.code === 'CAPABILITY') capabilities = wordsOf(reply.codeArgs)
    return reply
  }
  const step = async <T>(
    phase: string,
    work: (tag: string, limit: AbortSignal) => Promise<T>,
    signal: AbortSignal,
  ) => {
    const turn = tail.then(async (): Promise<Step<T>> => {
      try {
        return { ok: true, value: await work(`D${++count}`, deadline(signal, target.limits.replyMs)) }
      } catch (error) {
        talk.dialog.destroy()
        return { ok: false, problem: talk.explain(error, phase) }
      }
    })
    tail = turn
    return turn
  }
  const reply = async (tag: string, limit: AbortSignal) => learn(orThrow(await talk.readReply(tag, limit)))
  return {
    greeting,
    capabilities: () => capabilities,
    command: (line, signal) =>
      step(
        `after ${line.split(' ', 1)[0] ?? ''}`,
        (tag, limit) => {
          talk.send(`${tag} ${line}`)
          return reply(tag, limit)
        },
        signal,
      ),
    signIn: async (credentials, signal) => {
      const mechanism = chooseImapMechanism(credentials, capabilities)
      if (mechanism === null) return { ok: false, problem: noMechanism(credentials, capabilities, target) }
      const signedIn = await step(
        'during sign-in',
        (tag, limit) => signIn(talk, tag, mechanism, credentials, capabilities, limit),
        signal,
      )
      return signedIn.ok ? { ok: true, value: { mechanism, reply: learn(signedIn.value) } } : signedIn
    },
    append: (folder, message, signal) =>
      step(
        'during APPEND',
        async (tag, limit) => {
          const sync = !capabilities.includes('LITERAL+')
          const bytes = Buffer.from(message)
          talk.send(`${tag} APPEND ${folder} (\\Seen) {${bytes.length}${sync ? '' : '+'}}`)
          const early = sync ? await talk.readReply(tag, limit, true) : null
          if (early !== null) return early
          talk.send(message, `(${bytes.length} bytes of message)`)
          return reply(tag, limit)
        },
        signal,
      ),
    idle: (signal) =>
      step(
        'during IDLE',
        async (tag, limit) => {
          talk.send(`${tag} IDLE`)
          const refused = await talk.readReply(tag, limit, true)
          if (refused !== null) return refused
          talk.send('DONE')
          return reply(tag, limit)
        },
        signal,
      ),
    close: async () => {
      if (!talk.dialog.socket.destroyed) talk.send(`D${++count} LOGOUT`)
      talk.dialog.socket.end()
      talk.dialog.destroy()
      await tail.catch(() => undefined)
    },
  }
}

async function signIn(
  talk: ImapConversation,
  tag: string,
  mechanism: 'PLAIN' | 'LOGIN' | 'XOAUTH2',
  { username, secret }: Credentials,
  capabilities: readonly string[],
  limit: AbortSignal,
): Promise<ImapReply> {
  const opened = secret.open()
  const response =
    mechanism === 'XOAUTH2' ? xoauth2Response(username, opened) : plainResponse(username, opened)
  talk.conceal(concealing(...formsOf(opened, response)))
  if (mechanism === 'LOGIN') {
    talk.send(
      `${tag} LOGIN ${quote(username)} ${quote(opened)}`,
      `${tag} LOGIN ${quote(username)} [redacted]`,
    )
    return orThrow(await talk.readReply(tag, limit))
  }
  const withResponse = capabilities.includes('SASL-IR')
  const command = `${tag} AUTHENTICATE ${mechanism}`
  if (withResponse) talk.send(`${command} ${response}`, `${command} [redacted]`)
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

function orThrow(reply: ImapReply | null): ImapReply {
  if (reply === null) throw new Error('A reply without continuation cannot be null')
  return reply
}

/** LOGINDISABLED forbids the LOGIN command only; SASL mechanisms that are announced stay allowed. */
function chooseImapMechanism(credentials: Credentials, capabilities: readonly string[]) {
  const offered = capabilities.filter((word) => word.startsWith('AUTH=')).map((word) => word.slice(5))
  const chosen = chooseMechanism(
    credentials,
    offered.filter((word) => word !== 'LOGIN'),
  )
  if (chosen !== null || credentials.signIn === 'xoauth2') return chosen
  return capabilities.includes('LOGINDISABLED') ? null : 'LOGIN'
}

function noMechanism(credentials: Credentials, capabilities: readonly string[], target: WireTarget) {
  const mechanisms = capabilities.filter((word) => word.startsWith('AUTH=')).map((word) => word.slice(5))
  const facts = { mechanisms, signIn: credentials.signIn === 'xoauth2' ? 'OAuth 2 (XOAUTH2)' : 'a password' }
  const evidence = mechanisms.length === 0 ? 'no mechanism announced' : `announced: ${mechanisms.join(', ')}`
  const onlyTokens = mechanisms.some((word) => word === 'XOAUTH2' || word === 'OAUTHBEARER')
  if (credentials.signIn === 'password' && onlyTokens)
    return problemAt(target, 'imap.oauth_needed', evidence, facts)
  const disabled = capabilities.includes('LOGINDISABLED') && target.server.security === 'none'
  return problemAt(target, disabled ? 'imap.login_disabled' : 'imap.no_usable_mechanism', evidence, facts)
}

/** A quoted string (RFC 9051 section 4.3); UTF-8 in it is what servers accept in practice. */
function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`
}

const wordsOf = (text: string): readonly string[] =>
  text
    .toUpperCase()
    .split(/\s+/)
    .filter((word) => word !== '')
