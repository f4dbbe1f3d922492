import { Notification } from 'electron'
import type { PayloadOf } from '../../core/contract/index.ts'
import type { Job } from '../../core/jobs/contract.ts'
import { isWorthTelling } from '../../core/jobs/worth-telling.ts'
import type { Desk } from '../compose.ts'

/** Says once that long work has ended, when nobody is looking at the window. Returns the way to stop. */
export function notifyOfEndedJobs(desk: Desk, isLookedAt: () => boolean, showWindow: () => void): () => void {
  const context = { signal: new AbortController().signal, face: 'window' } as const
  const tell = async (runId: string) => {
    const envelope = await desk.call('jobs.get', { runId }, context)
    if (!envelope.ok) return
    const job = envelope.value as Job
    if (!isWorthTelling(job)) return
    const notification = new Notification({ title: job.title, body: job.outcome ?? '' })
    notification.on('click', showWindow)
    notification.show()
  }
  return desk.subscribe((name, payload) => {
    if (name !== 'jobs.changed' || isLookedAt() || !Notification.isSupported()) return
    const { runId, state } = payload as PayloadOf<'jobs.changed'>
    if (state === 'done' || state === 'failed') void tell(runId)
  })
}
