import { IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react'
import type { Job, JobState } from '../../core/jobs/contract.ts'
import { timeLeftMs } from '../i18n/format.ts'
import { jobWords } from '../i18n/jobs.ts'
import { useCommand } from '../ipc/index.ts'
import { IconButton } from './icon-button.tsx'
import classes from './job-line.module.css'
import { ProgressLine } from './progress-line.tsx'
import { RelativeTime } from './relative-time.tsx'
import { StateMark } from './state-mark.tsx'
import { toastError } from './toast.tsx'
import type { StepState } from './verdict.ts'

const markOf: Readonly<Record<JobState, StepState>> = {
  running: 'running',
  paused: 'waiting',
  done: 'pass',
  failed: 'fail',
  cancelled: 'not_applicable',
  interrupted: 'unknown',
}

/** Progress in words: how many, how fast, how long still, and what is in hand. */
export function progressWords(job: Job): string {
  const { done, total, unit, ratePerSecond } = job.progress
  const left = timeLeftMs(job.progress)
  return [
    jobWords.progress(done, total, unit),
    ...(job.state === 'running' && ratePerSecond !== null ? [jobWords.rate(ratePerSecond, unit)] : []),
    ...(job.state === 'running' && left !== null ? [jobWords.left(left)] : []),
  ].join(' · ')
}

/** One long run: how far it is, with pause and cancel; or what came out. */
export function JobLine(props: { readonly job: Job }) {
  const { job } = props
  const pause = useCommand('jobs.pause')
  const resume = useCommand('jobs.resume')
  const cancel = useCommand('jobs.cancel')
  const live = job.state === 'running' || job.state === 'paused'
  const run = { runId: job.runId }
  const onError = { onError: toastError }
  return (
    <li className={classes.job}>
      <StateMark state={markOf[job.state]} label={jobWords.state[job.state]} />
      <div className={classes.words}>
        <div className={classes.head}>
          <span className={classes.name}>{job.title}</span>
          <span className={classes.when}>
            {live ? jobWords.state[job.state] : <RelativeTime atMs={job.endedAtMs} />}
          </span>
        </div>
        {live && <ProgressLine label={job.title} done={job.progress.done} total={job.progress.total} />}
        {live && <p className={classes.line}>{progressWords(job)}</p>}
        {live && job.progress.item !== null && <p className={classes.item}>{job.progress.item}</p>}
        {!live && <p className={classes.outcome}>{job.outcome ?? jobWords.state[job.state]}</p>}
      </div>
      {live && (
        <div className={classes.acts}>
          {job.pausable && job.state === 'running' && (
            <IconButton
              size="sm"
              label={jobWords.pauseOf(job.title)}
              onClick={() => pause.mutate(run, onError)}
            >
              <IconPlayerPause size={15} />
            </IconButton>
          )}
          {job.state === 'paused' && (
            <IconButton
              size="sm"
              label={jobWords.resumeOf(job.title)}
              onClick={() => resume.mutate(run, onError)}
            >
              <IconPlayerPlay size={15} />
            </IconButton>
          )}
          <IconButton
            size="sm"
            label={jobWords.cancelOf(job.title)}
            onClick={() => cancel.mutate(run, onError)}
          >
            <IconX size={15} />
          </IconButton>
        </div>
      )}
    </li>
  )
}
