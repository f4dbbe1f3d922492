import type { AppError } from '../../../../core/errors.ts'
import { cutIntoBatches } from '../../../../core/archive/batches.ts'
import type { RestoreStop } from '../../../../core/restore/types.ts'
import type { AppendMessage, TargetFolderState } from '../ports.ts'
import { addBatch } from './adding.ts'
import type { Added, FlagRules, Loaded } from './adding.ts'
import { compareFolder } from './compare-folder.ts'
import type { Gate } from './gate.ts'
import type { Lane } from './lanes.ts'
import { isLost } from './patience.ts'
import { toItem } from './types.ts'
import type { Result, RunDeps, Task } from './types.ts'

/** A folder of the target that is being filled. */
export interface Filling {
  readonly path: string
  readonly state: TargetFolderState
  readonly rules: FlagRules
  readonly lanes: readonly Lane[]
  readonly gate: Gate
  /** Notes what became of tasks, in the ledger and in the tally. */
  readonly settle: (results: readonly (readonly [Task, Result])[]) => Promise<void>
}

const maxBatchBytes = 8 * 1024 * 1024

/** Adds tasks that are missing in a folder, on all lanes at once. Returns why it stopped, or null at its end. */
export async function fillFolder(
  deps: RunDeps,
  filling: Filling,
  tasks: readonly Task[],
): Promise<RestoreStop | null> {
  const maxMessages = filling.lanes[0]?.target().abilities.batchMessages ?? 1
  const batches = [...cutIntoBatches(tasks, { maxMessages, maxBytes: maxBatchBytes })]
  let stop: RestoreStop | null = null
  let refused: Added['folderRefused'] = null
  const work = async (lane: Lane): Promise<void> => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      await deps.checkpoint()
      if (stop !== null) return
      if (refused !== null) {
        const result: Result = { state: 'refused', ...refused }
        await filling.settle(batch.map((task) => [task, result] as const))
        continue
      }
      const added = await addOne(deps, filling, lane, batch)
      stop ??= added.stop
      refused ??= added.folderRefused
      if (added.folderRefused !== null && added.left.length > 0)
        batches.push(added.left.map(({ task }) => task))
    }
  }
  const ends = await Promise.allSettled(filling.lanes.map(work))
  const failure = ends.find((end) => end.status === 'rejected')
  if (failure !== undefined) throw failure.reason
  return stop
}

/** One APPEND; said again only when the server has answered that it took nothing because it throttles. */
function appendTo(lane: Lane, { path }: Filling) {
  return (messages: readonly AppendMessage[]) => lane.askOnce((target) => target.append(path, messages))
}

/** Reads a batch from the archive, adds it, and notes the result, all within the gate. */
async function addOne(deps: RunDeps, filling: Filling, lane: Lane, batch: readonly Task[]): Promise<Added> {
  const loaded = await load(deps, filling, batch)
  if (loaded.length === 0) return { results: [], left: [], stop: null, folderRefused: null }
  try {
    return await filling.gate.shared(async () => {
      const added = await addBatch(appendTo(lane, filling), loaded, filling.rules)
      await filling.settle(added.results)
      return added
    })
  } catch (error) {
    if (!isLost(error)) throw error
    const left = await filling.gate.alone(() => settleUncertain(deps, filling, lane, loaded))
    return left.length === 0
      ? { results: [], left: [], stop: null, folderRefused: null }
      : addAgain(deps, filling, lane, left, error)
  }
}

/** After a broken connection what is still missing is tried once more; a message that breaks it again is named. */
async function addAgain(
  deps: RunDeps,
  filling: Filling,
  lane: Lane,
  left: readonly Loaded[],
  lost: AppError,
): Promise<Added> {
  const [only] = left
  if (left.length === 1 && only !== undefined) {
    try {
      const added = await addBatch(appendTo(lane, filling), left, filling.rules)
      await filling.settle(added.results)
      return added
    } catch (error) {
      if (!isLost(error)) throw error
      const still = await filling.gate.alone(() => settleUncertain(deps, filling, lane, left))
      const words = `The server ended the connection each time (${String(lost.details['response'] ?? lost.code)}).`
      const result: Result = { state: 'refused', reason: 'unknown', words }
      await filling.settle(still.map(({ task }) => [task, result] as const))
      return { results: [], left: [], stop: null, folderRefused: null }
    }
  }
  const middle = Math.ceil(left.length / 2)
  for (const half of [left.slice(0, middle), left.slice(middle)]) {
    const added = await addOne(
      deps,
      filling,
      lane,
      half.map(({ task }) => task),
    )
    if (added.stop !== null || added.folderRefused !== null) return added
  }
  return { results: [], left: [], stop: null, folderRefused: null }
}

/** What of a batch has arrived although the connection broke: noted as restored. Returns what has not. */
async function settleUncertain(
  deps: RunDeps,
  filling: Filling,
  lane: Lane,
  loaded: readonly Loaded[],
): Promise<readonly Loaded[]> {
  const { path } = filling
  const { compared, uidValidity } = await lane.ask(async (target) => {
    const state = await target.state(path)
    const marks = state.messages === 0 ? [] : await target.listMarks(path)
    const known = await deps.ledger.known(path, state.uidValidity)
    const others = marks.filter(({ uid }) => !known.has(uid))
    const tasks = loaded.map(({ task }) => task)
    const folder = { path, uidValidity: state.uidValidity, marks: others }
    return {
      uidValidity: state.uidValidity,
      compared: await compareFolder(deps.source, target, folder, tasks, new Map()),
    }
  })
  await filling.settle(
    compared.there.map(
      ([task, { uid }]) => [task, { state: 'restored', uidValidity, uid: uid ?? null }] as const,
    ),
  )
  const missing = new Set(compared.missing)
  return loaded.filter(({ task }) => missing.has(task))
}

/** Reads from the archive; what is damaged there is noted and left out. */
async function load(deps: RunDeps, filling: Filling, batch: readonly Task[]): Promise<readonly Loaded[]> {
  const read = await deps.source.read(batch.map(({ message }) => message.place))
  const loaded: Loaded[] = []
  const unreadable: (readonly [Task, Result])[] = []
  batch.forEach((task, n) => {
    const one = read[n]
    if (one?.bytes != null) loaded.push({ task, bytes: one.bytes })
    else unreadable.push([task, { state: 'unreadable', words: one?.problem ?? 'It was not read.' }])
  })
  if (unreadable.length > 0) await filling.settle(unreadable)
  return loaded
}

/** Writes results down: first in the ledger, then in what people are shown. */
export function settler(
  deps: Pick<RunDeps, 'ledger' | 'nowMs'>,
  onSettled: (task: Task, result: Result) => void,
): Filling['settle'] {
  return async (results) => {
    if (results.length === 0) return
    const atMs = deps.nowMs()
    await deps.ledger.note(results.map(([task, result]) => toItem(task, result, atMs)))
    for (const [task, result] of results) onSettled(task, result)
  }
}
