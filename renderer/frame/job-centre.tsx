import { IconListCheck } from '@tabler/icons-react'
import { jobWords } from '../i18n/jobs.ts'
import { useQueryOf } from '../ipc/index.ts'
import { EmptyState, JobLine, QueryView, ScrollArea } from '../ui/index.ts'
import classes from './job-centre.module.css'
import { RailPopover } from './rail-popover.tsx'
import { ToolButton } from './tool-button.tsx'

/** Long work: what runs, how far it is, and what came out. */
export function JobCentre() {
  const jobs = useQueryOf('jobs.list', { limit: 50 })
  const running = (jobs.data?.jobs ?? []).filter(
    (job) => job.state === 'running' || job.state === 'paused',
  ).length
  return (
    <RailPopover
      label={jobWords.title}
      width={420}
      button={
        <ToolButton
          picture={<IconListCheck size={18} stroke={1.6} aria-hidden />}
          word={jobWords.title}
          count={running}
          aria-label={running === 0 ? jobWords.idle : jobWords.running(running)}
        />
      }
    >
      <h2 className={classes.title}>{jobWords.title}</h2>
      <QueryView query={jobs} rows={3}>
        {(data) =>
          data.jobs.length === 0 ? (
            <EmptyState title={jobWords.emptyTitle}>{jobWords.emptyText}</EmptyState>
          ) : (
            <ScrollArea.Autosize mah={460} type="auto" viewportProps={{ tabIndex: 0 }}>
              <ul>
                {data.jobs.map((job) => (
                  <JobLine key={job.runId} job={job} />
                ))}
              </ul>
            </ScrollArea.Autosize>
          )
        }
      </QueryView>
    </RailPopover>
  )
}
