import { useCallback } from 'react'
import type { PayloadOf } from '../../core/contract/index.ts'
import { isWorthTelling } from '../../core/jobs/worth-telling.ts'
import { jobWords } from '../i18n/jobs.ts'
import { useDesk, useEventOf } from '../ipc/index.ts'
import { toastDone, toastFailed } from '../ui/index.ts'

/** Long work reports once when it ends: what came out, and what was not done and why. */
export function useJobReports(): void {
  const { call } = useDesk()
  const tell = useCallback(
    async ({ runId, state }: PayloadOf<'jobs.changed'>) => {
      if (state !== 'done' && state !== 'failed') return
      const job = await call('jobs.get', { runId })
      if (!isWorthTelling(job)) return
      if (job.state === 'failed') toastFailed(job.title, job.outcome ?? jobWords.state.failed)
      else toastDone(`${job.title}: ${job.outcome ?? jobWords.state.done}`)
    },
    [call],
  )
  // A report that cannot be fetched is not lost: the job centre has it.
  useEventOf(
    'jobs.changed',
    useCallback((changed) => void tell(changed).catch(() => undefined), [tell]),
  )
}
