import type { ImapStatus } from '../../../core/diagnostics/imap-reply.ts'
import type {
  ImapSession,
  Opening,
  Problem,
  TranscriptPort,
  WireTarget,
} from '../../features/diagnostics/ports.ts'
import { firstWords, looksLike, openSocket, problemAt, secure, speaksTls } from '../line/channel.ts'
import type { JudgedTls } from '../line/channel.ts'
import { createDialog, printable } from '../line/dialog.ts'
import type { LineDialog } from '../line/dialog.ts'
import { createImapConversation } from './conversation.ts'
import { parseGreeting, readGreeting } from './greeting.ts'
import type { Greeted } from './greeting.ts'
import { createImapSession } from './session.ts'

/**
 * Opens IMAP as the settings say, up to the greeting and the capabilities, and says how far it came. A server
 * that speaks only an old TLS is asked a second time with it allowed, so that it can be named.
 */
export async function openImap(
  target: WireTarget,
  transcript: TranscriptPort,
  signal: AbortSignal,
): Promise<Opening<ImapSession>> {
  const first = await attempt(target, transcript, false, signal)
  if (!first.old) return first
  const second = await attempt(target, transcript, true, signal)
  await second.session?.close()
  return second.problem?.code === 'tls.old_version' ? { ...second, session: null } : first
}

type Attempt = Opening<ImapSession> & { readonly old: boolean }

const failed = (problem: Problem, tls: JudgedTls | null = null, old = false): Attempt => ({
  session: null,
  tls,
  problem,
  stage: tls?.verdict.status === 'fail' || tls === null ? 'before_tls' : 'after_tls',
  old,
})

async function attempt(
  target: WireTarget,
  transcript: TranscriptPort,
  allowOld: boolean,
  signal: AbortSignal,
): Promise<Attempt> {
  const opened = await openSocket(target, transcript, signal)
  if (!opened.ok) return failed(opened.problem)
  if (target.server.security !== 'tls')
    return greetInClear(createDialog(opened.value), target, transcript, allowOld, signal)
  const secured = await secure(opened.value, target, transcript, allowOld, signal)
  if (!secured.ok) {
    opened.value.destroy()
    const problem =
      secured.problem.facts['notTls'] === true ? await inClear(target, transcript, signal) : null
    return failed(problem ?? secured.problem, secured.tls, secured.old)
  }
  return greet(secured.dialog, target, transcript, secured.tls, signal)
}

/** Names what a port says that was expected to start with TLS; null when it says nothing. */
async function inClear(
  target: WireTarget,
  transcript: TranscriptPort,
  signal: AbortSignal,
): Promise<Problem | null> {
  const words = printable(await firstWords(target, transcript, signal)).slice(0, 200)
  if (words === '') return null
  return parseGreeting(words) === null
    ? problemAt(target, 'imap.not_imap', words, { looksLike: looksLike(words) })
    : problemAt(target, 'tls.plaintext_on_tls_port', words)
}

async function greet(
  dialog: LineDialog,
  target: WireTarget,
  transcript: TranscriptPort,
  tls: JudgedTls | null,
  signal: AbortSignal,
): Promise<Attempt> {
  const talk = createImapConversation(dialog, target, transcript)
  const greeted = await readGreeting(talk, target, signal)
  if ('problem' in greeted) {
    dialog.destroy()
    return { ...failed(greeted.problem, tls), stage: 'after_tls' }
  }
  const session = createImapSession(talk, target, greeted.greeting)
  const announced = await session.command('CAPABILITY', signal)
  if (announced.ok) return { session, tls, problem: null, stage: 'after_tls', old: false }
  dialog.destroy()
  return { ...failed(announced.problem, tls), stage: 'after_tls' }
}

/** STARTTLS (RFC 9051 section 6.2.1), or no encryption at all. */
async function greetInClear(
  dialog: LineDialog,
  target: WireTarget,
  transcript: TranscriptPort,
  allowOld: boolean,
  signal: AbortSignal,
): Promise<Attempt> {
  if (target.server.security === 'none') return greetWithout(dialog, target, transcript, signal)
  const talk = createImapConversation(dialog, target, transcript)
  const stop = (problem: Problem) => {
    dialog.destroy()
    return failed(problem)
  }
  const greeted = await readGreeting(talk, target, signal)
  if ('problem' in greeted) {
    dialog.destroy()
    return failed(await wantsTls(greeted, target, transcript, signal))
  }
  const session = createImapSession(talk, target, greeted.greeting)
  const announced = await session.command('CAPABILITY', signal)
  if (!announced.ok) return stop(announced.problem)
  if (!session.capabilities().includes('STARTTLS'))
    return stop(withoutStartTls(session.capabilities(), target))
  const consent = await session.command('STARTTLS', signal)
  if (!consent.ok) return stop(consent.problem)
  if (consent.value.status !== 'OK') return stop(problemAt(target, 'tls.starttls_failed', consent.value.text))
  const injected = dialog.pending()
  if (injected !== '') return stop(problemAt(target, 'tls.starttls_injection', injected))
  dialog.release()
  const secured = await secure(dialog.socket, target, transcript, allowOld, signal)
  if (secured.ok)
    return afterStartTls(secured.dialog, secured.tls, target, transcript, greeted.greeting, signal)
  dialog.destroy()
  const broken = secured.problem.code === 'tls.handshake_failed' || secured.problem.code === 'tls.timed_out'
  const problem = broken ? { ...secured.problem, code: 'tls.starttls_failed' as const } : secured.problem
  return failed(problem, secured.tls, secured.old)
}

async function greetWithout(
  dialog: LineDialog,
  target: WireTarget,
  transcript: TranscriptPort,
  signal: AbortSignal,
): Promise<Attempt> {
  const opened = await greet(dialog, target, transcript, null, signal)
  if (opened.problem?.code !== 'imap.no_greeting') return opened
  return {
    ...opened,
    problem: await wantsTls({ problem: opened.problem, silent: true }, target, transcript, signal),
  }
}

async function afterStartTls(
  dialog: LineDialog,
  tls: JudgedTls,
  target: WireTarget,
  transcript: TranscriptPort,
  greeting: ImapStatus,
  signal: AbortSignal,
): Promise<Attempt> {
  const session = createImapSession(createImapConversation(dialog, target, transcript), target, greeting)
  const announced = await session.command('CAPABILITY', signal)
  if (announced.ok) return { session, tls, problem: null, stage: 'after_tls', old: false }
  dialog.destroy()
  return failed(announced.problem, tls)
}

/** A server that waits for TLS keeps silent, so silence is asked once more in TLS. */
async function wantsTls(
  greeted: Extract<Greeted, { problem: Problem }>,
  target: WireTarget,
  transcript: TranscriptPort,
  signal: AbortSignal,
): Promise<Problem> {
  if (!greeted.silent || !(await speaksTls(target, transcript, signal))) return greeted.problem
  return problemAt(target, 'tls.tls_on_plaintext_port', 'silent in the clear, answers TLS')
}

/**
 * A server that forbids passwords in the clear and offers no TLS would be of no use to anyone: then the offer
 * was taken out on the way. So it was where the words are overwritten with X.
 */
function withoutStartTls(capabilities: readonly string[], target: WireTarget): Problem {
  const facts = { capabilities: capabilities.slice(0, 30) }
  if (capabilities.some((word) => /^X{4,}/.test(word)))
    return problemAt(
      target,
      'tls.starttls_stripped',
      'A capability is overwritten with X where STARTTLS stands',
      facts,
    )
  if (capabilities.includes('LOGINDISABLED') && !capabilities.some((word) => word.startsWith('AUTH=')))
    return problemAt(
      target,
      'tls.starttls_stripped',
      'It wants encryption before sign-in, yet STARTTLS is not offered',
      facts,
    )
  return problemAt(target, 'imap.no_starttls', 'STARTTLS is not announced', facts)
}
