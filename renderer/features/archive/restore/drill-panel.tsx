import { useState } from 'react'
import type { DrillRecord, DrillSummary } from '../../../../core/restore/drill.ts'
import { groupFingerprint } from '../../../../core/signing/types.ts'
import { drillWords as words, restoreWords } from '../../../i18n/restore.ts'
import { useCommand, useQueryOf } from '../../../ipc/index.ts'
import {
  Button,
  Facts,
  Finding,
  Fold,
  JobLine,
  MachineText,
  Panel,
  QueryView,
  RelativeTime,
  StateMark,
  toastDone,
  toastError,
} from '../../../ui/index.ts'
import { DrillDialog } from './drill-dialog.tsx'
import classes from './restore.module.css'

/** Whether the archive was ever proved to be of use, what was proved and what not, and the way to do it now. */
export function DrillPanel(props: { readonly archiveId: string }) {
  const { archiveId } = props
  const drills = useQueryOf('restore.drills', { archiveId, limit: 50 })
  const [asking, setAsking] = useState(false)
  return (
    <Panel
      title={words.title}
      flush
      aside={
        <Button size="compact-sm" onClick={() => setAsking(true)}>
          {words.run}
        </Button>
      }
    >
      <QueryView query={drills} rows={4}>
        {({ drills: [last, ...earlier] }) =>
          last === undefined ? (
            <p className={classes.hint}>{words.none}</p>
          ) : (
            <>
              <LastDrill drill={last} />
              {earlier.length > 0 && (
                <>
                  <h3 className={`${classes.hint} ${classes.heading}`}>{words.history}</h3>
                  <ul>
                    {earlier.map((drill) => (
                      <DrillRow key={drill.drillId} drill={drill} />
                    ))}
                  </ul>
                </>
              )}
            </>
          )
        }
      </QueryView>
      <DrillDialog opened={asking} archiveId={archiveId} onClose={() => setAsking(false)} />
    </Panel>
  )
}

function LastDrill({ drill }: { readonly drill: DrillSummary }) {
  const { record } = drill
  if (drill.state === 'running') return <LiveDrill runId={drill.runId} />
  if (record === null)
    return (
      <div className={classes.body}>
        <Finding state="unknown" what={words.failed} {...(!drill.cleanedUp && { now: words.leftBehind })} />
      </div>
    )
  const next = words.next[record.verdict]
  return (
    <div className={classes.body}>
      <Finding
        state={record.verdict}
        what={`${words.verdicts[record.verdict]}: ${words.line(record)}`}
        {...(next !== null && { now: next })}
      />
      <Facts
        facts={[
          [words.last, <RelativeTime key="last" atMs={drill.endedAtMs} />],
          [words.triedLabel, words.tried(record)],
          [words.recoveryTime, words.time(record.recovery)],
          [words.recoveryPoint, words.point(record.recoveryPoint)],
        ]}
      />
      <Sentences title={words.proved} sentences={record.proved} />
      <Sentences title={words.notProved} sentences={record.notProved} />
      <Remarks record={record} />
      {drill.signedBy === null ? (
        <p>{words.notSigned}</p>
      ) : (
        <p className={classes.quiet}>
          {words.signedBy} <MachineText>{groupFingerprint(drill.signedBy)}</MachineText>
        </p>
      )}
      <SaveButton drillId={drill.drillId} />
    </div>
  )
}

function LiveDrill(props: { readonly runId: string }) {
  const job = useQueryOf('jobs.get', { runId: props.runId })
  return (
    <QueryView query={job} rows={1}>
      {(found) => (
        <ul>
          <JobLine job={found} />
        </ul>
      )}
    </QueryView>
  )
}

function Sentences(props: { readonly title: string; readonly sentences: readonly string[] }) {
  if (props.sentences.length === 0) return null
  return (
    <div>
      <h3 className={classes.heading}>{props.title}</h3>
      <ul className={classes.sentences}>
        {props.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  )
}

function Remarks({ record }: { readonly record: DrillRecord }) {
  if (record.findings.length === 0) return null
  return (
    <Fold title={`${words.remarks} (${String(record.findings.length + record.findingsLeftOut)})`}>
      <ul className={classes.sentences}>
        {record.findings.map(({ sha256, folder, subject, words: said }) => (
          <li key={`${sha256} ${folder}`}>
            <bdi>{subject === '' ? restoreWords.noSubject : subject}</bdi> · <bdi>{folder}</bdi>: {said}
          </li>
        ))}
      </ul>
    </Fold>
  )
}

function SaveButton(props: { readonly drillId: string }) {
  const save = useCommand('restore.exportDrill')
  return (
    <Button
      size="compact-sm"
      loading={save.isPending}
      onClick={() =>
        save.mutate(
          { drillId: props.drillId },
          { onSuccess: ({ json }) => toastDone(words.saved(json)), onError: toastError },
        )
      }
    >
      {words.save}
    </Button>
  )
}

function DrillRow({ drill }: { readonly drill: DrillSummary }) {
  const { record, targetName, drillId } = drill
  return (
    <li className={classes.row}>
      <StateMark state={record?.verdict ?? 'unknown'} size={16} />
      <div className={classes.words}>
        <span>
          {record === null ? words.failed : `${words.verdicts[record.verdict]}: ${words.line(record)}`}
        </span>
        <span className={classes.quiet}>
          <bdi>{targetName}</bdi> · <RelativeTime atMs={drill.endedAtMs ?? drill.startedAtMs} />
        </span>
      </div>
      {record === null ? null : <SaveButton drillId={drillId} />}
    </li>
  )
}
