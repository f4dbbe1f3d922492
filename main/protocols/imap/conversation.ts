import { classifyImapBye } from '../../../core/diagnostics/classify-imap.ts'
import { parseImapStatus, tokenizeImap } from '../../../core/diagnostics/imap-reply.ts'
import type { ImapStatus } from '../../../core/diagnostics/imap-reply.ts'
import type { ImapReply, Problem, TranscriptPort, WireTarget } from '../../features/diagnostics/ports.ts'
import { problemAt } from '../line/channel.ts'
import { concealNothing } from '../line/conceal.ts'
import type { Conceal } from '../line/conceal.ts'
import { DialogError, printable } from '../line/dialog.ts'
import type { LineDialog } from '../line/dialog.ts'

const maxLiteralBytes = 1024 * 1024

/** A response with its literals: `{n}` stands in the text for each. */
interface RawResponse {
  readonly text: string
  readonly literals: readonly string[]
}

/** Reading and writing IMAP over a dialogue, with everything written down but secrets. */
export interface ImapConversation {
  readonly dialog: LineDialog
  /** Sends a line; `shown` is what the transcript gets where the line has a secret in it. */
  send(line: string, shown?: string): void
  /** From now on this is done to everything that the server says. */
  conceal(conceal: Conceal): void
  read(signal: AbortSignal): Promise<RawResponse>
  /** Reads up to the tagged end, or up to `+` where `orContinue`; then the status is null. */
  readReply(tag: string, signal: AbortSignal, orContinue?: boolean): Promise<ImapReply | null>
  /** Why it is over, from what was thrown and from what the server said before. */
  explain(error: unknown, phase: string): Problem
}

/** Starts a conversation on a dialogue whose greeting has not been read. */
export function createImapConversation(
  dialog: LineDialog,
  target: WireTarget,
  transcript: TranscriptPort,
): ImapConversation {
  let clean: Conceal = concealNothing
  let bye: ImapStatus | null = null
  const read: ImapConversation['read'] = async (signal) => {
    const response = await readResponse(dialog, clean, signal)
    transcript.server(response.text)
    return response
  }
  return {
    dialog,
    read,
    send: (line, shown = line) => {
      transcript.client(shown)
      dialog.write(`${line}\r\n`)
    },
    conceal: (next) => {
      clean = next
    },
    readReply: async (tag, signal, orContinue = false) => {
      const untagged: ImapReply['untagged'][number][] = []
      const alerts: string[] = []
      for (;;) {
        const { text, literals } = await read(signal)
        if (orContinue && text.startsWith('+')) return null
        const rest = text.startsWith('* ')
          ? text.slice(2)
          : text.startsWith(`${tag} `)
            ? text.slice(tag.length + 1)
            : null
        if (rest === null) continue
        const status = parseImapStatus(rest)
        if (status?.code === 'ALERT') alerts.push(status.text)
        if (status?.status === 'BYE') bye = status
        if (!text.startsWith('* ') && status !== null) return { ...status, untagged, alerts }
        untagged.push(tokenizeImap(rest, literals))
      }
    },
    explain: (error, phase) => explainEnd(error, phase, bye, target, clean),
  }
}

async function readResponse(dialog: LineDialog, clean: Conceal, signal: AbortSignal): Promise<RawResponse> {
  const literals: string[] = []
  let text = ''
  for (;;) {
    text += clean(printable(await dialog.readLine(signal)))
    const size = /\{(\d+)\}$/.exec(text)?.[1]
    if (size === undefined) return { text, literals }
    if (Number(size) > maxLiteralBytes) throw new DialogError('too_much', text)
    literals.push(clean((await dialog.readBytes(Number(size), signal)).toString('utf8')))
  }
}

function explainEnd(
  error: unknown,
  phase: string,
  bye: ImapStatus | null,
  target: WireTarget,
  clean: Conceal,
): Problem {
  if (!(error instanceof DialogError)) throw error
  if (bye !== null)
    return problemAt(target, classifyImapBye(bye, 'later'), bye.text, { code: bye.code, phase })
  const words = { phase, text: clean(printable(error.lastText)).slice(0, 300) }
  switch (error.end) {
    case 'closed':
    case 'reset':
      return problemAt(target, 'imap.closed_early', `the connection ended ${phase}`, words)
    case 'timed_out':
    case 'cancelled':
      return problemAt(target, 'imap.stalled', `no answer ${phase}`, words)
    case 'line_too_long':
      return problemAt(target, 'imap.breaks_protocol', 'a line never ended', { text: 'a line never ended' })
    case 'too_much':
      return problemAt(target, 'imap.breaks_protocol', 'it sent without end', { text: 'it sent without end' })
  }
}
