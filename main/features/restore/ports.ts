import type { Mailbox } from '../../../core/accounts/types.ts'
import type { PermanentFlags } from '../../../core/restore/flags.ts'
import type { NameRules } from '../../../core/restore/mapping.ts'
import type { TargetMark } from '../../../core/restore/present.ts'
import type { Refusal } from '../../../core/restore/refusal.ts'
import type { TargetQuota } from '../../../core/restore/types.ts'
import type { Secret } from '../../lib/secret.ts'

/** What a target can do. */
export interface TargetAbilities {
  /** The largest message that it says it takes (RFC 7889 APPENDLIMIT); null when it does not say. */
  readonly largestBytes: number | null
  /** It names what it was given (RFC 4315 UIDPLUS), so that exactly that can be removed again. */
  readonly undoable: boolean
  /** How many messages one `append` may carry: all are taken or none (RFC 3502 MULTIAPPEND). */
  readonly batchMessages: number
}

/** A folder of a target, looked at to write into it. */
export interface TargetFolderState {
  readonly uidValidity: string
  /** 0 only where the folder is empty. */
  readonly messages: number
  readonly permanentFlags: PermanentFlags
  readonly readOnly: boolean
}

/** A message as it is put into a target. */
export interface AppendMessage {
  readonly bytes: Uint8Array
  readonly flags: readonly string[]
  /** Becomes INTERNALDATE, to the second. */
  readonly internalDateMs: number | null
}

/** What came of putting messages into a folder: all were taken, or none and why. */
export type AppendOutcome =
  | {
      readonly kind: 'appended'
      readonly uidValidity: string | null
      /** In the order given; null where the target does not name what it took. */
      readonly uids: readonly (number | null)[]
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

/**
 * Where a restore puts mail: a mailbox behind one connection, or a folder of files. Errors of every call:
 * `network.*`, `imap.throttled` (with `backoffMs` where the server named a time), `imap.*`, `file.*`.
 */
export interface MailTarget {
  readonly abilities: TargetAbilities
  names(): Promise<NameRules>
  /** Null where the target names no quota. */
  quota(): Promise<TargetQuota | null>
  /** Null: it is there now. Otherwise why the target does not make it. */
  createFolder(path: string): Promise<Refusal | null>
  deleteFolder(path: string): Promise<void>
  /** Errors: `imap.folder_missing`. */
  state(path: string): Promise<TargetFolderState>
  listMarks(path: string): Promise<readonly TargetMark[]>
  append(path: string, messages: readonly AppendMessage[]): Promise<AppendOutcome>
  /** The bytes of messages, as they come; one that is not there does not come. */
  fetch(
    path: string,
    uids: readonly number[],
  ): AsyncIterable<{ readonly uid: number; readonly bytes: Uint8Array }>
  /** Removes exactly these; only where `undoable`. Returns how many of them are gone. */
  remove(path: string, uidValidity: string, uids: readonly number[]): Promise<number>
  close(): Promise<void>
}

/** Connects and signs in, to write. Errors: `network.*`, `tls.*`, `auth.refused`, `imap.*`. */
export type ConnectTarget = (mailbox: Mailbox, secret: Secret, signal: AbortSignal) => Promise<MailTarget>
