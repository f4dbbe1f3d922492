import { createHash } from 'node:crypto'
import type { FolderCoverage } from '../../../../core/archive/types.ts'
import { judgeDrill, listNotProved, listProved } from '../../../../core/restore/drill-words.ts'
import type { DrillRecord, DrillRequest } from '../../../../core/restore/drill.ts'
import type { Task } from '../run/types.ts'
import type { Tried } from './try-sample.ts'

/** What a drill's record is made of. */
export interface RecordFacts {
  readonly drillId: string
  readonly request: DrillRequest
  readonly seed: number
  readonly madeBy: string
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly archive: DrillRecord['archive']
  readonly target: DrillRecord['target']
  readonly tasks: readonly Task[]
  readonly coverage: readonly FolderCoverage[]
  readonly tried: Tried
  readonly cleanedUp: boolean
}

const maxFindings = 200

/** Puts the record together: what was tried, what came of it, how fast, how new, what it proves and what not. */
export function makeRecord(facts: RecordFacts): DrillRecord {
  const { archive, target, tried, tasks, request } = facts
  const sample = {
    rule: request.sampleCount === null ? 'all' : 'sample',
    randomCount: request.sampleCount,
    seed: request.sampleCount === null ? null : facts.seed,
    messages: tasks.length,
    mailBytes: tasks.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    digest: digestOf(tasks),
  } as const
  const recovery = recoveryOf(archive, tried)
  const { counts } = tried
  const shared = { archive, target, sample, counts, recovery }
  const stopped = tried.stopped === null ? [] : [`The drill stopped before its end: ${tried.stopped.words}`]
  return {
    format: 'mail-desk-drill',
    version: 1,
    drillId: facts.drillId,
    startedAt: new Date(facts.startedAtMs).toISOString(),
    endedAt: new Date(facts.endedAtMs).toISOString(),
    madeBy: facts.madeBy,
    ...shared,
    verdict: tried.stopped === null ? judgeDrill(counts) : 'fail',
    findings: tried.findings.slice(0, maxFindings),
    findingsLeftOut: Math.max(0, tried.findings.length - maxFindings),
    recoveryPoint: recoveryPointOf(facts),
    cleanedUp: facts.cleanedUp,
    proved: [...listProved(shared)],
    notProved: [...stopped, ...listNotProved(shared)],
  }
}

function digestOf(tasks: readonly Task[]): string {
  const lines = tasks.map(({ sha256 }) => `${sha256}\n`).toSorted()
  return createHash('sha256').update(lines.join('')).digest('hex')
}

function recoveryOf(archive: DrillRecord['archive'], tried: Tried): DrillRecord['recovery'] {
  const { put, putBytes, restoreMs, fetchMs, throttledMs } = tried
  const measured = put > 0 && restoreMs > 0
  const messagesPerSecond = measured ? (put * 1000) / restoreMs : null
  const bytesPerMs = measured ? putBytes / restoreMs : null
  // Small messages cost by their number, large ones by their bytes: the slower of the two rates is what one waits for.
  const wholeArchiveMs =
    messagesPerSecond === null || bytesPerMs === null || bytesPerMs === 0
      ? null
      : Math.max((archive.messages * 1000) / messagesPerSecond, archive.mailBytes / bytesPerMs)
  return {
    restoreMs: Math.round(restoreMs),
    fetchMs: Math.round(fetchMs),
    messagesPerSecond: rounded(messagesPerSecond),
    megabytesPerSecond: rounded(bytesPerMs === null ? null : bytesPerMs / 1000),
    wholeArchiveMs: wholeArchiveMs === null ? null : Math.round(wholeArchiveMs),
    throttledMs: Math.round(throttledMs),
  }
}

function recoveryPointOf({ coverage, tasks, endedAtMs }: RecordFacts): DrillRecord['recoveryPoint'] {
  const sampled = new Map<string, number>()
  for (const { source, path } of tasks) {
    const key = `${source}\n${path}`
    sampled.set(key, (sampled.get(key) ?? 0) + 1)
  }
  const folders = coverage.map((one) => ({
    source: one.source,
    path: one.path,
    messages: one.archivedCount + one.goneCount,
    sampled: sampled.get(`${one.source}\n${one.path}`) ?? 0,
    pulledAtMs: one.pulledAtMs,
    lastArchivedAtMs: one.lastArchivedAtMs,
    missing: one.missingCount,
  }))
  const pulls = folders.map(({ pulledAtMs }) => pulledAtMs)
  const known = pulls.filter((at) => at !== null)
  const newest = Math.max(...folders.map(({ lastArchivedAtMs }) => lastArchivedAtMs ?? -Infinity))
  return {
    oldestPullAgeMs:
      known.length < pulls.length || known.length === 0 ? null : endedAtMs - Math.min(...known),
    newestArchivedAgeMs: Number.isFinite(newest) ? endedAtMs - newest : null,
    folders,
  }
}

const rounded = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 100) / 100
