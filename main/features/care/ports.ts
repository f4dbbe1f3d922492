import type { Mailbox } from '../../../core/accounts/types.ts'
import type { MessageFact, QuotaUse } from '../../../core/care/types.ts'
import type { Secret } from '../../lib/secret.ts'

/** A folder as the server lists it. */
export interface CareFolder {
  readonly path: string
  readonly delimiter: string | null
  readonly specialUse: string | null
}

/** What a server can do that decides how mail may be removed. */
export interface CareAbilities {
  /** UID EXPUNGE (RFC 4315): these messages and no others. */
  readonly uidPlus: boolean
  /** RFC 6851. */
  readonly move: boolean
  /** X-GM-EXT-1: a folder is a label, and a message is removed only by way of the bin. */
  readonly labels: boolean
}

/**
 * What came of asking the server to remove messages. `marked`: it has no UID EXPUNGE, so the messages are marked
 * \Deleted and stay until a mail program expunges the folder; EXPUNGE would take other people's messages with them.
 */
export type RemoveOutcome = 'removed' | 'marked'

/** What came of a move. `copied`: the copy is there, and the original could only be marked \Deleted. */
export interface MoveOutcome {
  readonly kind: 'moved' | 'copied'
  readonly uidValidity: string | null
  /** Old UID to new UID (COPYUID), where the server tells it. */
  readonly uids: ReadonlyMap<number, number>
}

/** Where to look for messages: every part that is not empty has to fit. */
export interface CareSearch {
  readonly from: string
  readonly subject: string
  readonly messageId: string
}

/** A folder that is open. Facts and headers never read a body and never set \Seen. */
export interface OpenCareFolder {
  readonly uidValidity: string
  /** Every message that comes in from now on gets this UID or a higher one. */
  readonly uidNext: number
  readonly messages: number
  /** Keywords can be made up here (\* of PERMANENTFLAGS, RFC 9051 7.1). */
  readonly keepsKeywords: boolean
  /** Facts of all messages, page after page. */
  facts(pageSize: number): AsyncIterable<readonly MessageFact[]>
  factsOf(uids: readonly number[]): Promise<readonly MessageFact[]>
  search(criteria: CareSearch): Promise<readonly number[]>
  /** The header, at most so many bytes; null when the message is not there. */
  header(uid: number, maxBytes: number): Promise<Uint8Array | null>
  /** The whole message, to be compared by its hash; null when it is not there. */
  bytes(uid: number): Promise<Uint8Array | null>
  storeFlags(uids: readonly number[], add: readonly string[], remove: readonly string[]): Promise<void>
  move(uids: readonly number[], toFolder: string): Promise<MoveOutcome>
  remove(uids: readonly number[]): Promise<RemoveOutcome>
}

/** One connection to a mailbox that is cared for. Errors of all: `imap.*`, `network.*`. */
export interface CareMailbox {
  readonly abilities: CareAbilities
  listFolders(): Promise<readonly CareFolder[]>
  /** RFC 9208; null: the server tells no quota. */
  quota(): Promise<QuotaUse | null>
  /** Errors: `imap.folder_missing`. */
  open(path: string, access: 'read' | 'write'): Promise<OpenCareFolder>
  /** Makes a folder where there is none of this path. */
  makeFolder(path: string): Promise<void>
  /** Puts a message into a folder that exists. */
  append(
    path: string,
    bytes: Uint8Array,
    flags: readonly string[],
    internalDateMs: number | null,
  ): Promise<void>
  close(): Promise<void>
}

/** Connects and signs in. Errors: `network.*`, `tls.*`, `auth.refused`, `imap.*`. */
export type ConnectCare = (mailbox: Mailbox, secret: Secret, signal: AbortSignal) => Promise<CareMailbox>
