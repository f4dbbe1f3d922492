import type { Mailbox } from '../../../core/accounts/types.ts'
import type { Secret } from '../../lib/secret.ts'

/** A folder as the server lists it. */
export interface SourceFolder {
  readonly path: string
  readonly delimiter: string | null
  readonly specialUse: string | null
}

/** What a server says of a folder's state (RFC 3501 STATUS, RFC 7162 HIGHESTMODSEQ). */
export interface SourceState {
  /** Decimal: UIDVALIDITY and mod-sequences may be larger than what a number holds exactly. */
  readonly uidValidity: string
  readonly uidNext: number
  readonly messages: number
  readonly highestModseq: string | null
}

/** A message as listed, without its bytes. */
export interface ListedMessage {
  readonly uid: number
  readonly flags: readonly string[]
  readonly internalDateMs: number | null
  readonly sizeBytes: number
  /** Only when asked for. */
  readonly messageId: string | null
}

/** A folder opened for reading only; nothing that is done here changes the server, not even \Seen. */
export interface OpenSourceFolder {
  readonly state: SourceState
  listUids(): Promise<readonly number[]>
  list(uidSet: string, withMessageId: boolean): Promise<readonly ListedMessage[]>
  /** Flags of the messages, or only of those that changed since a mod-sequence. */
  listFlags(uidSet: string, changedSince: string | null): Promise<ReadonlyMap<number, readonly string[]>>
  /** The bytes of messages, as they arrive. A message that the server does not send is simply not there. */
  fetch(uidSet: string): AsyncIterable<{ readonly uid: number; readonly bytes: Uint8Array }>
}

/** One connection to a mailbox. */
export interface MailSource {
  listFolders(): Promise<readonly SourceFolder[]>
  /** The folder's state without opening it. Errors: `imap.folder_missing`. */
  status(path: string): Promise<SourceState>
  open(path: string): Promise<OpenSourceFolder>
  close(): Promise<void>
}

/** Connects and signs in. Errors: `network.*`, `tls.*`, `auth.refused`, `imap.*`. */
export type ConnectSource = (mailbox: Mailbox, secret: Secret, signal: AbortSignal) => Promise<MailSource>
