import { describeError } from '../../../../core/error-text.ts'
import { mapFolders, nameKey, plainName } from '../../../../core/restore/mapping.ts'
import type { NameRules } from '../../../../core/restore/mapping.ts'
import type { MappedFolder, RestoreReport, RestoreStop, TargetQuota } from '../../../../core/restore/types.ts'
import type { TargetFolderState } from '../ports.ts'
import { compareFolder } from './compare-folder.ts'
import { createGate } from './gate.ts'
import { openLane, openMoreLanes } from './lanes.ts'
import type { Lane, Waits } from './lanes.ts'
import { isLost, isThrottle } from './patience.ts'
import { fitsInto, tasksOf } from './plan.ts'
import { fillFolder, settler } from './restore-folder.ts'
import { createTally } from './tally.ts'
import type { Tally } from './tally.ts'
import { itemKey } from './types.ts'
import type { Result, RunDeps, RunRequest, Task } from './types.ts'

/** A run as it goes on. */
interface Going {
  readonly deps: RunDeps
  readonly request: RunRequest
  readonly names: NameRules
  readonly first: Lane
  readonly waits: Waits
  readonly tally: Tally
  /** More than one only once there is something to add. */
  lanes: readonly Lane[] | null
  /** Folders that were looked for: the name they have now, or why they cannot be had. */
  readonly found: Map<string, FoundFolder>
  readonly total: number
}

type FoundFolder =
  { readonly name: string; readonly refused: null } | { readonly name: string; readonly refused: string }

/**
 * Restores a selection. What the target has already is not added: the ledger and the target itself are asked, folder
 * by folder. A message that is refused is noted and does not stop the rest; a full mailbox does. When it throws, what
 * was noted until then stands, and a new run goes on from there. Errors: those of the target and of the archive.
 */
export async function runRestore(deps: RunDeps, request: RunRequest): Promise<RestoreReport> {
  const startedMs = deps.monotonicMs()
  const waits: Waits = { throttledMs: 0 }
  const first = await openLane(deps, waits)
  const [names, quota] = [await first.ask((t) => t.names()), await first.ask((t) => t.quota())]
  const mapped = mapFolders(await deps.source.folders(request), names, request.options)
  const total = mapped.reduce((sum, one) => sum + one.messages, 0)
  const tally = createTally()
  const going: Going = { deps, request, names, first, waits, tally, lanes: null, found: new Map(), total }
  let stopped: RestoreStop | null = null
  let untried = 0
  try {
    for (const folder of mapped) {
      if (stopped !== null) {
        untried += folder.messages
        continue
      }
      deps.onProgress(tally.done(), Math.max(total, tally.done()), folder.target)
      const messages = await deps.source.messages(request, folder.folderId)
      const tasks = tasksOf(folder, messages, names, request.options)
      const before = tally.done()
      stopped = await restoreTasks(going, folder, tasks)
      untried += Math.max(0, tasks.length - (tally.done() - before))
    }
  } finally {
    for (const lane of going.lanes ?? [first]) await lane.close().catch(() => undefined)
  }
  return reportOf(going, quota, stopped, untried, deps.monotonicMs() - startedMs)
}

/** A server that throttles for too long, or is not reached any more, stops the run; it does not undo it. */
async function restoreTasks(
  going: Going,
  folder: MappedFolder,
  tasks: readonly Task[],
): Promise<RestoreStop | null> {
  try {
    if (tasks.length === 0) await emptyFolder(going, folder.target, folder.renamed)
    for (const [target, group] of Map.groupBy(tasks, ({ targetFolder }) => targetFolder)) {
      const stop = await restoreFolder(going, target, group, folder.renamed)
      if (stop !== null) return stop
    }
    return null
  } catch (error) {
    going.deps.patience.signal.throwIfAborted()
    if (!isThrottle(error) && !isLost(error)) throw error
    const { sentence, nextStep } = describeError(error.code, error.details)
    return { reason: isThrottle(error) ? 'throttled' : 'connection', words: `${sentence} ${nextStep}` }
  }
}

function reportOf(
  { tally, request, waits }: Going,
  quota: TargetQuota | null,
  stopped: RestoreStop | null,
  notTried: number,
  elapsedMs: number,
): RestoreReport {
  const totals = tally.totals()
  const { restored, alreadyThere, refused, unreadable } = totals
  return {
    dryRun: request.dryRun,
    folders: [...tally.folders()],
    messages: restored + alreadyThere + refused + unreadable + notTried,
    ...totals,
    notTried,
    stopped,
    quota,
    fits: fitsInto(quota, request.dryRun ? totals.restoredBytes : 0),
    throttledMs: waits.throttledMs,
    elapsedMs: Math.round(elapsedMs),
  }
}

async function emptyFolder(going: Going, wanted: string, renamed: string | null): Promise<void> {
  if (going.request.dryRun) going.tally.folder(wanted, { created: false, renamed })
  else await findFolder(going, wanted, renamed)
}

/** Brings one folder of the target to hold what it is to hold. */
async function restoreFolder(
  going: Going,
  wanted: string,
  group: readonly Task[],
  renamed: string | null,
): Promise<RestoreStop | null> {
  const { deps, first, request, tally } = going
  const onSettled = (task: Task, { state }: Result) => {
    const known = deps.ledger.earlier.has(itemKey(task.message.occurrenceId, task.targetFolder))
    tally.count(task, known && state === 'already_there' ? 'restored' : state)
    deps.onProgress(tally.done(), Math.max(going.total, tally.done()), task.targetFolder)
  }
  const settle = settler(deps, onSettled)
  const folder = await findFolder(going, wanted, renamed)
  const tasks = folder.name === wanted ? group : group.map((task) => ({ ...task, targetFolder: folder.name }))
  if (folder.refused !== null) {
    const result: Result = { state: 'refused', reason: 'folder_refused', words: folder.refused }
    await settle(tasks.map((task) => [task, result] as const))
    return null
  }
  const exists =
    !request.dryRun || going.names.folders.some(({ path }) => nameKey(path) === nameKey(folder.name))
  const state = exists ? await first.ask((target) => target.state(folder.name)) : emptyState
  const { there, missing } = await compare(going, folder.name, state, tasks)
  await settle(
    there.filter(([task]) => !deps.ledger.earlier.has(itemKey(task.message.occurrenceId, task.targetFolder))),
  )
  for (const [task, result] of there)
    if (deps.ledger.earlier.has(itemKey(task.message.occurrenceId, task.targetFolder)))
      onSettled(task, result)
  const largest = first.target().abilities.largestBytes
  const tooLarge = missing.filter(({ sizeBytes }) => largest !== null && sizeBytes > largest)
  const words = `The target takes messages up to ${String(largest)} bytes.`
  await settle(tooLarge.map((task) => [task, { state: 'refused', reason: 'too_large', words }] as const))
  const open = missing.filter((task) => !tooLarge.includes(task))
  if (request.dryRun) {
    await settle(open.map((task) => [task, { state: 'would_restore' }] as const))
    return null
  }
  if (open.length === 0) return null
  if (open.length >= worthAnotherLane) going.lanes ??= await openMoreLanes(deps, going.waits, first)
  const lanes = going.lanes ?? [first]
  const rules = { permanentFlags: state.permanentFlags, keepDeleted: request.options.keepDeletedFlag }
  return fillFolder(deps, { path: folder.name, state, rules, lanes, gate: createGate(), settle }, open)
}

/** For fewer messages than this another connection takes longer than it saves. */
const worthAnotherLane = 20
const emptyState: TargetFolderState = { uidValidity: '', messages: 0, permanentFlags: null, readOnly: false }

async function compare(going: Going, path: string, state: TargetFolderState, tasks: readonly Task[]) {
  if (state.messages === 0) return { there: [], missing: tasks }
  const { deps, first } = going
  const known = await deps.ledger.known(path, state.uidValidity)
  return first.ask(async (target) => {
    const marks = await target.listMarks(path)
    return compareFolder(deps.source, target, { path, uidValidity: state.uidValidity, marks }, tasks, known)
  })
}

/** Makes a folder that is not there. Where its name is refused, a plainer one is tried, and that is told. */
async function findFolder(going: Going, wanted: string, renamed: string | null): Promise<FoundFolder> {
  const known = going.found.get(wanted)
  if (known !== undefined) return known
  const found = await makeFolder(going, wanted, renamed)
  going.found.set(wanted, found)
  return found
}

async function makeFolder(going: Going, wanted: string, renamed: string | null): Promise<FoundFolder> {
  const { names, first, tally, request } = going
  const exists = names.folders.some(({ path }) => nameKey(path) === nameKey(wanted))
  if (exists || request.dryRun) {
    tally.folder(wanted, { created: !exists, renamed })
    return { name: wanted, refused: null }
  }
  const refusal = await first.ask((target) => target.createFolder(wanted))
  if (refusal === null) {
    tally.folder(wanted, { created: true, renamed })
    return { name: wanted, refused: null }
  }
  const plain = plainName(wanted, names.delimiter)
  const again = plain === wanted ? refusal : await first.ask((target) => target.createFolder(plain))
  if (again !== null) {
    tally.folder(wanted, { created: false, renamed })
    return { name: wanted, refused: refusal.words }
  }
  const plainExists = names.folders.some(({ path }) => nameKey(path) === nameKey(plain))
  tally.folder(plain, {
    created: !plainExists,
    renamed: `The target refused the name “${wanted}”: ${refusal.words}`,
  })
  return { name: plain, refused: null }
}
