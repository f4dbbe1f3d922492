import { classifySmtpRefusal } from '../../../core/diagnostics/classify-smtp.ts'
import type { SmtpReply } from '../../../core/diagnostics/smtp-reply.ts'
import type { Problem, WireTarget } from '../../features/diagnostics/ports.ts'
import { deadline } from '../../lib/deadline.ts'
import { looksLike, problemAt } from '../line/channel.ts'
import { DialogError, printable } from '../line/dialog.ts'
import type { SmtpConversation } from './conversation.ts'

/** The banner, or why there is none that can be worked with. `silent`: connected, and nothing was said. */
export type Greeted = { readonly banner: SmtpReply } | { readonly problem: Problem; readonly silent: boolean }

/** Reads the banner; some servers wait on purpose before it, to drive robots away, so the limit is generous. */
export async function readBanner(
  talk: SmtpConversation,
  target: WireTarget,
  signal: AbortSignal,
): Promise<Greeted> {
  try {
    const banner = await talk.readReply(deadline(signal, target.limits.replyMs))
    if (banner.code === 220) return { banner }
    const words = `${banner.code} ${banner.enhanced ?? ''} ${banner.text}`.replace('  ', ' ')
    return { problem: problemAt(target, classifySmtpRefusal(banner, 'banner'), words), silent: false }
  } catch (error) {
    return explain(error, talk, target)
  }
}

function explain(error: unknown, talk: SmtpConversation, target: WireTarget): Greeted {
  if (!(error instanceof DialogError))
    return { problem: talk.explain(error, 'before a banner'), silent: false }
  const text = printable(error.lastText).slice(0, 200)
  if (error.end === 'timed_out' || error.end === 'cancelled')
    return { problem: problemAt(target, 'smtp.no_banner', 'no banner'), silent: text === '' }
  if (error.end === 'reset' && text === '')
    return {
      problem: problemAt(target, 'tcp.reset', 'the connection was reset before a banner'),
      silent: false,
    }
  if ((error.end === 'closed' || error.end === 'reset') && text !== '' && !/^\d{3}[ -]/.test(text))
    return {
      problem: problemAt(target, 'smtp.not_smtp', text, { looksLike: looksLike(text) }),
      silent: false,
    }
  return { problem: talk.explain(error, 'before a banner'), silent: false }
}
