import type { PullReport } from '../../../../core/archive/reports.ts'
import type { PullWait } from '../../../../core/archive/waits.ts'
import { AppError } from '../../../../core/errors.ts'
import type { ConnectionWishes, MailSource, SourceFolder } from '../ports.ts'
import type { ArchiveThread } from '../worker/functions.ts'
import { chooseFolders } from './choose.ts'
import { pullFolders, sentenceOf } from './crew.ts'
import type { CrewOutcome } from './crew.ts'
import { emptyTally } from './jobs.ts'
import type { FolderTally, FolderTask, PullTools } from './jobs.ts'
import { createLink } from './link.ts'
import { createPatience } from './patience.ts'
import type { PullClock } from './patience.ts'
import { createSourceSession, isSourceFailure, patientPausesMs } from './session.ts'
import type { SourceSession } from './session.ts'
import { createSlabPool } from './slabs.ts'

/** What a pull works with. */
export interface PullDeps {
  /** A thread whose writer is open on the archive. */
  readonly thread: ArchiveThread
  readonly connect: (wishes: ConnectionWishes) => Promise<MailSource>
  readonly clock: PullClock
  readonly signal: AbortSignal
  /** Waits while paused or over the day's budget, throws when cancelled. */
  readonly checkpoint: () => Promise<void>
  /** Counts what came from the server towards the day's budget. */
  readonly received: (bytes: number) => void
  readonly onProgress: (done: number, total: number, path: string) => void
  /** Told when the server asks to wait, and with null when that has ended. */
  readonly onWait: (wait: PullWait | null) => void
  /** Waits between attempts to connect; given by tests. */
  readonly pausesMs?: readonly number[]
  /** Connections at most; by itself two on a fast link and four on a slow one. */
  readonly connections?: { readonly fast: number; readonly slow: number }
}

/** Which mailbox, and which of its folders (null: all). */
export interface PullRequest {
  readonly source: string
  readonly folders: readonly string[] | null
}

/** A pull that could not go on, with what it did until then. */
export interface PullOutcome {
  readonly report: PullReport
  /** Why it ended early; null when it came to its end. */
  readonly ended: Error | null
}

/** Two are enough where the link is fast; where it is slow or far, providers limit each connection by itself. */
const defaultConnections = { fast: 2, slow: 4 }

/**
 * Archives a mailbox. One message that cannot be had, or one folder, never stops the rest. When the pull itself ends
 * early (cancelled, server away, disk full) everything reported until then is in the archive.
 */
export async function pullMailbox(deps: PullDeps, request: PullRequest): Promise<PullOutcome> {
  const tallies: FolderTally[] = []
  const connections = createConnections(deps)
  const link = createLink()
  let labelFolders: readonly string[] = []
  let outcome: CrewOutcome = { ended: null, connections: 1, compressed: false }
  try {
    const [offers, listed] = await connections.first.ask(async (mail) => [
      mail.offers,
      await mail.listFolders(),
    ])
    const chosen = chooseFolders(listed, request.folders, offers.gmailLabels)
    ;({ labelFolders } = chosen)
    const tasks = await prepareTasks(deps, connections.first, request.source, chosen.folders, tallies)
    const tools = toolsOf(deps, connections.patience, link, tasks)
    outcome = await pullFolders(
      {
        tools,
        first: connections.first,
        another: connections.another,
        compressFromNow: () => connections.compress(offers.compression),
        most: deps.connections ?? defaultConnections,
      },
      tasks,
    )
  } catch (error) {
    outcome = { ...outcome, ended: error instanceof Error ? error : new Error(String(error)) }
  } finally {
    await connections.first.drop()
  }
  await noteUnfinished(deps, request.source, tallies, outcome.ended)
  const report: PullReport = {
    kind: 'pull',
    source: request.source,
    folders: tallies,
    labelFolders: [...labelFolders],
    connections: outcome.connections,
    linkBytesPerSecond: link.bytesPerSecond(),
    compressed: outcome.compressed,
    waitedMs: connections.patience.waitedMs(),
  }
  return { report, ended: outcome.ended }
}

/** The connections of one pull: what the server asks of one, all heed. */
function createConnections(deps: PullDeps) {
  const { clock, signal } = deps
  const patience = createPatience(clock, signal, deps.onWait)
  let compress = false
  const connect = () => deps.connect({ compress })
  const open = (pausesMs: readonly number[]): SourceSession =>
    createSourceSession({ connect, clock, signal, patience, pausesMs })
  return {
    patience,
    first: open(deps.pausesMs ?? patientPausesMs),
    /** One attempt: where the server does not allow another connection, the first one does the work. */
    another: () => open([0]),
    compress: (offered: boolean) => (compress = offered),
  }
}

function toolsOf(
  deps: PullDeps,
  patience: PullTools['patience'],
  link: PullTools['link'],
  tasks: readonly FolderTask[],
): PullTools {
  const { thread, checkpoint, received } = deps
  const total = tasks.reduce((sum, task) => sum + expectedNew(task), 0)
  let stored = 0
  return {
    ...{ thread, checkpoint, received, patience, link },
    slabs: createSlabPool(thread),
    nowMs: () => deps.clock.nowMs(),
    onStored: (messages, path) => {
      stored += messages
      deps.onProgress(stored, Math.max(total, stored), path)
    },
  }
}

/** Asks for the folders' states and makes them known to the archive. */
async function prepareTasks(
  deps: PullDeps,
  session: SourceSession,
  source: string,
  folders: readonly SourceFolder[],
  tallies: FolderTally[],
): Promise<readonly FolderTask[]> {
  const tasks: FolderTask[] = []
  // Also a folder that cannot be read is known from now on: coverage and bundles have to name it.
  const known = await deps.thread.call('knowFolders', [source, folders.map(withoutState)])
  for (const [n, folder] of folders.entries()) {
    const before = known[n]
    if (before === undefined) throw new Error(`The archive did not keep the folder ${folder.path}`)
    const tally = emptyTally(folder.path, null)
    tallies.push(tally)
    try {
      const state = folder.state ?? (await session.ask((mail) => mail.status(folder.path)))
      tally.serverCount = state.messages
      tasks.push({ source, folder, state, known: before, tally, finished: false })
    } catch (error) {
      if (!isSourceFailure(error) || !error.code.startsWith('imap.')) throw error
      tally.unfinished = sentenceOf(error)
    }
  }
  return tasks
}

const withoutState = ({ path, delimiter, specialUse }: SourceFolder) => ({ path, delimiter, specialUse })

/** Keeps with the archive why folders were not pulled to their end, so that it is known tomorrow, too. */
async function noteUnfinished(
  deps: PullDeps,
  source: string,
  tallies: readonly FolderTally[],
  ended: Error | null,
): Promise<void> {
  const unfinished = tallies.filter((tally) => tally.unfinished !== null)
  if (unfinished.length === 0) return
  const notes = unfinished.map(({ path, unfinished: why }) => [path, why ?? ''] as [string, string])
  try {
    await deps.thread.call('noteUnfinished', [source, notes, deps.clock.nowMs()])
  } catch (error) {
    // The disk may be what the pull ended by; then that is said.
    if (ended === null || !(error instanceof AppError)) throw error
  }
}

function expectedNew({ known, state }: FolderTask): number {
  if (known.uidValidity !== state.uidValidity) return state.messages
  return Math.max(0, state.messages - (known.serverCount ?? 0))
}
