import { compareMessages, describeDifference, isHarmless } from '../../../../core/restore/compare.ts'
import type { DrillCounts, DrillFinding } from '../../../../core/restore/drill.ts'
import { findPresent } from '../../../../core/restore/present.ts'
import { describeRefusal } from '../../../../core/restore/refusal.ts'
import type { RestoreItem, RestoreStop } from '../../../../core/restore/types.ts'
import { createGate } from '../run/gate.ts'
import { openLane, openMoreLanes } from '../run/lanes.ts'
import type { Lane, Waits } from '../run/lanes.ts'
import { fillFolder, settler } from '../run/restore-folder.ts'
import type { Result, RunDeps, Task } from '../run/types.ts'

/** What came of putting a sample into a scratch folder and fetching it back. */
export interface Tried {
  readonly counts: DrillCounts
  readonly findings: readonly DrillFinding[]
  readonly stopped: RestoreStop | null
  readonly restoreMs: number
  readonly fetchMs: number
  /** Messages and bytes that were put there. */
  readonly put: number
  readonly putBytes: number
  readonly throttledMs: number
}

/** What a trial needs of a run; it keeps no ledger. */
export type TrialDeps = Omit<RunDeps, 'ledger'>

const fetchAtOnce = 50

/** Puts the tasks into a folder that was made for them, fetches all back, and compares byte for byte. */
export async function trySample(deps: TrialDeps, path: string, tasks: readonly Task[]): Promise<Tried> {
  const waits: Waits = { throttledMs: 0 }
  const first = await openLane(deps, waits)
  let lanes: readonly Lane[] = [first]
  const findings: DrillFinding[] = []
  const counts = { identical: 0, altered: 0, different: 0, refused: 0, unreadable: 0, missing: 0 }
  const find = (task: Task, what: DrillFinding['what'], rest: Partial<DrillFinding>) => {
    counts[what]++
    const { sha256, sizeBytes } = task
    const named = { folder: task.path, subject: task.message.subject, sha256, sizeBytes }
    findings.push({ ...named, what, difference: null, reason: null, words: '', ...rest })
  }
  try {
    const startedMs = deps.monotonicMs()
    lanes = await openMoreLanes(deps, waits, first)
    const { results, stopped } = await put(deps, lanes, path, tasks)
    const restoreMs = deps.monotonicMs() - startedMs - waits.throttledMs
    for (const [task, { state, reason, words }] of results) {
      if (state === 'refused')
        find(task, state, { reason: reason ?? null, words: refusalWords(reason, words) })
      else if (state === 'unreadable') find(task, state, { words: words ?? '' })
    }
    const fetchStartedMs = deps.monotonicMs()
    const restored = results.filter(([, { state }]) => state === 'restored')
    // Opened anew: a connection need not be told at once what another one has added (RFC 9051 5.2).
    await first.ask((target) => target.state(path))
    const placed = await placesOf(first, path, restored)
    for (let at = 0; at < placed.length; at += fetchAtOnce) {
      await deps.checkpoint()
      const back = await fetchBack(deps, first, path, placed.slice(at, at + fetchAtOnce))
      for (const { task, put: was, got } of back) judge(task, was, got, counts, find)
      deps.onProgress(tasks.length + at + back.length, 2 * tasks.length, path)
    }
    const putBytes = restored.reduce((sum, [task]) => sum + task.sizeBytes, 0)
    const fetchMs = deps.monotonicMs() - fetchStartedMs
    return { counts, findings, stopped, restoreMs, fetchMs, put: restored.length, putBytes, ...waits }
  } finally {
    for (const lane of lanes) await lane.close().catch(() => undefined)
  }
}

function refusalWords(reason: RestoreItem['reason'] | undefined, words: string | null | undefined): string {
  return [words ?? '', ...(reason == null ? [] : [describeRefusal(reason)])].join(' ').trim()
}

async function put(deps: TrialDeps, lanes: readonly Lane[], path: string, tasks: readonly Task[]) {
  const results = new Map<Task, Result>()
  const uids = new Map<number, string>()
  const ledger = {
    known: () => Promise.resolve(uids),
    earlier: new Set<string>(),
    note: () => Promise.resolve(),
  }
  const all: RunDeps = { ...deps, ledger }
  const settle = settler(all, (task, result) => {
    results.set(task, result)
    if (result.uid != null) uids.set(result.uid, task.sha256)
    deps.onProgress(results.size, 2 * tasks.length, path)
  })
  const state = await (lanes[0] as Lane).ask((target) => target.state(path))
  const rules = { permanentFlags: state.permanentFlags, keepDeleted: false }
  const stopped = await fillFolder(all, { path, state, rules, lanes, gate: createGate(), settle }, tasks)
  return { results: [...results], stopped }
}

/** Where each message is; a target that does not name what it takes is asked for its list. */
async function placesOf(
  lane: Lane,
  path: string,
  restored: readonly (readonly [Task, Result])[],
): Promise<readonly (readonly [Task, number | null])[]> {
  if (restored.every(([, { uid }]) => uid != null))
    return restored.map(([task, { uid }]) => [task, uid ?? null])
  const marks = await lane.ask((target) => target.listMarks(path))
  const presences = findPresent(
    restored.map(([task]) => task),
    marks,
    new Map(),
  )
  const taken = new Set<number>()
  return presences.map((one) => {
    const uid =
      one.kind === 'there'
        ? one.uid
        : one.kind === 'doubt'
          ? (one.candidates.find((candidate) => !taken.has(candidate)) ?? null)
          : null
    if (uid !== null) taken.add(uid)
    return [one.wanted, uid]
  })
}

async function fetchBack(
  deps: TrialDeps,
  lane: Lane,
  path: string,
  placed: readonly (readonly [Task, number | null])[],
) {
  const own = await deps.source.read(placed.map(([task]) => task.message.place))
  const uids = placed.flatMap(([, uid]) => uid ?? [])
  const got = await lane.ask(async (target) => {
    const back = new Map<number, Uint8Array>()
    for await (const { uid, bytes } of target.fetch(path, uids)) back.set(uid, bytes)
    return back
  })
  return placed.map(([task, uid], n) => ({
    task,
    put: own[n]?.bytes ?? null,
    got: uid === null ? null : (got.get(uid) ?? null),
  }))
}

function judge(
  task: Task,
  was: Uint8Array | null,
  got: Uint8Array | null,
  counts: { identical: number },
  find: (task: Task, what: DrillFinding['what'], rest: Partial<DrillFinding>) => void,
): void {
  if (was === null) return find(task, 'unreadable', { words: 'It could be read once and not again.' })
  if (got === null) return find(task, 'missing', { words: 'The target took it and did not give it back.' })
  const difference = compareMessages(was, got)
  if (difference === null) counts.identical++
  else {
    const what = isHarmless(difference) ? 'altered' : 'different'
    find(task, what, { difference, words: describeDifference(difference) })
  }
}
