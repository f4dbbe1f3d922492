import { useState } from 'react'
import type { Run, RunComparison } from '../../../core/diagnostics/types.ts'
import { formatRelative } from '../../i18n/format.ts'
import { changesWords as words, runStateWords } from '../../i18n/diagnostics.ts'
import { useQueryOf } from '../../ipc/index.ts'
import {
  EmptyState,
  lookOf,
  MachineText,
  QueryView,
  Quiet,
  RelativeTime,
  SelectField,
  Stack,
  StateMark,
  useNow,
} from '../../ui/index.ts'
import classes from './diagnostics.module.css'

const offered = 500
const lastWorked = ''

/** What is different between this run and an earlier one: the last that worked, or the one that is chosen. */
export function Changes(props: { readonly run: Run }) {
  const { run } = props
  const [picked, setPicked] = useState<string | null>(null)
  const nowMs = useNow()
  const list = useQueryOf('diagnostics.list', { mailboxId: run.mailboxId, limit: offered })
  const earlier = (list.data?.runs ?? []).filter(
    (other) => other.address === run.address && other.startedAtMs < run.startedAtMs,
  )
  // After a failure one asks what changed since it worked; once it works, what changed since it did not.
  const works = run.finding?.status === 'pass'
  const chosen = picked ?? (works ? earlier[0]?.runId : undefined) ?? lastWorked
  const compared = useQueryOf('diagnostics.compare', {
    runId: run.runId,
    withRunId: chosen === lastWorked ? null : chosen,
  })
  if (list.data !== undefined && earlier.length === 0)
    return <EmptyState title={words.noneTitle}>{words.noneText}</EmptyState>
  return (
    <Stack gap="sm">
      <div className={classes.compare}>
        <SelectField
          label={words.with}
          value={chosen}
          error={null}
          onChange={(value) => setPicked(value ?? lastWorked)}
          options={[
            { value: lastWorked, label: words.lastWorked },
            ...earlier.map((other) => ({
              value: other.runId,
              label: `${formatRelative(other.startedAtMs, nowMs)}: ${other.finding?.title ?? runStateWords[other.state]}`,
            })),
          ]}
        />
      </div>
      <QueryView query={compared} rows={4}>
        {(comparison) => <Comparison comparison={comparison} />}
      </QueryView>
    </Stack>
  )
}

function Comparison(props: { readonly comparison: RunComparison }) {
  const { changes, withRunId, withStartedAtMs } = props.comparison
  if (withRunId === null) return <EmptyState title={words.neverTitle}>{words.neverText}</EmptyState>
  if (changes.length === 0) return <EmptyState title={words.sameTitle}>{words.sameText}</EmptyState>
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <td />
          <th scope="col">
            {words.before} (<RelativeTime atMs={withStartedAtMs} />)
          </th>
          <th scope="col">{words.after}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.resultId}>
            <th scope="row">{change.title}</th>
            <Side side={change.before} facts={[]} />
            <Side side={change.after} facts={change.facts} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Side(props: {
  readonly side: RunComparison['changes'][number]['before']
  readonly facts: readonly string[]
}) {
  const { side, facts } = props
  if (side === null)
    return (
      <td>
        <Quiet>{words.absent}</Quiet>
      </td>
    )
  return (
    <td>
      <span className={classes.side}>
        <StateMark state={side.status} size={16} label={lookOf(side.status).word} />
        <span>{side.evidence}</span>
      </span>
      {facts.map((fact) => (
        <div key={fact} className={classes.fact}>
          <MachineText>{fact}</MachineText>
        </div>
      ))}
    </td>
  )
}
