import type { ProbeGroup, ProbeResult, Run, RunSummary, Rung } from '../../../core/diagnostics/types.ts'
import type { StepState } from '../../ui/index.ts'

/** How a run is drawn: its finding's status, or that it climbs, or that it ended without one. */
export function stateOfRun(run: Pick<RunSummary, 'state' | 'finding'>): StepState {
  if (run.state === 'running') return 'running'
  return run.finding?.status ?? 'unknown'
}

/** One line of the ladder: a result, or a rung that has none yet. */
export interface Step {
  readonly id: string
  readonly rung: Rung
  readonly state: StepState
  readonly result: ProbeResult | null
  /** Its probe looked at more than one target. */
  readonly ofSeveral: boolean
  /** Titles of the rungs that it still waits for. */
  readonly waitsFor: readonly string[]
}

/** The steps of one part of the ladder. */
export interface StepGroup {
  readonly group: ProbeGroup
  readonly steps: readonly Step[]
}

/** The ladder as it stands: each rung with its results, in the order in which it was announced. */
export function stepsOf(run: Pick<Run, 'state' | 'ladder' | 'results'>): readonly StepGroup[] {
  const groups = new Map<ProbeGroup, Step[]>()
  for (const rung of run.ladder) {
    const steps = groups.get(rung.group) ?? []
    groups.set(rung.group, [...steps, ...stepsOfRung(run, rung)])
  }
  return [...groups].map(([group, steps]) => ({ group, steps }))
}

/** How many rungs have a result. */
export function rungsDone(run: Pick<Run, 'ladder' | 'results'>): number {
  const seen = new Set(run.results.map(({ probeId }) => probeId))
  return run.ladder.filter(({ probeId }) => seen.has(probeId)).length
}

function stepsOfRung(run: Pick<Run, 'state' | 'ladder' | 'results'>, rung: Rung): readonly Step[] {
  const results = run.results.filter(({ probeId }) => probeId === rung.probeId)
  if (results.length > 0)
    return results.map((result) => ({
      id: result.resultId,
      rung,
      state: result.status,
      result,
      ofSeveral: results.length > 1,
      waitsFor: [],
    }))
  const seen = new Set(run.results.map(({ probeId }) => probeId))
  const waitsFor = run.ladder
    .filter(({ probeId }) => rung.needs.includes(probeId) && !seen.has(probeId))
    .map(({ title }) => title)
  const state = run.state !== 'running' ? 'unknown' : waitsFor.length > 0 ? 'waiting' : 'running'
  return [{ id: rung.probeId, rung, state, result: null, ofSeveral: false, waitsFor }]
}
