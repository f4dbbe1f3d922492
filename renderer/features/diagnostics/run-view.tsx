import { useSearchParams } from 'react-router'
import type { Run } from '../../../core/diagnostics/types.ts'
import { diagnosticsWords, runStateWords, runWords as words } from '../../i18n/diagnostics.ts'
import { useQueryOf } from '../../ipc/index.ts'
import {
  CopyableAddress,
  DetailPane,
  Duration,
  MachineText,
  QueryView,
  RelativeTime,
  StateBadge,
  Tabs,
} from '../../ui/index.ts'
import { Changes } from './changes.tsx'
import classes from './diagnostics.module.css'
import { OtherFindings } from './other-findings.tsx'
import { RunFinding } from './run-finding.tsx'
import { RunLadder } from './run-ladder.tsx'
import { stateOfRun } from './run-state.ts'

/** One run: the finding on top, then the steps, live while it climbs, and what changed since an earlier run. */
export function RunView(props: { readonly runId: string; readonly ticketId: string | null }) {
  const run = useQueryOf('diagnostics.get', { runId: props.runId })
  const [query, setQuery] = useSearchParams()
  const tab = query.get('tab') === 'changes' ? 'changes' : 'steps'
  const show = (next: string | null): void =>
    setQuery(
      (before) => {
        if (next === 'changes') before.set('tab', next)
        else before.delete('tab')
        return before
      },
      { replace: true },
    )
  return (
    <DetailPane>
      <QueryView query={run} rows={8}>
        {(data) => (
          <>
            <Heading run={data} />
            <RunFinding run={data} ticketId={props.ticketId ?? data.ticketId} />
            {data.otherFindings.length > 0 && <OtherFindings findings={data.otherFindings} />}
            <Tabs value={tab} onChange={show} keepMounted={false}>
              <Tabs.List>
                <Tabs.Tab value="steps">{words.ladder}</Tabs.Tab>
                <Tabs.Tab value="changes">{words.changes}</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="steps" className={classes.tab ?? ''}>
                <RunLadder run={data} />
              </Tabs.Panel>
              <Tabs.Panel value="changes" className={classes.tab ?? ''}>
                <Changes run={data} />
              </Tabs.Panel>
            </Tabs>
          </>
        )}
      </QueryView>
    </DetailPane>
  )
}

function Heading(props: { readonly run: Run }) {
  const { run } = props
  const servers = [run.subject.imap, run.subject.smtp].flatMap((server) =>
    server === null ? [] : [`${server.host}:${server.port}`],
  )
  return (
    <header className={classes.runHead}>
      <h2 className={classes.runTitle} aria-label={diagnosticsWords.runOf(run.address)}>
        <CopyableAddress address={run.address} />
      </h2>
      {servers.length > 0 && <MachineText>{servers.join('  ')}</MachineText>}
      <span className={classes.runMeta}>
        <StateBadge state={stateOfRun(run)}>
          {run.finding === null ? runStateWords[run.state] : null}
        </StateBadge>
        <span>
          {words.started} <RelativeTime atMs={run.startedAtMs} />
        </span>
        {run.endedAtMs !== null && (
          <span>
            {words.took} <Duration durationMs={run.endedAtMs - run.startedAtMs} />
          </span>
        )}
      </span>
    </header>
  )
}
