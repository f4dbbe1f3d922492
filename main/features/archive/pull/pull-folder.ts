import { toUidSet } from '../../../../core/archive/batches.ts'
import type { ArchiveRecord } from '../../../../core/archive/pack.ts'
import { rematch } from '../../../../core/archive/rematch.ts'
import type { FolderPull } from '../../../../core/archive/reports.ts'
import type { PullFailure } from '../../../../core/archive/types.ts'
import type { FolderState } from '../../../../db/archive-index/sync.ts'
import type { ListedMessage, SourceFolder, SourceState } from '../ports.ts'
import type { ArchiveThread } from '../worker/functions.ts'
import { downloadMessages } from './download.ts'
import type { SourceSession } from './session.ts'
import { createSlabCarrier } from './slabs.ts'

/** What pulling a folder needs. */
export interface FolderPullDeps {
  readonly thread: ArchiveThread
  readonly session: SourceSession
  readonly nowMs: () => number
  readonly checkpoint: () => Promise<void>
  /** Called when messages are durable, with how many. */
  readonly onStored: (messages: number, path: string) => void
}

/** A folder on the server beside what the archive knows of it. */
export interface FolderTask {
  readonly source: string
  readonly folder: SourceFolder
  readonly state: SourceState
  readonly known: FolderState
}

/** Counts that grow while a folder is pulled; what is reported even if the pull ends early. */
export type FolderTally = { -readonly [K in keyof FolderPull]: FolderPull[K] }

/** A tally with nothing in it yet. */
export function emptyTally(path: string, serverCount: number): FolderTally {
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

const listedAtOnce = 2_000
const longestUidSet = 4_000

/**
 * Brings the archive up to one folder: what is new is downloaded, flags that changed and messages that left are
 * recorded, a renumbered folder is recognised. Adds to `tally` as it goes.
 */
export async function pullFolder(deps: FolderPullDeps, task: FolderTask, tally: FolderTally): Promise<void> {
  const earlier = await deps.thread.call('failures', [task.known.folderId])
  if (earlier.length === 0 && isUnchanged(task)) return finish(deps, task, task.state, [])
  const { path } = task.folder
  const { state } = await deps.session.folder(path)
  tally.serverCount = state.messages
  const present = await deps.thread.call('presentFlags', [task.known.folderId, state.uidValidity])
  const onServer = await deps.session.askFolder(path, (folder) => folder.listUids())
  if (task.known.uidValidity !== null && task.known.uidValidity !== state.uidValidity) {
    await recogniseRenumbered(deps, task, state, onServer, present, tally)
  }
  const failures = await downloadNew(deps, task, state, onServer, present, earlier, tally)
  await recordFlags(deps, task, state, present, tally)
  await recordGone(deps, task, state, onServer, present, tally)
  tally.failures = [...failures]
  await finish(deps, task, state, failures)
}

/** Nothing can have changed: same numbering, next UID, count, and no flag has changed either. */
function isUnchanged({ known, state }: FolderTask): boolean {
  return (
    known.uidValidity === state.uidValidity &&
    known.syncedUidNext === state.uidNext &&
    known.serverCount === state.messages &&
    known.highestModseq !== null &&
    known.highestModseq === state.highestModseq
  )
}

async function downloadNew(
  deps: FolderPullDeps,
  task: FolderTask,
  state: SourceState,
  onServer: readonly number[],
  present: ReadonlyMap<number, readonly string[]>,
  earlier: readonly PullFailure[],
  tally: FolderTally,
): Promise<readonly PullFailure[]> {
  const { path } = task.folder
  const target = { source: task.source, path, uidValidity: state.uidValidity }
  const from = task.known.uidValidity === state.uidValidity ? task.known.syncedUidNext : 1
  const again = new Set(earlier.filter((one) => one.uidValidity === state.uidValidity).map((one) => one.uid))
  const wanted = onServer.filter((uid) => (uid >= from || again.has(uid)) && !present.has(uid))
  const carrier = createSlabCarrier(deps.thread, ({ stored, again: known, bytes }) => {
    tally.newMessages += stored
    tally.alreadyStored += known
    tally.newBytes += bytes
    deps.onStored(stored + known, path)
  })
  const failures: PullFailure[] = []
  try {
    for (let at = 0; at < wanted.length; at += listedAtOnce) {
      const listed = await listNew(deps, path, wanted.slice(at, at + listedAtOnce))
      failures.push(...(await downloadMessages({ ...deps, carrier }, target, listed)))
    }
  } finally {
    // Cancelled or cut off: what came until then is kept, and counted.
    await carrier.flush()
  }
  for (const failure of failures) await deps.thread.call('putFailure', [task.known.folderId, failure])
  return failures
}

/** Lists wanted messages; by their span where naming each would make the command too long for some servers. */
async function listNew(
  deps: FolderPullDeps,
  path: string,
  uids: readonly number[],
): Promise<readonly ListedMessage[]> {
  const exact = toUidSet(uids)
  const span = `${uids[0] ?? 1}:${uids.at(-1) ?? 1}`
  const set = exact.length <= longestUidSet ? exact : span
  const listed = await deps.session.askFolder(path, (folder) => folder.list(set, false))
  const wanted = new Set(uids)
  return listed.filter(({ uid }) => wanted.delete(uid))
}

/** Gives messages that are known under old UIDs their new ones, without downloading them. */
async function recogniseRenumbered(
  deps: FolderPullDeps,
  task: FolderTask,
  state: SourceState,
  onServer: readonly number[],
  present: Map<number, string[]>,
  tally: FolderTally,
): Promise<void> {
  const { uidValidity } = state
  const { path } = task.folder
  const before = await deps.thread.call('renumbered', [task.known.folderId, uidValidity])
  const last = onServer.at(-1)
  if (before.length === 0 || last === undefined) return
  const all = await deps.session.askFolder(path, (folder) => folder.list(`1:${last}`, true))
  const listed = all.filter(({ uid }) => !present.has(uid))
  const { pairs } = rematch(
    listed,
    before.flatMap(({ messages }) => messages),
  )
  const records = pairs.map(([now, then]): ArchiveRecord => {
    const { uid, flags, internalDateMs } = now
    const at = {
      source: task.source,
      folder: task.folder.path,
      uidValidity,
      uid,
      flags: [...flags],
      internalDateMs,
    }
    return {
      kind: 'again',
      sha256: then.sha256,
      matchedBy: 'message-id',
      at: { ...at, archivedAtMs: deps.nowMs() },
    }
  })
  await deps.thread.call('record', [records])
  for (const [now] of pairs) present.set(now.uid, [...now.flags])
  tally.rematched = pairs.length
}

async function recordFlags(
  deps: FolderPullDeps,
  task: FolderTask,
  state: SourceState,
  present: ReadonlyMap<number, readonly string[]>,
  tally: FolderTally,
): Promise<void> {
  const last = [...present.keys()].reduce((max, uid) => Math.max(max, uid), 0)
  const since = task.known.uidValidity === state.uidValidity ? task.known.highestModseq : null
  if (last === 0 || (since !== null && since === state.highestModseq)) return
  const from = state.highestModseq === null ? null : since
  const now = await deps.session.askFolder(task.folder.path, (folder) => folder.listFlags(`1:${last}`, from))
  const atMs = deps.nowMs()
  const { source } = task
  const changes = [...now].flatMap(([uid, flags]): readonly ArchiveRecord[] => {
    const before = present.get(uid)
    if (before === undefined || before.toSorted().join(' ') === flags.join(' ')) return []
    const { uidValidity } = state
    return [{ kind: 'flags', source, folder: task.folder.path, uidValidity, uid, flags: [...flags], atMs }]
  })
  await deps.thread.call('record', [changes])
  tally.flagChanges = changes.length
}

/** Marks what left the server; the archive keeps it. */
async function recordGone(
  deps: FolderPullDeps,
  task: FolderTask,
  state: SourceState,
  onServer: readonly number[],
  present: ReadonlyMap<number, readonly string[]>,
  tally: FolderTally,
): Promise<void> {
  const { source } = task
  const folder = task.folder.path
  const atMs = deps.nowMs()
  const gone = (
    uidValidity: string,
    uids: readonly number[],
    why: 'not_on_server' | 'renumbered',
  ): ArchiveRecord[] =>
    uids.length === 0 ? [] : [{ kind: 'gone', source, folder, uidValidity, uids: [...uids], why, atMs }]
  const there = new Set(onServer)
  const left = [...present.keys()].filter((uid) => !there.has(uid))
  const old = await deps.thread.call('settled', [task.known.folderId, state.uidValidity])
  await deps.thread.call('record', [
    [
      ...gone(state.uidValidity, left, 'not_on_server'),
      ...old.flatMap((one) => gone(one.uidValidity, one.renumbered, 'renumbered')),
      ...old.flatMap((one) => gone(one.uidValidity, one.gone, 'not_on_server')),
    ],
  ])
  tally.gone = left.length + old.reduce((sum, one) => sum + one.gone.length, 0)
}

async function finish(
  deps: FolderPullDeps,
  task: FolderTask,
  state: SourceState,
  failures: readonly PullFailure[],
): Promise<void> {
  const { uidValidity, uidNext, highestModseq, messages } = state
  const end = { uidValidity, uidNext, highestModseq, serverCount: messages, pulledAtMs: deps.nowMs() }
  await deps.thread.call('finishFolder', [task.known.folderId, end, failures.map(({ uid }) => uid)])
}
