import { useState } from 'react'
import { Link, useParams } from 'react-router'
import type { RestoreSummary } from '../../../../core/restore/types.ts'
import { restoreFormWords, restoreWords as words } from '../../../i18n/restore.ts'
import { useQueryOf } from '../../../ipc/index.ts'
import { Anchor, Button, Page, Panel, QueryView, RelativeTime, Stack, StateMark } from '../../../ui/index.ts'
import { ArchiveTabs } from '../archive-tabs.tsx'
import { DrillPanel } from './drill-panel.tsx'
import { RestoreDialog } from './restore-dialog.tsx'
import classes from './restore.module.css'
import { verdictOf } from './verdict-of.ts'

/** /archive/:archiveId/restore: what was brought back from an archive, and whether it was proved that it can be. */
export function RestoresPage() {
  const { archiveId = '' } = useParams()
  const archive = useQueryOf('archive.get', { archiveId })
  const [asking, setAsking] = useState(false)
  return (
    <QueryView query={archive} rows={6}>
      {(summary) => (
        <Page
          title={summary.name}
          lead={words.lead}
          tabs={<ArchiveTabs archiveId={archiveId} current="restore" />}
          actions={
            <Button variant="filled" disabled={summary.state !== 'ready'} onClick={() => setAsking(true)}>
              {restoreFormWords.title}
            </Button>
          }
        >
          <Stack gap="md">
            <DrillPanel archiveId={archiveId} />
            <RestoresPanel archiveId={archiveId} />
          </Stack>
          <RestoreDialog opened={asking} archive={summary} address={null} onClose={() => setAsking(false)} />
        </Page>
      )}
    </QueryView>
  )
}

function RestoresPanel(props: { readonly archiveId: string }) {
  const restores = useQueryOf('restore.list', { archiveId: props.archiveId, limit: 100 })
  return (
    <Panel title={words.restores} flush>
      <QueryView query={restores} rows={3}>
        {({ restores: all }) =>
          all.length === 0 ? (
            <p className={classes.hint}>{words.none}</p>
          ) : (
            <ul>
              {all.map((restore) => (
                <RestoreRow key={restore.restoreId} restore={restore} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </Panel>
  )
}

function RestoreRow({ restore }: { readonly restore: RestoreSummary }) {
  const { archiveId, restoreId, state, report, dryRun, startedAtMs } = restore
  return (
    <li className={classes.row}>
      <StateMark state={state === 'running' ? 'running' : verdictOf(restore)} size={16} />
      <div className={classes.words}>
        <Anchor component={Link} to={`/archive/${archiveId}/restore/${restoreId}`} className={classes.name}>
          <bdi>{words.pageTitle(restore)}</bdi>
        </Anchor>
        <span className={classes.quiet}>
          {state === 'running' ? words.stateNames.running : words.line(report, dryRun)}
        </span>
      </div>
      <span className={classes.when}>
        <RelativeTime atMs={startedAtMs} />
      </span>
    </li>
  )
}
