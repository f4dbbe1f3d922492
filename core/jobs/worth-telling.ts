import type { Job } from './contract.ts'

const longMs = 5000

/** Whether the end of a run is told: when it failed, or took so long that nobody may be looking any more. */
export function isWorthTelling(job: Pick<Job, 'state' | 'startedAtMs' | 'endedAtMs'>): boolean {
  if (job.state === 'failed') return true
  return job.state === 'done' && (job.endedAtMs ?? job.startedAtMs) - job.startedAtMs >= longMs
}
