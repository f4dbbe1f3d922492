import type { Run, RunSummary } from '../../../core/diagnostics/types.ts'
import type { PracticeDiagnoses } from './ports.ts'

/** What is read of the diagnostics: the runs of a mailbox, newest first, and one run whole. */
export interface KeptRuns {
  listRuns(mailboxId: string, limit: number): Promise<readonly RunSummary[]>
  getRun(runId: string): Promise<Run | null>
}

/** Older runs do not matter: one that was cancelled may stand before the last that ended. */
const looksBack = 20

/** The diagnostics as a case sees them. */
export function createPracticeDiagnoses(runs: KeptRuns): PracticeDiagnoses {
  return {
    async last(mailboxId, sinceMs) {
      const all = await runs.listRuns(mailboxId, looksBack)
      const newest = all.find((run) => run.state === 'done' && run.startedAtMs >= sinceMs)
      const run = newest === undefined ? null : await runs.getRun(newest.runId)
      if (run?.finding == null) return null
      const { runId, startedAtMs, endedAtMs, finding, otherFindings, options } = run
      return {
        runId,
        endedAtMs: endedAtMs ?? startedAtMs,
        status: finding.status,
        title: finding.title,
        codes: [finding, ...otherFindings].map(({ code }) => code),
        roundTrip: options.roundTrip,
      }
    },
  }
}
