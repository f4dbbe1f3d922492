import type { RestoreItem, RestoreOptions } from '../../../../core/restore/types.ts'
import type { ArchiveSource, Restorable, RestorableMessage } from '../../archive/index.ts'
import type { MailTarget } from '../ports.ts'
import type { Patience } from './patience.ts'

/** What a run remembers of what it and earlier ones did. */
export interface Ledger {
  /** Which message stands under which UID in a folder of this target. */
  known(folder: string, uidValidity: string): Promise<ReadonlyMap<number, string>>
  /** What this restore has added before it was gone on with, by `itemKey`. */
  readonly earlier: ReadonlySet<string>
  note(items: readonly RestoreItem[]): Promise<void>
}

/** Everything that a run of a restore needs. */
export interface RunDeps {
  readonly source: ArchiveSource
  readonly connect: () => Promise<MailTarget>
  readonly ledger: Ledger
  readonly patience: Patience
  /** Connections at once; a server that allows fewer is served by fewer. */
  readonly connections: number
  readonly checkpoint: () => Promise<void>
  readonly onProgress: (done: number, total: number, item: string) => void
  readonly nowMs: () => number
  readonly monotonicMs: () => number
}

/** What a run is to do. */
export interface RunRequest extends Restorable {
  readonly options: RestoreOptions
  readonly dryRun: boolean
}

/** One message that is to be in one folder of the target. */
export interface Task {
  readonly message: RestorableMessage
  readonly source: string
  readonly path: string
  readonly targetFolder: string
  readonly flags: readonly string[]
  readonly sha256: string
  readonly sizeBytes: number
  readonly messageId: string | null
  readonly internalDateMs: number | null
}

/** Names a task within a restore. */
export function itemKey(occurrenceId: number, targetFolder: string): string {
  return `${occurrenceId} ${targetFolder}`
}

/** What became of a task. */
export type Result = Pick<RestoreItem, 'state'> &
  Partial<Pick<RestoreItem, 'uidValidity' | 'uid' | 'knownBy' | 'reason' | 'words'>>

/** A task and what became of it, as the ledger keeps it. */
export function toItem(task: Task, result: Result, atMs: number): RestoreItem {
  const { message, source, path, targetFolder, sha256, sizeBytes } = task
  return {
    occurrenceId: message.occurrenceId,
    subject: message.subject,
    ...{ sha256, sizeBytes, source, path, targetFolder, atMs },
    ...{ uidValidity: null, uid: null, knownBy: null, reason: null, words: null },
    ...result,
  }
}
