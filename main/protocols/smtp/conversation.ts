import { parseSmtpReply } from '../../../core/diagnostics/smtp-reply.ts'
import type { SmtpReply } from '../../../core/diagnostics/smtp-reply.ts'
import type { Problem, TranscriptPort, WireTarget } from '../../features/diagnostics/ports.ts'
import { looksLike, problemAt } from '../line/channel.ts'
import { concealNothing } from '../line/conceal.ts'
import type { Conceal } from '../line/conceal.ts'
import { DialogError, printable } from '../line/dialog.ts'
import type { LineDialog } from '../line/dialog.ts'

const maxReplyLines = 200

/** A server that answers with something that is no SMTP reply. */
export class NotSmtpError extends Error {
  override readonly name = 'NotSmtpError'
  readonly line: string

  constructor(line: string) {
    super('not an SMTP reply')
    this.line = line
  }
}

/** Reading and writing SMTP over a dialogue, with everything written down but secrets. */
export interface SmtpConversation {
  readonly dialog: LineDialog
  /** Sends a line; `shown` is what the transcript gets where the line has a secret in it. */
  send(line: string, shown?: string): void
  conceal(conceal: Conceal): void
  readReply(signal: AbortSignal): Promise<SmtpReply>
  explain(error: unknown, phase: string): Problem
}

/** Starts a conversation on a dialogue whose banner has not been read. */
export function createSmtpConversation(
  dialog: LineDialog,
  target: WireTarget,
  transcript: TranscriptPort,
): SmtpConversation {
  let clean: Conceal = concealNothing
  return {
    dialog,
    send: (line, shown = line) => {
      transcript.client(shown)
      dialog.write(`${line}\r\n`)
    },
    conceal: (next) => {
      clean = next
    },
    readReply: async (signal) => {
      const lines: string[] = []
      for (;;) {
        const line = clean(printable(await dialog.readLine(signal)))
        transcript.server(line)
        lines.push(line)
        if (!/^\d{3}-/.test(line)) break
        if (lines.length > maxReplyLines) throw new DialogError('too_much', line)
      }
      const reply = parseSmtpReply(lines)
      if (reply === null) throw new NotSmtpError(lines[0] ?? '')
      return reply
    },
    explain: (error, phase) => explainEnd(error, phase, target, clean),
  }
}

function explainEnd(error: unknown, phase: string, target: WireTarget, clean: Conceal): Problem {
  if (error instanceof NotSmtpError) {
    const text = error.line.slice(0, 200)
    return problemAt(target, 'smtp.not_smtp', text, { looksLike: looksLike(text) })
  }
  if (!(error instanceof DialogError)) throw error
  const text = clean(printable(error.lastText)).slice(0, 300)
  const last = parseSmtpReply([text])
  switch (error.end) {
    case 'closed':
    case 'reset':
      // A 421 announces that the server is about to hang up (RFC 5321 section 3.8).
      if (last?.code === 421) return problemAt(target, 'smtp.unavailable', last.text)
      return problemAt(target, 'smtp.closed_early', `the connection ended ${phase}`, { phase, text })
    case 'timed_out':
    case 'cancelled':
      return problemAt(target, 'smtp.stalled', `no answer ${phase}`, { phase })
    case 'line_too_long':
      return problemAt(target, 'smtp.breaks_protocol', 'a line never ended')
    case 'too_much':
      return problemAt(target, 'smtp.breaks_protocol', 'it sent without end')
  }
}
