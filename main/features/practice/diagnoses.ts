import type { Run, RunSummary } from '../../../core/diagnostics/types.ts'
import type { PracticeDiagnoses } from './ports.ts'

/** What is read of the diagnostics: the runs of a mailbox, newest first, and one run whole. */
export interface KeptRuns {
  listOf(mailboxId: string): Promise<readonly RunSummary[]>
  get(runId: string): Promise<Run>
}

/** The diagnostics as a case sees them. */
export function createPracticeDiagnoses(runs: KeptRuns): PracticeDiagnoses {
  return {
    async last(mailboxId, sinceMs) {
      const all = await runs.listOf(mailboxId)
      const newest = all.find((run) => run.state === 'done' && run.startedAtMs >= sinceMs)
      if (newest?.finding == null) return null
      const { options, otherFindings } = await runs.get(newest.runId)
      const { status, title, code } = newest.finding
      return {
        runId: newest.runId,
        endedAtMs: newest.endedAtMs ?? newest.startedAtMs,
        status,
        title,
        codes: [code, ...otherFindings.map((finding) => finding.code)],
        roundTrip: options.roundTrip,
      }
    },
  }
}
