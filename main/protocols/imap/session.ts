import type { ImapStatus } from '../../../core/diagnostics/imap-reply.ts'
import type { ImapReply, ImapSession, Step, WireTarget } from '../../features/diagnostics/ports.ts'
import { deadline } from '../../lib/deadline.ts'
import type { ImapConversation } from './conversation.ts'
import { chooseImapMechanism, noMechanism, orThrow, signIn } from './sign-in.ts'

/** Gives the exact words and codes of a server, which is what a diagnosis is about. Commands queue up. */
export function createImapSession(
  talk: ImapConversation,
  target: WireTarget,
  greeting: ImapStatus,
): ImapSession {
  const known = createCapabilities(greeting)
  const step = createTurns(talk, target)
  return {
    greeting,
    capabilities: known.list,
    command: (line, signal) =>
      step(`after ${line.split(' ', 1)[0] ?? ''}`, signal, async (tag, limit) => {
        talk.send(`${tag} ${line}`)
        return known.learn(orThrow(await talk.readReply(tag, limit)))
      }),
    signIn: async (credentials, signal) => {
      const mechanism = chooseImapMechanism(credentials, known.list())
      if (mechanism === null) return { ok: false, problem: noMechanism(credentials, known.list(), target) }
      return step('during sign-in', signal, async (tag, limit) => {
        const initial = known.list().includes('SASL-IR')
        const reply = await signIn({ talk, tag, mechanism, credentials, initial, limit })
        return { mechanism, reply: known.learn(reply) }
      })
    },
    append: (folder, message, signal) =>
      step('during APPEND', signal, (tag, limit) =>
        append(talk, { tag, folder, message, sync: !known.list().includes('LITERAL+') }, limit),
      ),
    idle: (signal) => step('during IDLE', signal, (tag, limit) => idle(talk, tag, limit)),
    close: async () => {
      if (!talk.dialog.socket.destroyed) talk.send('D0 LOGOUT')
      talk.dialog.socket.end()
      talk.dialog.destroy()
      return Promise.resolve()
    },
  }
}

type Turns = <T>(
  phase: string,
  signal: AbortSignal,
  work: (tag: string, limit: AbortSignal) => Promise<T>,
) => Promise<Step<T>>

/** One command at a time, each with its own tag and limit; whatever goes wrong ends the connection. */
function createTurns(talk: ImapConversation, target: WireTarget): Turns {
  let tail: Promise<unknown> = Promise.resolve()
  let count = 0
  return <T>(phase: string, signal: AbortSignal, work: (tag: string, limit: AbortSignal) => Promise<T>) => {
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
}

function createCapabilities(greeting: ImapStatus) {
  let words = greeting.code === 'CAPABILITY' ? wordsOf(greeting.codeArgs) : []
  return {
    list: () => words,
    learn: (reply: ImapReply): ImapReply => {
      const listed = reply.untagged.find((tokens) => tokens[0] === 'CAPABILITY')
      if (listed !== undefined)
        words = wordsOf(
          listed
            .slice(1)
            .filter((word) => typeof word === 'string')
            .join(' '),
        )
      else if (reply.code === 'CAPABILITY') words = wordsOf(reply.codeArgs)
      return reply
    },
  }
}

interface AppendOptions {
  readonly tag: string
  readonly folder: string
  readonly message: string
  /** Whether the server has to consent before the bytes are sent (without LITERAL+, RFC 7888). */
  readonly sync: boolean
}

async function append(
  talk: ImapConversation,
  options: AppendOptions,
  limit: AbortSignal,
): Promise<ImapReply> {
  const { tag, folder, message, sync } = options
  const { length } = Buffer.from(message)
  talk.send(`${tag} APPEND ${folder} (\\Seen) {${length}${sync ? '' : '+'}}`)
  const refused = sync ? await talk.readReply(tag, limit, true) : null
  if (refused !== null) return refused
  talk.send(message, `(${length} bytes of message)`)
  return orThrow(await talk.readReply(tag, limit))
}

/** IDLE (RFC 2177): ended as soon as the server has consented. */
async function idle(talk: ImapConversation, tag: string, limit: AbortSignal): Promise<ImapReply> {
  talk.send(`${tag} IDLE`)
  const refused = await talk.readReply(tag, limit, true)
  if (refused !== null) return refused
  talk.send('DONE')
  return orThrow(await talk.readReply(tag, limit))
}

const wordsOf = (text: string): readonly string[] =>
  text
    .toUpperCase()
    .split(/\s+/)
    .filter((word) => word !== '')
