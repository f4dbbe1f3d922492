import type { Facts, ProbeResult, Run, RunComparison } from './types.ts'

/** What is different in `run` from `earlier`: results that came, went, or changed; durations do not count. */
export function compareRuns(run: Run, earlier: Run | null): RunComparison {
  if (earlier === null) return { runId: run.runId, withRunId: null, withStartedAtMs: null, changes: [] }
  const before = new Map(earlier.results.map((result) => [result.resultId, result]))
  const after = new Map(run.results.map((result) => [result.resultId, result]))
  const ids = [...after.keys(), ...[...before.keys()].filter((id) => !after.has(id))]
  const changes = ids.flatMap((id) => change(before.get(id) ?? null, after.get(id) ?? null))
  return { runId: run.runId, withRunId: earlier.runId, withStartedAtMs: earlier.startedAtMs, changes }
}

function change(before: ProbeResult | null, after: ProbeResult | null): RunComparison['changes'] {
  const one = after ?? before
  if (one === null) return []
  const facts = before === null || after === null ? [] : changedFacts(before.facts, after.facts)
  const same = before?.status === after?.status && before?.code === after?.code && facts.length === 0
  if (same) return []
  return [
    { resultId: one.resultId, title: titleOf(one), before: shortOf(before), after: shortOf(after), facts },
  ]
}

/** Facts that count something are different in every run; they say nothing about what changed. */
const volatile =
  /Ms$|^(seconds|now|daysLeft|serverTime|deviceTime|passed|messages|uid|usage|percent|messageId|accepted|text|skew)$/

function changedFacts(before: Facts, after: Facts): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names
    .filter((name) => !volatile.test(name) && JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => `${name}: ${show(before[name])} → ${show(after[name])}`)
}

function show(value: Facts[string] | undefined): string {
  if (value === undefined || value === null) return 'none'
  return Array.isArray(value) ? value.join(', ') || 'none' : String(value)
}

const titleOf = ({ title, target }: ProbeResult): string => (target === null ? title : `${title} (${target})`)

const shortOf = (result: ProbeResult | null) =>
  result === null ? null : { status: result.status, evidence: result.evidence }
