import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { RunSummary } from '../../../core/diagnostics/types.ts'
import { diagnosticsWords as words, runStateWords } from '../../i18n/diagnostics.ts'
import { useQueryOf } from '../../ipc/index.ts'
import {
  EmptyState,
  ListPane,
  lookOf,
  QueryView,
  RelativeTime,
  SearchField,
  StateMark,
  VirtualList,
} from '../../ui/index.ts'
import classes from './diagnostics.module.css'
import { stateOfRun } from './run-state.ts'

const kept = 500

/** Past runs, newest first, filtered by address. */
export function RunList(props: { readonly activeId: string | null }) {
  const [text, setText] = useState('')
  const navigate = useNavigate()
  const list = useQueryOf('diagnostics.list', { limit: kept })
  return (
    <ListPane
      find={<SearchField label={words.findRuns} value={text} onChange={setText} />}
      hints={['move', 'open', 'find', 'all']}
    >
      <QueryView query={list} rows={6}>
        {({ runs }) => {
          if (runs.length === 0) return <EmptyState title={words.noRunsTitle}>{words.noRunsText}</EmptyState>
          const shown = runs.filter(({ address }) =>
            address.toLowerCase().includes(text.trim().toLowerCase()),
          )
          if (shown.length === 0) return <EmptyState title={words.noMatch} />
          return (
            <VirtualList
              label={words.runs}
              placeName="diagnose"
              items={shown}
              idOf={({ runId }) => runId}
              rowHeight={60}
              activeId={props.activeId}
              onActivate={(runId) => void navigate(`/diagnose/${runId}`)}
              renderRow={(run) => <Row run={run} />}
            />
          )
        }}
      </QueryView>
    </ListPane>
  )
}

function Row(props: { readonly run: RunSummary }) {
  const { run } = props
  const state = stateOfRun(run)
  return (
    <div className={classes.run}>
      <StateMark state={state} size={16} label={lookOf(state).word} />
      <bdi className={classes.runAddress}>{run.address}</bdi>
      <span className={classes.runWhen}>
        <RelativeTime atMs={run.startedAtMs} />
      </span>
      <span className={classes.runFinding}>{run.finding?.title ?? runStateWords[run.state]}</span>
    </div>
  )
}
