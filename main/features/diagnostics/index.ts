import { compareRuns } from '../../../core/diagnostics/compare.ts'
import type { diagnosticsContract } from '../../../core/diagnostics/contract.ts'
import { reportOf } from '../../../core/diagnostics/report.ts'
import type { Run } from '../../../core/diagnostics/types.ts'
import type { Publish } from '../../../core/contract/index.ts'
import { AppError } from '../../../core/errors.ts'
import type { DbClient } from '../../../db/client.ts'
import type { HandlersOf } from '../../ipc/handlers.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Logger } from '../../lib/logger.ts'
import type { Jobs } from '../jobs/index.ts'
import { controlsFor } from './controls.ts'
import type { EngineDeps } from './engine.ts'
import type { DiagnosticsPorts, EvidenceLink, MailboxAccess } from './ports.ts'
import { createRunner } from './runner.ts'

interface DiagnosticsDeps {
  readonly db: DbClient
  readonly publish: Publish
  readonly clock: Clock
  readonly logger: Logger
  readonly jobs: Jobs
  readonly mailboxes: MailboxAccess
  readonly linkEvidence: EvidenceLink
  readonly ports: DiagnosticsPorts
  /** Given by tests; the internet's public places otherwise. */
  readonly controlsFor?: EngineDeps['controlsFor']
}

/** Diagnoses mailboxes, keeps the runs, compares them and reports them. */
export function createDiagnostics(deps: DiagnosticsDeps): {
  readonly handlers: HandlersOf<typeof diagnosticsContract>
} {
  const { db } = deps
  const start = createRunner({ ...deps, controlsFor: deps.controlsFor ?? controlsFor })
  const get = async (runId: string): Promise<Run> => {
    const run = await db.diagnostics.getRun(runId)
    if (run === null) throw new AppError('record.not_found', { details: { what: 'diagnosis' } })
    return run
  }
  return {
    handlers: {
      start,
      get: ({ runId }) => get(runId),
      list: async ({ mailboxId, limit }) => ({
        runs: [...(await db.diagnostics.listRuns(mailboxId, limit))],
      }),
      compare: async ({ runId, withRunId }) => {
        const run = await get(runId)
        return compareRuns(
          run,
          withRunId === null ? await db.diagnostics.findLastGoodRun(run) : await get(withRunId),
        )
      },
      report: async ({ runId }) => ({ text: reportOf(await get(runId)) }),
      transcript: async ({ runId, transcriptId }) => {
        const lines = await db.diagnostics.getTranscript(runId, transcriptId)
        if (lines === null) throw new AppError('record.not_found', { details: { what: 'transcript' } })
        return { lines: [...lines] }
      },
    },
  }
}
