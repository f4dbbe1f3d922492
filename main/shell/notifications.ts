import type { PayloadOf } from '../../core/contract/index.ts'
import type { Job } from '../../core/jobs/contract.ts'
import { isWorthTelling } from '../../core/jobs/worth-telling.ts'
import type { Desk } from '../compose.ts'

/** What a notification needs of the desktop. */
export interface NotificationParts {
  /** Whether somebody looks at the window, which says it better. */
  readonly isLookedAt: () => boolean
  readonly show: (title: string, body: string) => void
}

/** Says once that long work has ended, when nobody is looking at the window. Returns the way to stop. */
export function notifyOfEndedJobs(desk: Desk, parts: NotificationParts): () => void {
  const context = { signal: new AbortController().signal, face: 'window' } as const
  const tell = async (runId: string) => {
    const envelope = await desk.call('jobs.get', { runId }, context)
    if (!envelope.ok) return
    const job = envelope.value as Job
    if (isWorthTelling(job)) parts.show(job.title, job.outcome ?? '')
  }
  return desk.subscribe((name, payload) => {
    if (name !== 'jobs.changed' || parts.isLookedAt()) return
    const { runId, state } = payload as PayloadOf<'jobs.changed'>
    if (state === 'done' || state === 'failed') void tell(runId)
  })
}
