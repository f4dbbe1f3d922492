import type { Mailbox } from '../../../core/accounts/types.ts'
import type { Secret } from '../../lib/secret.ts'

/** A folder as the server lists it. */
export interface SourceFolder {
  readonly path: string
  readonly delimiter: string | null
  readonly specialUse: string | null
  /** Its state, where the server tells it with the list (RFC 5819 LIST-STATUS); null: ask for it. */
  readonly state: SourceState | null
}

/** What a server says of a folder's state (RFC 3501 STATUS, RFC 7162 HIGHESTMODSEQ). */
export interface SourceState {
  /** Decimal: UIDVALIDITY and mod-sequences may be larger than what a number holds exactly. */
  readonly uidValidity: string
  readonly uidNext: number
  readonly messages: number
  readonly highestModseq: string | null
}

/** What a server says of a message that may change: flags, and Gmail's labels (null where there are none). */
export interface SourceMarks {
  readonly flags: readonly string[]
  readonly labels: readonly string[] | null
}

/** A message as listed, without its bytes. */
export interface ListedMessage extends SourceMarks {
  readonly uid: number
  readonly internalDateMs: number | null
  readonly sizeBytes: number
  /** Only when asked for. */
  readonly messageId: string | null
  /** RFC 8474 EMAILID or Gmail's X-GM-MSGID: the same for the same message in every folder of the mailbox. */
  readonly emailId: string | null
  readonly threadId: string | null
}

/** What changed in a folder since a mod-sequence. */
export interface SourceChanges {
  readonly marks: ReadonlyMap<number, SourceMarks>
  /** UIDs that left; null where the server does not tell (RFC 7162 QRESYNC). */
  readonly vanished: readonly number[] | null
}

/** A folder opened for reading only; nothing that is done here changes the server, not even \Seen. */
export interface OpenSourceFolder {
  readonly state: SourceState
  /** UIDs in the folder, ascending; of a range `from:to` only, or all. */
  listUids(range?: string): Promise<readonly number[]>
  list(uidSet: string, withMessageId: boolean): Promise<readonly ListedMessage[]>
  /** Flags and labels of the messages, or only of those that changed since a mod-sequence. */
  listChanges(uidSet: string, changedSince: string | null): Promise<SourceChanges>
  /**
   * The bytes of messages, as they arrive; they are gone when the next ones are asked for. A message that the server
   * does not send is simply not there.
   */
  fetch(uidSet: string): AsyncIterable<{ readonly uid: number; readonly bytes: Uint8Array }>
  /**
   * A stretch of a message, which is the caller's from then on; null when the server does not send it, or sends more
   * than it was asked for.
   */
  fetchPart(uid: number, start: number, length: number): Promise<Uint8Array | null>
}

/** What a server offers that changes how a mailbox is pulled. */
export interface SourceOffers {
  /** X-GM-EXT-1: folders are labels, and "All Mail" has every message once. */
  readonly gmailLabels: boolean
  /** RFC 4978 COMPRESS=DEFLATE is offered, or in use. */
  readonly compression: boolean
}

/** One connection to a mailbox. */
export interface MailSource {
  readonly offers: SourceOffers
  listFolders(): Promise<readonly SourceFolder[]>
  /** The folder's state without opening it. Errors: `imap.folder_missing`. */
  status(path: string): Promise<SourceState>
  open(path: string): Promise<OpenSourceFolder>
  /** Asks once more for a message that cannot be had, on a connection of its own, and gives what comes of it. */
  salvage(path: string, uid: number): Promise<Uint8Array>
  close(): Promise<void>
}

/** How a connection is made. */
export interface ConnectionWishes {
  /** Use COMPRESS=DEFLATE where it is offered: worth it on slow links only. */
  readonly compress: boolean
}

/** Connects and signs in. Errors: `network.*`, `tls.*`, `auth.refused`, `imap.*`. */
export type ConnectSource = (
  mailbox: Mailbox,
  secret: Secret,
  signal: AbortSignal,
  wishes?: ConnectionWishes,
) => Promise<MailSource>
