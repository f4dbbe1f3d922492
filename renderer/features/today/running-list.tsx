import type { Job } from '../../../core/jobs/contract.ts'
import { todayWords as words } from '../../i18n/today.ts'
import { JobLine, Panel } from '../../ui/index.ts'

/** Long work that runs now; nothing when nothing does. */
export function RunningList(props: { readonly jobs: readonly Job[] }) {
  const running = props.jobs.filter((job) => job.state === 'running' || job.state === 'paused')
  if (running.length === 0) return null
  return (
    <Panel title={words.running} flush>
      <ul>
        {running.map((job) => (
          <JobLine key={job.runId} job={job} />
        ))}
      </ul>
    </Panel>
  )
}
