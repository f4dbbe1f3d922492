import { toUidSet } from '../../../../core/archive/batches.ts'
import type { ArchiveRecord } from '../../../../core/archive/pack.ts'
import { rematch } from '../../../../core/archive/rematch.ts'
import type { ListedMessage, SourceState } from '../ports.ts'
import { takeCensus } from './census.ts'
import type { Census } from './census.ts'
import type { FolderJob, FolderTask, Hands, Step } from './jobs.ts'
import { largeBytes } from './large.ts'
import { occurrenceOf } from './places.ts'
import { createPresent } from './present.ts'
import type { Present } from './present.ts'

const listedAtOnce = 2_000
const longestUidSet = 4_000

/**
 * Begins to bring the archive up to one folder: flags that changed and messages that left are recorded, a renumbered
 * folder is recognised, and what is new becomes steps. Null when there is nothing to fetch and the folder is done.
 */
export async function openFolder(
  hands: Hands,
  task: FolderTask,
): Promise<{ readonly job: FolderJob; readonly steps: readonly Step[] } | null> {
  const { thread, session } = hands
  const { known, tally } = task
  const failed = await thread.call('failures', [known.folderId])
  if (failed.length === 0 && isUnchanged(task)) {
    await finish(hands, task, task.state, [])
    return null
  }
  const { path } = task.folder
  const { state } = await session.folder(path)
  tally.serverCount = state.messages
  const present = createPresent(await thread.call('present', [known.folderId, state.uidValidity]))
  if (known.uidValidity !== null && known.uidValidity !== state.uidValidity)
    await recogniseRenumbered(hands, task, state, present)
  const census = await takeCensus({ session, path, known, state, present, failed })
  await recordChanges(hands, task, state, present, census)
  const carrier = hands.slabs.carrier(({ stored, again, bytes }) => {
    tally.newMessages += stored
    tally.alreadyStored += again
    tally.newBytes += bytes
    hands.onStored(stored + again, path)
  })
  const job: FolderJob = { task, state, carrier, failures: [], stepsLeft: 0, broken: false }
  const steps: Step[] = []
  for (let at = 0; at < census.wanted.length; at += listedAtOnce)
    steps.push({ kind: 'list', job, uids: census.wanted.slice(at, at + listedAtOnce) })
  return { job, steps }
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

/** Lists messages that are to be fetched; what the archive has already is not fetched. */
export async function listMessages(
  hands: Hands,
  job: FolderJob,
  uids: readonly number[],
): Promise<readonly Step[]> {
  const exact = toUidSet(uids)
  // Naming each would make the command too long for some servers: then by their span.
  const set = exact.length <= longestUidSet ? exact : `${uids[0] ?? 1}:${uids.at(-1) ?? 1}`
  const listed = await hands.session.askFolder(job.task.folder.path, (folder) => folder.list(set, false))
  const wanted = new Set(uids)
  const fresh = await takeKnown(
    hands,
    job,
    listed.filter(({ uid }) => wanted.delete(uid)),
  )
  // A message that is fetched in pieces is a batch of its own.
  const small = fresh.filter(({ sizeBytes }) => sizeBytes <= largeBytes)
  const large = fresh.filter(({ sizeBytes }) => sizeBytes > largeBytes)
  const batches = [...(small.length === 0 ? [] : [small]), ...large.map((one) => [one])]
  return batches.map((batch) => ({ kind: 'fetch', job, batch }))
}

/** Records messages that the server itself says are ones that the archive has; returns the others. */
async function takeKnown(
  hands: Hands,
  job: FolderJob,
  listed: readonly ListedMessage[],
): Promise<readonly ListedMessage[]> {
  const emailIds = listed.flatMap(({ emailId }) => (emailId === null ? [] : [emailId]))
  if (emailIds.length === 0) return listed
  const known = new Map(await hands.thread.call('knownByEmailId', [job.task.source, emailIds]))
  const hashOf = ({ emailId }: ListedMessage) => (emailId === null ? undefined : known.get(emailId))
  const records = listed.flatMap((message): readonly ArchiveRecord[] => {
    const sha256 = hashOf(message)
    if (sha256 === undefined) return []
    return [{ kind: 'again', sha256, matchedBy: 'email-id', at: occurrenceOf(hands, job, message) }]
  })
  await hands.thread.call('record', [records])
  job.task.tally.alreadyStored += records.length
  if (records.length > 0) hands.onStored(records.length, job.task.folder.path)
  return listed.filter((message) => hashOf(message) === undefined)
}

/** Gives messages that are known under old UIDs their new ones, without downloading them. */
async function recogniseRenumbered(
  hands: Hands,
  task: FolderTask,
  state: SourceState,
  present: Present,
): Promise<void> {
  const before = await hands.thread.call('renumbered', [task.known.folderId, state.uidValidity])
  if (before.length === 0 || state.messages === 0) return
  const last = state.uidNext - 1
  const all = await hands.session.askFolder(task.folder.path, (folder) => folder.list(`1:${last}`, true))
  const { pairs } = rematch(
    all.filter(({ uid }) => !present.has(uid)),
    before.flatMap(({ messages }) => messages),
  )
  const records = pairs.map(([now, then]): ArchiveRecord => {
    const at = occurrenceOf(hands, { task, state }, now)
    return { kind: 'again', sha256: then.sha256, matchedBy: 'message-id', at }
  })
  await hands.thread.call('record', [records])
  present.add(pairs.map(([now]) => now.uid))
  task.tally.rematched = pairs.length
}

/** Records other flags and labels, and marks what left the server; the archive keeps it. */
async function recordChanges(
  hands: Hands,
  task: FolderTask,
  { uidValidity }: SourceState,
  present: Present,
  census: Census,
): Promise<void> {
  const { source, tally } = task
  const folder = task.folder.path
  const atMs = hands.nowMs()
  const place = { source, folder, uidValidity, atMs }
  const left = new Set(census.left)
  const changes = [...census.marks].flatMap(([uid, marks]): readonly ArchiveRecord[] => {
    if (left.has(uid) || !present.differs(uid, marks)) return []
    const labels = marks.labels === null ? {} : { labels: [...marks.labels] }
    return [{ kind: 'flags', ...place, uid, flags: [...marks.flags], ...labels }]
  })
  const gone: ArchiveRecord[] =
    left.size === 0 ? [] : [{ kind: 'gone', ...place, uids: [...left], why: 'not_on_server' }]
  await hands.thread.call('record', [[...changes, ...gone]])
  tally.flagChanges = changes.length
  tally.gone = left.size
}

/** Ends a folder whose steps are done: everything is durable, and the next pull begins from here. */
export async function finishFolder(hands: Hands, job: FolderJob): Promise<void> {
  await job.carrier.flush()
  const { task, state, failures } = job
  task.tally.failures = [...failures]
  await settleRenumbered(hands, task, state)
  await finish(
    hands,
    task,
    state,
    failures.map(({ uid }) => uid),
  )
}

/** Of what was held under old numbers: what is known under new ones by now was renumbered, the rest is gone. */
async function settleRenumbered(hands: Hands, task: FolderTask, state: SourceState): Promise<void> {
  const { source } = task
  const folder = task.folder.path
  const atMs = hands.nowMs()
  const old = await hands.thread.call('settled', [task.known.folderId, state.uidValidity])
  const gone = (
    uidValidity: string,
    uids: readonly number[],
    why: 'not_on_server' | 'renumbered',
  ): ArchiveRecord[] =>
    uids.length === 0 ? [] : [{ kind: 'gone', source, folder, uidValidity, uids: [...uids], why, atMs }]
  await hands.thread.call('record', [
    old.flatMap((one) => [
      ...gone(one.uidValidity, one.renumbered, 'renumbered'),
      ...gone(one.uidValidity, one.gone, 'not_on_server'),
    ]),
  ])
  task.tally.gone += old.reduce((sum, one) => sum + one.gone.length, 0)
}

async function finish(
  hands: Hands,
  task: FolderTask,
  state: SourceState,
  stillMissing: readonly number[],
): Promise<void> {
  const { uidValidity, uidNext, highestModseq, messages } = state
  const end = { uidValidity, uidNext, highestModseq, serverCount: messages, pulledAtMs: hands.nowMs() }
  await hands.thread.call('finishFolder', [task.known.folderId, end, [...stillMissing]])
  task.finished = true
}
