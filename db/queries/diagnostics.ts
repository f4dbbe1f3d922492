import { and, desc, eq, lt, ne } from 'drizzle-orm'
import type {
  DiagnosisOptions,
  DiagnosisSubject,
  Finding,
  ProbeResult,
  Run,
  RunState,
  RunSummary,
  Rung,
  TranscriptLine,
} from '../../core/diagnostics/types.ts'
import type { ReadHandle, WriteHandle } from '../handles.ts'
import {
  diagnosticResultsTable,
  diagnosticRunsTable,
  diagnosticTranscriptsTable,
} from '../schema/diagnostics.ts'

type RunRow = typeof diagnosticRunsTable.$inferSelect

/** What is known of a run when it starts. */
export type NewRun = Pick<
  Run,
  'runId' | 'mailboxId' | 'address' | 'ticketId' | 'startedAtMs' | 'subject' | 'options' | 'ladder'
>

/** What a run ends with. */
export interface RunEnd {
  readonly runId: string
  readonly state: RunState
  readonly endedAtMs: number
  readonly finding: Finding | null
  readonly otherFindings: readonly Finding[]
  readonly transcripts: readonly {
    readonly transcriptId: string
    readonly lines: readonly TranscriptLine[]
  }[]
}

/** Writes down that a run has started. */
export function insertRun(db: WriteHandle, run: NewRun): void {
  const { subject, options, ladder, ...row } = run
  db.insert(diagnosticRunsTable)
    .values({
      ...row,
      state: 'running',
      subject: JSON.stringify(subject),
      options: JSON.stringify(options),
      ladder: JSON.stringify(ladder),
      otherFindings: '[]',
    })
    .run()
}

/** Adds what a probe saw; `position` is its place among the targets of its probe. */
export function addResults(db: WriteHandle, runId: string, results: readonly ProbeResult[]): void {
  if (results.length === 0) return
  const rows = results.map((result, position) => ({
    runId,
    resultId: result.resultId,
    position,
    result: JSON.stringify(result),
  }))
  db.insert(diagnosticResultsTable).values(rows).onConflictDoNothing().run()
}

/** Ends a run. */
export function endRun(db: WriteHandle, end: RunEnd): void {
  db.transaction((tx) => {
    tx.update(diagnosticRunsTable)
      .set({
        state: end.state,
        endedAtMs: end.endedAtMs,
        findingStatus: end.finding?.status ?? null,
        finding: end.finding === null ? null : JSON.stringify(end.finding),
        otherFindings: JSON.stringify(end.otherFindings),
      })
      .where(eq(diagnosticRunsTable.runId, end.runId))
      .run()
    for (const { transcriptId, lines } of end.transcripts)
      tx.insert(diagnosticTranscriptsTable)
        .values({ runId: end.runId, transcriptId, lines: JSON.stringify(lines) })
        .onConflictDoNothing()
        .run()
  })
}

/** At start: runs that were cut off with the program say so from now on. */
export function interruptRuns(db: WriteHandle, nowMs: number): number {
  return db
    .update(diagnosticRunsTable)
    .set({ state: 'interrupted', endedAtMs: nowMs })
    .where(eq(diagnosticRunsTable.state, 'running'))
    .run().changes
}

/** Runs, newest first; of one mailbox, or of all. */
export function listRuns(db: ReadHandle, mailboxId: string | null, limit: number): readonly RunSummary[] {
  const newest = db
    .select()
    .from(diagnosticRunsTable)
    .orderBy(desc(diagnosticRunsTable.startedAtMs))
    .limit(limit)
  const rows =
    mailboxId === null ? newest.all() : newest.where(eq(diagnosticRunsTable.mailboxId, mailboxId)).all()
  return rows.map(toSummary)
}

/** One run with everything that it saw, or null. */
export function getRun(db: ReadHandle, runId: string): Run | null {
  const row = db.select().from(diagnosticRunsTable).where(eq(diagnosticRunsTable.runId, runId)).get()
  return row === undefined ? null : toRun(row, resultsOf(db, runId))
}

/**
 * The last run of the same subject (mailbox, or address where there is none) that ended before another one and
 * found no failure and nothing undetermined; null when there is none.
 */
export function findLastGoodRun(db: ReadHandle, before: Run): Run | null {
  const same =
    before.mailboxId === null
      ? eq(diagnosticRunsTable.address, before.address)
      : eq(diagnosticRunsTable.mailboxId, before.mailboxId)
  const row = db
    .select()
    .from(diagnosticRunsTable)
    .where(
      and(
        same,
        eq(diagnosticRunsTable.state, 'done'),
        lt(diagnosticRunsTable.startedAtMs, before.startedAtMs),
        ne(diagnosticRunsTable.findingStatus, 'fail'),
        ne(diagnosticRunsTable.findingStatus, 'unknown'),
      ),
    )
    .orderBy(desc(diagnosticRunsTable.startedAtMs))
    .limit(1)
    .get()
  return row === undefined ? null : toRun(row, resultsOf(db, row.runId))
}

/** One dialogue, or null. */
export function getTranscript(
  db: ReadHandle,
  runId: string,
  transcriptId: string,
): readonly TranscriptLine[] | null {
  const row = db
    .select()
    .from(diagnosticTranscriptsTable)
    .where(
      and(
        eq(diagnosticTranscriptsTable.runId, runId),
        eq(diagnosticTranscriptsTable.transcriptId, transcriptId),
      ),
    )
    .get()
  return row === undefined ? null : (JSON.parse(row.lines) as TranscriptLine[])
}

function resultsOf(db: ReadHandle, runId: string): ProbeResult[] {
  return db
    .select()
    .from(diagnosticResultsTable)
    .where(eq(diagnosticResultsTable.runId, runId))
    .orderBy(diagnosticResultsTable.position)
    .all()
    .map((row) => JSON.parse(row.result) as ProbeResult)
}

function toSummary(row: RunRow): RunSummary {
  const { runId, mailboxId, address, ticketId, startedAtMs, endedAtMs } = row
  const finding = row.finding === null ? null : (JSON.parse(row.finding) as Finding)
  return {
    runId,
    mailboxId,
    address,
    ticketId,
    state: row.state as RunState,
    startedAtMs,
    endedAtMs,
    finding,
  }
}

/** Results in the order of the ladder, whichever probe ended first. */
function toRun(row: RunRow, results: readonly ProbeResult[]): Run {
  const ladder = JSON.parse(row.ladder) as Rung[]
  const place = new Map(ladder.map((rung, at) => [rung.probeId, at]))
  const byRung = (a: ProbeResult, b: ProbeResult) => (place.get(a.probeId) ?? 0) - (place.get(b.probeId) ?? 0)
  return {
    ...toSummary(row),
    subject: JSON.parse(row.subject) as DiagnosisSubject,
    options: JSON.parse(row.options) as DiagnosisOptions,
    ladder,
    results: [...results].sort(byRung),
    otherFindings: JSON.parse(row.otherFindings) as Finding[],
  }
}
