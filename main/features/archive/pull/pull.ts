import type { FolderPull, PullReport } from '../../../../core/archive/reports.ts'
import { AppError } from '../../../../core/errors.ts'
import { describeError } from '../../../../core/error-text.ts'
import type { MailSource, SourceFolder } from '../ports.ts'
import type { ArchiveThread } from '../worker/functions.ts'
import { emptyTally, pullFolder } from './pull-folder.ts'
import type { FolderTally, FolderTask } from './pull-folder.ts'
import { createSourceSession, isSourceFailure } from './session.ts'

/** What a pull works with. */
export interface PullDeps {
  /** A thread whose writer is open on the archive. */
  readonly thread: ArchiveThread
  readonly connect: () => Promise<MailSource>
  readonly nowMs: () => number
  readonly signal: AbortSignal
  /** Waits while paused, throws when cancelled. */
  readonly checkpoint: () => Promise<void>
  readonly onProgress: (done: number, total: number, path: string) => void
  /** Waits between attempts to connect; given by tests. */
  readonly pausesMs?: readonly number[]
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

/**
 * Archives a mailbox, folder by folder. One message that cannot be had, or one folder, never stops the rest. When
 * the pull itself ends early (cancelled, server away, disk full) everything reported until then is in the archive.
 */
export async function pullMailbox(deps: PullDeps, request: PullRequest): Promise<PullOutcome> {
  const session = createSourceSession(deps.connect, deps.signal, deps.pausesMs)
  const done: FolderPull[] = []
  let ended: Error | null = null
  try {
    const folders = chooseFolders(await session.ask((source) => source.listFolders()), request.folders)
    const tasks: FolderTask[] = []
    for (const folder of folders) {
      const task = await prepareTask(deps, session, request.source, folder)
      if ('unfinished' in task) done.push(task)
      else tasks.push(task)
    }
    const total = tasks.reduce((sum, task) => sum + expectedNew(task), 0)
    let stored = 0
    const onStored = (messages: number, path: string) => {
      stored += messages
      deps.onProgress(stored, Math.max(total, stored), path)
    }
    for (const task of tasks) {
      const tally = emptyTally(task.folder.path, task.state.messages)
      done.push(tally)
      await deps.checkpoint()
      ended = await attempt(() => pullFolder({ ...deps, session, onStored }, task, tally), tally)
      if (ended !== null) break
    }
  } catch (error) {
    ended = error instanceof Error ? error : new Error(String(error))
  } finally {
    await session.drop()
  }
  return { report: { kind: 'pull', source: request.source, folders: done }, ended }
}

/** Pulls a folder. A failure that concerns only this folder is written into its tally; any other is returned. */
async function attempt(work: () => Promise<void>, tally: FolderTally): Promise<Error | null> {
  try {
    await work()
    return null
  } catch (error) {
    tally.unfinished =
      error instanceof AppError ? describeError(error.code, error.details).sentence : 'The pull ended here.'
    if (isSourceFailure(error) && /^imap\.(folder_missing|renumbered|protocol)$/.test(error.code)) return null
    return error instanceof Error ? error : new Error(String(error))
  }
}

function chooseFolders(
  listed: readonly SourceFolder[],
  named: readonly string[] | null,
): readonly SourceFolder[] {
  if (named === null) return listed
  const missing = named.find((path) => !listed.some((folder) => folder.path === path))
  if (missing !== undefined) throw new AppError('imap.folder_missing', { details: { folder: missing } })
  return listed.filter(({ path }) => named.includes(path))
}

/** Asks for a folder's state and makes it known to the archive; a folder that cannot be asked is a tally already. */
async function prepareTask(
  deps: PullDeps,
  session: ReturnType<typeof createSourceSession>,
  source: string,
  folder: SourceFolder,
): Promise<FolderTask | FolderTally> {
  const { path, delimiter, specialUse } = folder
  const before = await deps.thread.call('folderState', [source, path])
  // Also a folder that cannot be read is known from now on: coverage and bundles have to name it.
  if (before?.delimiter !== delimiter || before.specialUse !== specialUse)
    await deps.thread.call('record', [[{ kind: 'folder', source, path, delimiter, specialUse }]])
  let state
  try {
    state = await session.ask((mailSource) => mailSource.status(path))
  } catch (error) {
    if (!(error instanceof AppError) || !error.code.startsWith('imap.')) throw error
    return { ...emptyTally(path, 0), unfinished: describeError(error.code, error.details).sentence }
  }
  const known = await deps.thread.call('folderState', [source, path])
  if (known === null) throw new Error(`The archive did not keep the folder ${path}`)
  return { source, folder, state, known }
}

function expectedNew({ known, state }: FolderTask): number {
  if (known.uidValidity !== state.uidValidity) return state.messages
  return Math.max(0, state.messages - (known.serverCount ?? 0))
}
