import type { FolderPull } from '../../../../core/archive/reports.ts'
import type { PullFailure } from '../../../../core/archive/types.ts'
import type { FolderState } from '../../../../db/archive-index/sync.ts'
import type { ListedMessage, SourceFolder, SourceState } from '../ports.ts'
import type { ArchiveThread } from '../worker/functions.ts'
import type { Link } from './link.ts'
import type { Patience } from './patience.ts'
import type { SourceSession } from './session.ts'
import type { SlabCarrier, SlabPool } from './slabs.ts'

/** What all work of a pull shares. */
export interface PullTools {
  readonly thread: ArchiveThread
  readonly slabs: SlabPool
  readonly link: Link
  readonly patience: Patience
  readonly nowMs: () => number
  /** Waits while paused or while the day's budget is used up; throws when cancelled. */
  readonly checkpoint: () => Promise<void>
  /** Counts what came from the server towards the day's budget. */
  readonly received: (bytes: number) => void
  /** Called when messages are durable, with how many. */
  readonly onStored: (messages: number, path: string) => void
}

/** The tools, and the connection of whoever does the work. */
export interface Hands extends PullTools {
  readonly session: SourceSession
}

/** A folder on the server beside what the archive knows of it. */
export interface FolderTask {
  readonly source: string
  readonly folder: SourceFolder
  readonly state: SourceState
  readonly known: FolderState
  readonly tally: FolderTally
  /** It was pulled to its end. */
  finished: boolean
}

/** A folder whose mail is being fetched. */
export interface FolderJob {
  readonly task: FolderTask
  /** As it was when the folder was opened; UIDs mean something only under its UIDVALIDITY. */
  readonly state: SourceState
  readonly carrier: SlabCarrier
  readonly failures: PullFailure[]
  /** Steps that are not done; the one that makes it 0 finishes the folder. */
  stepsLeft: number
  /** What went wrong with the folder as a whole; its steps that are left are then passed over. */
  broken: boolean
}

/** One step of the work. */
export type Step =
  | { readonly kind: 'open'; readonly task: FolderTask }
  | { readonly kind: 'list'; readonly job: FolderJob; readonly uids: readonly number[] }
  | { readonly kind: 'fetch'; readonly job: FolderJob; readonly batch: Batch }

/** Messages that are asked for in one FETCH. */
export type Batch = readonly ListedMessage[]

/** Counts that grow while a folder is pulled; what is reported even if the pull ends early. */
export type FolderTally = { -readonly [K in keyof FolderPull]: FolderPull[K] }

/** A tally with nothing in it yet. */
export function emptyTally(path: string, serverCount: number | null): FolderTally {
  return {
    path,
    serverCount,
    newMessages: 0,
    newBytes: 0,
    alreadyStored: 0,
    rematched: 0,
    flagChanges: 0,
    gone: 0,
    failures: [],
    unfinished: null,
  }
}
