import { describe, isFindingCode, rankOf } from './findings.ts'
import type { FindingCode } from './findings.ts'
import { rules } from './rules.ts'
import type { Observation } from './rules.ts'
import type { Facts, Finding, ProbeResult } from './types.ts'

/** What a run comes to. */
export interface Conclusion {
  readonly top: Finding
  /** What else was found, most important first. */
  readonly others: readonly Finding[]
}

/**
 * Finds the one cause. A failure comes before everything else, and among failures the cause before its
 * consequences. Without a failure, what is essential and has no answer makes the whole undetermined: unknown is
 * never healthy. Then come flaws, and only then health.
 */
export function findTop(results: readonly ProbeResult[]): Conclusion {
  const observed = rules.reduce((seen, rule) => rule(seen, results), observe(results))
  const ordered = [...observed].sort((a, b) => weight(a) - weight(b) || rankOf(a.code) - rankOf(b.code))
  const found = ordered.map(({ code, status, facts, resultIds }) => describe(code, status, facts, resultIds))
  const [first, ...rest] = found
  if (first?.status === 'fail') return { top: first, others: rest }
  const gap = gapIn(results, found)
  if (gap !== null) return { top: gap, others: found.filter((finding) => finding.code !== gap.code) }
  return first === undefined ? { top: healthy(results), others: [] } : { top: first, others: rest }
}

/** One observation a code: the worst of its results speaks for all of them. */
function observe(results: readonly ProbeResult[]): readonly Observation[] {
  const byCode = new Map<FindingCode, Observation>()
  for (const { code, status, facts, resultId } of results) {
    if (code === null || !isFindingCode(code) || status === 'pass' || status === 'not_applicable') continue
    const known = byCode.get(code)
    const worse = known === undefined || weight({ status }) < weight(known)
    byCode.set(code, {
      code,
      status: worse ? status : known.status,
      facts: worse ? facts : known.facts,
      resultIds: [...(known?.resultIds ?? []), resultId],
    })
  }
  return [...byCode.values()]
}

function weight({ status }: Pick<Observation, 'status'>): number {
  return status === 'fail' ? 0 : status === 'unknown' ? 1 : 2
}

/** What keeps the mailbox from being called healthy although nothing failed; null when nothing does. */
function gapIn(results: readonly ProbeResult[], found: readonly Finding[]): Finding | null {
  const essential = results.filter((result) => result.essential)
  const open = essential.filter((result) => result.status === 'unknown')
  if (open.length > 0) {
    const explained = found.find(({ code }) => open.some((result) => result.code === code))
    const facts = { missing: open.map((result) => result.title), why: open[0]?.evidence ?? '' }
    return explained ?? undetermined(facts, open)
  }
  if (essential.some((result) => result.status === 'pass' || result.status === 'warning')) return null
  return undetermined({ missing: ['everything that matters'], why: results[0]?.evidence ?? '' }, [])
}

function undetermined(facts: Facts, from: readonly ProbeResult[]): Finding {
  return describe(
    'undetermined',
    'unknown',
    facts,
    from.map((result) => result.resultId),
  )
}

const scopes: readonly (readonly [ProbeResult['group'], string])[] = [
  ['dns', 'names'],
  ['connection', 'connection and encryption'],
  ['imap', 'reading mail (IMAP)'],
  ['smtp', 'sending mail (SMTP)'],
  ['roundtrip', 'a message sent and found again'],
]

function healthy(results: readonly ProbeResult[]): Finding {
  const passed = results.filter((result) => result.status === 'pass')
  const scope = scopes
    .filter(([group]) => passed.some((result) => result.group === group))
    .map(([, name]) => name)
  return describe(
    'healthy',
    'pass',
    { passed: passed.length, scope },
    passed.map((result) => result.resultId),
  )
}
