import { classifyImapBye } from '../../../core/diagnostics/classify-imap.ts'
import { parseImapStatus } from '../../../core/diagnostics/imap-reply.ts'
import type { ImapStatus } from '../../../core/diagnostics/imap-reply.ts'
import type { Problem, WireTarget } from '../../features/diagnostics/ports.ts'
import { deadline } from '../../lib/deadline.ts'
import { looksLike, problemAt } from '../line/channel.ts'
import { DialogError, printable } from '../line/dialog.ts'
import type { ImapConversation } from './conversation.ts'

/** The first line of a server. `silent`: it accepted the connection and said nothing. */
export type Greeted =
  { readonly greeting: ImapStatus } | { readonly problem: Problem; readonly silent: boolean }

/** The greeting, or why there is none that can be worked with. */
export async function readGreeting(
  talk: ImapConversation,
  target: WireTarget,
  signal: AbortSignal,
): Promise<Greeted> {
  try {
    const { text } = await talk.read(deadline(signal, target.limits.replyMs))
    const greeting = parseGreeting(text)
    if (greeting === null) {
      const facts = { looksLike: looksLike(text), text: text.slice(0, 200) }
      return { problem: problemAt(target, 'imap.not_imap', text.slice(0, 200), facts), silent: false }
    }
    if (greeting.status === 'BYE')
      return {
        problem: problemAt(target, classifyImapBye(greeting, 'greeting'), greeting.text),
        silent: false,
      }
    if (greeting.status === 'PREAUTH')
      return { problem: problemAt(target, 'imap.preauth', greeting.text), silent: false }
    return { greeting }
  } catch (error) {
    return {
      problem: noGreeting(error, target),
      silent: error instanceof DialogError && error.end === 'timed_out',
    }
  }
}

/** Reads `* OK`, `* BYE` or `* PREAUTH` with what follows; null for anything else. */
export function parseGreeting(line: string): ImapStatus | null {
  const status = line.startsWith('* ') ? parseImapStatus(line.slice(2)) : null
  return status !== null && ['OK', 'BYE', 'PREAUTH'].includes(status.status) ? status : null
}

function noGreeting(error: unknown, target: WireTarget): Problem {
  if (!(error instanceof DialogError)) throw error
  const text = printable(error.lastText).slice(0, 200)
  const garbled = text !== '' && !text.startsWith('* ') && (error.end === 'closed' || error.end === 'reset')
  if (garbled) return problemAt(target, 'imap.not_imap', text, { looksLike: looksLike(text) })
  switch (error.end) {
    case 'reset':
      return problemAt(target, 'tcp.reset', 'the connection was reset before a greeting')
    case 'closed':
      return problemAt(target, 'imap.closed_early', 'closed before a greeting', {
        phase: 'before a greeting',
        text,
      })
    case 'timed_out':
    case 'cancelled':
      return problemAt(target, 'imap.no_greeting', 'no greeting')
    case 'line_too_long':
    case 'too_much':
      return problemAt(target, 'imap.breaks_protocol', 'its greeting never ends', {
        text: 'its greeting never ends',
      })
  }
}
