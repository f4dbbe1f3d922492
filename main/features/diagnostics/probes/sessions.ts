import type { ImapSession, SmtpSession } from '../ports.ts'
import type { ProbeContext } from '../probe.ts'

/** The IMAP connection that is open; a probe that needs it has `imap.greeting` or a later one as its need. */
export function imapOf({ connections }: ProbeContext): {
  readonly session: ImapSession
  readonly transcriptId: string
} {
  return openOf(connections.imap)
}

/** The SMTP connection that is open. */
export function smtpOf({ connections }: ProbeContext): {
  readonly session: SmtpSession
  readonly transcriptId: string
} {
  return openOf(connections.smtp)
}

function openOf<S>(
  opened: readonly { readonly opening: { readonly session: S | null }; readonly transcriptId: string }[],
) {
  for (const { opening, transcriptId } of opened)
    if (opening.session !== null) return { session: opening.session, transcriptId }
  throw new Error('The ladder let a probe run without its connection')
}
