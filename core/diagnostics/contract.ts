import { z } from 'zod'
import { command, feature, query, started } from '../contract/define.ts'
import {
  diagnosisOptions,
  diagnosisSubject,
  run,
  runComparison,
  runSummary,
  transcriptLine,
  verdictStatus,
} from './types.ts'

const runRef = z.strictObject({ runId: z.string() })

/**
 * A mailbox of the desk, or servers given on the spot. `secret` is the password or token of an ad hoc subject;
 * without one the run climbs as far as sign-in and says so.
 */
const diagnosisTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('mailbox'), mailboxId: z.string() }),
  z.strictObject({
    kind: z.literal('adHoc'),
    subject: diagnosisSubject.omit({ mailboxId: true }),
    secret: z.string().max(20_000).nullable().default(null),
  }),
])
export type DiagnosisTarget = z.output<typeof diagnosisTarget>

export const diagnosticsContract = feature(
  'diagnostics',
  {
    start: command(
      'Climb the ladder of probes for a mailbox; `jobs.cancel` stops it.',
      z.strictObject({
        target: diagnosisTarget,
        ticketId: z.string().nullable().default(null),
        options: diagnosisOptions.prefault({}),
      }),
      started,
    ),
    get: query('One run: its ladder, results so far, and the finding.', runRef, run),
    list: query(
      'Runs, newest first.',
      z.strictObject({
        mailboxId: z.string().nullable().default(null),
        limit: z.number().int().min(1).max(500).default(50),
      }),
      z.strictObject({ runs: z.array(runSummary) }),
    ),
    compare: query(
      'What changed since the last run without a failure, or since a given one.',
      runRef.extend({ withRunId: z.string().nullable().default(null) }),
      runComparison,
    ),
    report: query(
      'The run as plain text that can be pasted to a provider.',
      runRef,
      z.strictObject({ text: z.string() }),
    ),
    transcript: query(
      'The dialogue behind a result, without secrets.',
      runRef.extend({ transcriptId: z.string() }),
      z.strictObject({ lines: z.array(transcriptLine) }),
    ),
  },
  {
    started: z.strictObject({ runId: z.string(), mailboxId: z.string().nullable() }),
    probeStarted: z.strictObject({ runId: z.string(), probeId: z.string() }),
    probeFinished: z.strictObject({ runId: z.string(), probeId: z.string(), status: verdictStatus }),
    finished: z.strictObject({
      runId: z.string(),
      mailboxId: z.string().nullable(),
      code: z.string().nullable(),
      status: verdictStatus.nullable(),
    }),
  },
)
