import { careWords as words } from '../../i18n/care.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { JobLine, Panel } from '../../ui/index.ts'

/** Long work of care that runs now, with pause and cancel. */
export function LiveJobs() {
  const jobs = useQueryOf('jobs.list', { limit: 50 })
  const live = (jobs.data?.jobs ?? []).filter(
    ({ kind, state }) => kind.startsWith('care.') && (state === 'running' || state === 'paused'),
  )
  if (live.length === 0) return null
  return (
    <Panel title={words.running} flush>
      <ul>
        {live.map((job) => (
          <JobLine key={job.runId} job={job} />
        ))}
      </ul>
    </Panel>
  )
}
