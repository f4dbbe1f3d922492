import { coverageWords as words } from '../../i18n/archive.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { JobLine, Panel } from '../../ui/index.ts'

/** The archive's long work that runs now, with pause and cancel. */
export function LiveRuns() {
  const jobs = useQueryOf('jobs.list', { limit: 50 })
  const live = (jobs.data?.jobs ?? []).filter(
    ({ kind, state }) => /^(archive|restore)\./.test(kind) && (state === 'running' || state === 'paused'),
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
