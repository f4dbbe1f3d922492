import type { Run } from '../../../core/diagnostics/types.ts'
import { runWords as words } from '../../i18n/diagnostics.ts'
import { Finding, ProgressLine } from '../../ui/index.ts'
import classes from './diagnostics.module.css'
import { RunActions } from './run-actions.tsx'
import { rungsDone, stateOfRun } from './run-state.ts'
import { Who } from './who.tsx'

/** The one finding: what is wrong, who must act, what to do now, and the buttons that do it. */
export function RunFinding(props: { readonly run: Run; readonly ticketId: string | null }) {
  const { run } = props
  const actions = <RunActions run={run} ticketId={props.ticketId} />
  if (run.state === 'running') {
    const done = rungsDone(run)
    return (
      <Finding
        state="running"
        what={
          <>
            {words.running(done, run.ladder.length)}
            <span className={classes.progress}>
              <ProgressLine label={words.ladder} done={done} total={run.ladder.length} />
            </span>
          </>
        }
        actions={actions}
        meta={words.runningNow}
      />
    )
  }
  if (run.finding === null) {
    const why = run.state === 'done' ? 'failed' : run.state
    return (
      <Finding
        state="unknown"
        what={
          <>
            {words.stopped[why]}
            <span className={classes.why}>{words.stoppedNow}</span>
          </>
        }
        actions={actions}
      />
    )
  }
  const { finding } = run
  return (
    <Finding
      state={stateOfRun(run)}
      what={
        <>
          {finding.title}
          <span className={classes.why}>{finding.detail}</span>
        </>
      }
      who={<Who actor={finding.actor} />}
      now={finding.nextStep}
      actions={actions}
      {...(finding.status !== 'pass' && { meta: words.confidence[finding.confidence] })}
    />
  )
}
