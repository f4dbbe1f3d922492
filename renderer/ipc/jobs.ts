import type { QueryClient } from '@tanstack/react-query'
import type { OutputOf, PayloadOf } from '../../core/contract/index.ts'

type Progressed = PayloadOf<'jobs.progressed'>

/** Writes progress into the answers that are already here: a run that reports ten times a second asks nothing. */
export function followProgress(queries: QueryClient, progressed: Progressed): void {
  const { runId, progress } = progressed
  queries.setQueriesData<OutputOf<'jobs.list'>>({ queryKey: ['jobs.list'] }, (old) =>
    old === undefined
      ? old
      : { jobs: old.jobs.map((job) => (job.runId === runId ? { ...job, progress } : job)) },
  )
  queries.setQueryData<OutputOf<'jobs.get'>>(['jobs.get', { runId }], (old) =>
    old === undefined ? old : { ...old, progress },
  )
}
