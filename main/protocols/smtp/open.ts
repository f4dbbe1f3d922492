import { classifySmtpRefusal } from '../../../core/diagnostics/classify-smtp.ts'
import type { SmtpReply } from '../../../core/diagnostics/smtp-reply.ts'
import { parseSmtpReply } from '../../../core/diagnostics/smtp-reply.ts'
import type {
  Opening,
  Problem,
  SmtpSession,
  TranscriptPort,
  WireTarget,
} from '../../features/diagnostics/ports.ts'
import { firstWords, looksLike, openSocket, problemAt, secure, speaksTls } from '../line/channel.ts'
import type { JudgedTls } from '../line/channel.ts'
import { createDialog, printable } from '../line/dialog.ts'
import type { LineDialog } from '../line/dialog.ts'
import { createSmtpConversation } from './conversation.ts'
import type { SmtpConversation } from './conversation.ts'
import { readBanner } from './banner.ts'
import { createSmtpSession, sayEhlo, smtpStep } from './session.ts'

/**
 * Opens submission as the settings say, up to EHLO, and says how far it came. A server that speaks only an old
 * TLS is asked a second time with it allowed, so that it can be named.
 */
export async function openSmtp(
  target: WireTarget,
  transcript: TranscriptPort,
  signal: AbortSignal,
): Promise<Opening<SmtpSession>> {
  const first = await attempt({ target, transcript, allowOld: false, signal })
  if (!first.old) return first
  const second = await attempt({ target, transcript, allowOld: true, signal })
  await second.session?.close()
  return second.problem?.code === 'tls.old_version' ? { ...second, session: null } : first
}

interface Attempt {
  readonly target: WireTarget
  readonly transcript: TranscriptPort
  readonly allowOld: boolean
  readonly signal: AbortSignal
}

type Result = Opening<SmtpSession> & { readonly old: boolean }

const failed = (problem: Problem, tls: JudgedTls | null, stage: Result['stage'], old = false): Result => ({
  session: null,
  tls,
  problem,
  stage,
  old,
})

async function attempt(asked: Attempt): Promise<Result> {
  const { target, transcript, signal } = asked
  const opened = await openSocket(target, transcript, signal)
  if (!opened.ok) return failed(opened.problem, null, 'before_tls')
  if (target.server.security !== 'tls') return inClear(createDialog(opened.value), asked)
  const secured = await secure(opened.value, target, transcript, asked.allowOld, signal)
  if (secured.ok) return greet(secured.dialog, secured.tls, asked)
  opened.value.destroy()
  const problem = secured.problem.facts['notTls'] === true ? await spoken(asked) : null
  return failed(problem ?? secured.problem, secured.tls, 'before_tls', secured.old)
}

/** Names what a port says that was expected to start with TLS; null when it says nothing. */
async function spoken({ target, transcript, signal }: Attempt): Promise<Problem | null> {
  const words = printable(await firstWords(target, transcript, signal)).slice(0, 200)
  if (words === '') return null
  return parseSmtpReply([words]) === null
    ? problemAt(target, 'smtp.not_smtp', words, { looksLike: looksLike(words) })
    : problemAt(target, 'tls.plaintext_on_tls_port', words)
}

async function greet(dialog: LineDialog, tls: JudgedTls | null, asked: Attempt): Promise<Result> {
  const { target, transcript, signal } = asked
  const talk = createSmtpConversation(dialog, target, transcript)
  const greeted = await readBanner(talk, target, signal)
  const stop = (problem: Problem) => {
    dialog.destroy()
    return failed(problem, tls, 'after_tls')
  }
  if ('problem' in greeted) {
    const silentInClear = greeted.silent && tls === null
    return stop(silentInClear ? await wantsTls(greeted.problem, asked) : greeted.problem)
  }
  return announce(talk, greeted.banner, tls, asked)
}

async function announce(
  talk: SmtpConversation,
  banner: SmtpReply,
  tls: JudgedTls | null,
  { target, signal }: Attempt,
): Promise<Result> {
  const ehlo = await smtpStep(talk, target, 'after EHLO', signal, (limit) => sayEhlo(talk, limit))
  const problem = ehlo.ok ? refusedEhlo(ehlo.value.reply, target) : ehlo.problem
  if (problem === null && ehlo.ok)
    return {
      session: createSmtpSession(talk, target, banner, ehlo.value.extensions),
      tls,
      problem: null,
      stage: 'after_tls',
      old: false,
    }
  talk.dialog.destroy()
  return failed(problem ?? problemAt(target, 'smtp.refused', 'EHLO'), tls, 'after_tls')
}

function refusedEhlo(reply: SmtpReply, target: WireTarget): Problem | null {
  if (reply.code === 250) return null
  return problemAt(target, classifySmtpRefusal(reply, 'ehlo'), `${reply.code} ${reply.text}`)
}

/** STARTTLS (RFC 3207), or no encryption at all. */
async function inClear(dialog: LineDialog, asked: Attempt): Promise<Result> {
  const { target, transcript, signal, allowOld } = asked
  if (target.server.security === 'none') return greet(dialog, null, asked)
  const talk = createSmtpConversation(dialog, target, transcript)
  const stop = (problem: Problem) => {
    dialog.destroy()
    return failed(problem, null, 'before_tls')
  }
  const greeted = await readBanner(talk, target, signal)
  if ('problem' in greeted)
    return stop(greeted.silent ? await wantsTls(greeted.problem, asked) : greeted.problem)
  const ehlo = await smtpStep(talk, target, 'after EHLO', signal, (limit) => sayEhlo(talk, limit))
  if (!ehlo.ok) return stop(ehlo.problem)
  const refused = refusedEhlo(ehlo.value.reply, target)
  if (refused !== null) return stop(refused)
  if (!ehlo.value.extensions.has('STARTTLS'))
    return stop(withoutStartTls(greeted.banner, ehlo.value.extensions, target))
  const consent = await smtpStep(talk, target, 'after STARTTLS', signal, (limit) => {
    talk.send('STARTTLS')
    return talk.readReply(limit)
  })
  if (!consent.ok) return stop(consent.problem)
  if (consent.value.code !== 220) {
    const words = `${consent.value.code} ${consent.value.text}`
    return stop(problemAt(target, classifySmtpRefusal(consent.value, 'starttls'), words))
  }
  const injected = dialog.pending()
  if (injected !== '') return stop(problemAt(target, 'tls.starttls_injection', injected))
  dialog.release()
  const secured = await secure(dialog.socket, target, transcript, allowOld, signal)
  if (secured.ok)
    return announce(
      createSmtpConversation(secured.dialog, target, transcript),
      greeted.banner,
      secured.tls,
      asked,
    )
  dialog.destroy()
  const broken = ['tls.handshake_failed', 'tls.timed_out'].includes(secured.problem.code)
  const problem = broken ? { ...secured.problem, code: 'tls.starttls_failed' as const } : secured.problem
  return failed(problem, secured.tls, 'before_tls', secured.old)
}

/** A server that waits for TLS keeps silent, so silence is asked once more in TLS. */
async function wantsTls(problem: Problem, { target, transcript, signal }: Attempt): Promise<Problem> {
  if (!(await speaksTls(target, transcript, signal))) return problem
  return problemAt(target, 'tls.tls_on_plaintext_port', 'silent in the clear, answers TLS')
}

/** Firewalls overwrite what they take out: `250-XXXXXXXA`, or a banner of stars. */
function withoutStartTls(
  banner: SmtpReply,
  extensions: ReadonlyMap<string, readonly string[]>,
  target: WireTarget,
): Problem {
  const capabilities = [...extensions.keys()].slice(0, 30)
  const overwritten = capabilities.find((keyword) => /^X{4,}/.test(keyword))
  if (overwritten !== undefined || /^\*{4,}/.test(banner.text)) {
    const seen = `“${overwritten ?? banner.text.slice(0, 40)}” stands where the server’s own words should be`
    return problemAt(target, 'tls.starttls_stripped', seen, { capabilities })
  }
  return problemAt(target, 'smtp.no_starttls', 'STARTTLS is not announced', { capabilities })
}
