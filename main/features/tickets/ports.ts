import type { Mailbox } from '../../../core/accounts/types.ts'
import type { PublicReply } from '../../../core/tickets/shapes.ts'
import type { Secret } from '../../lib/secret.ts'

/** A reply as it is handed to a mail server. Only a `PublicReply` fits: a note cannot be put here. */
export interface OutgoingReply {
  readonly reply: PublicReply
  readonly fromName: string
  readonly subject: string
  /** Message-IDs of the replies before it, oldest first. */
  readonly references: readonly string[]
  readonly attachments: readonly {
    readonly name: string
    readonly mediaType: string
    readonly bytes: Uint8Array
  }[]
}

/**
 * What came of handing a reply over. deferred: it has certainly not left and may be tried again. unknown: the
 * message was on its way when the connection ended, so nobody can tell; it is never sent again unasked.
 */
export type SendOutcome =
  | { readonly kind: 'accepted' | 'refused'; readonly answer: string }
  | { readonly kind: 'deferred' | 'unknown'; readonly reason: string }

/** Hands replies to the submission server of the helpdesk mailbox. Never rejects: an abort is an outcome too. */
export interface ReplySender {
  send(message: OutgoingReply, mailbox: Mailbox, secret: Secret, signal: AbortSignal): Promise<SendOutcome>
}

/** Opens a mailbox with its secret. Errors: `secret.missing`, `record.not_found`. */
export interface HelpdeskMailbox {
  open(mailboxId: string): Promise<{ readonly mailbox: Mailbox; readonly secret: Secret }>
}
