import { z } from 'zod'
import { command, feature, nothing, query } from '../contract/define.ts'

export const jobState = z.enum(['running', 'paused', 'done', 'failed', 'cancelled', 'interrupted'])
export type JobState = z.infer<typeof jobState>

/** How far a run is. `total` is null while it is not known: unknown is not zero. */
export const jobProgress = z.strictObject({
  done: z.number(),
  total: z.number().nullable(),
  /** What the numbers count, in the plural: "messages", "probes". */
  unit: z.string(),
  /** Units a second over the last few seconds; null before there is a measurement. */
  ratePerSecond: z.number().nullable(),
  /** The item in hand, in plain words. */
  item: z.string().nullable(),
})
export type JobProgress = z.infer<typeof jobProgress>

export const job = z.strictObject({
  runId: z.string(),
  /** `feature.verb` of the command that started it. */
  kind: z.string(),
  /** A sentence for the job centre: "Archive ana@harbour.example". */
  title: z.string(),
  state: jobState,
  progress: jobProgress,
  startedAtMs: z.number(),
  endedAtMs: z.number().nullable(),
  /** One sentence on what came out, and what was not done and why. */
  outcome: z.string().nullable(),
  errorCode: z.string().nullable(),
  pausable: z.boolean(),
})
export type Job = z.infer<typeof job>

const runRef = z.strictObject({ runId: z.string() })

export const jobsContract = feature(
  'jobs',
  {
    list: query(
      'Long work that runs or has run, newest first.',
      z.strictObject({ limit: z.number().int().min(1).max(500).default(50) }),
      z.strictObject({ jobs: z.array(job) }),
    ),
    get: query('One run.', runRef, job),
    cancel: command('Ask a run to stop; it cleans up and reports what it did not do.', runRef, nothing),
    pause: command('Let a run wait at its next safe point.', runRef, nothing),
    resume: command('Let a paused run go on.', runRef, nothing),
  },
  {
    progressed: z.strictObject({ runId: z.string(), kind: z.string(), progress: jobProgress }),
    changed: z.strictObject({ runId: z.string(), kind: z.string(), state: jobState }),
  },
)
