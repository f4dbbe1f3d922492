import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import type { RestoredFolder, RestoreSummary } from '../../../../core/restore/types.ts'
import { formatCount, formatDuration } from '../../../i18n/format.ts'
import { restoreWords as words } from '../../../i18n/restore.ts'
import { useCommand, useQueryOf } from '../../../ipc/index.ts'
import {
  Anchor,
  Button,
  ConfirmAct,
  DataTable,
  Facts,
  Finding,
  Group,
  JobLine,
  Page,
  Panel,
  QueryView,
  RelativeTime,
  Stack,
  toastDone,
  toastError,
} from '../../../ui/index.ts'
import type { Column } from '../../../ui/index.ts'
import { ItemsPanel } from './items-panel.tsx'
import classes from './restore.module.css'
import { verdictOf } from './verdict-of.ts'

/** /archive/:archiveId/restore/:restoreId: what one restore does or did, message by message, and the way back. */
export function RestorePage() {
  const { restoreId = '' } = useParams()
  const restore = useQueryOf('restore.get', { restoreId })
  return (
    <QueryView query={restore} rows={6}>
      {(summary) => <OneRestore restore={summary} />}
    </QueryView>
  )
}

function OneRestore({ restore }: { readonly restore: RestoreSummary }) {
  const { archiveId, archiveName, report, dryRun, state, startedAtMs } = restore
  const next = report?.stopped?.words ?? null
  const counted = useQueryOf('restore.items', { restoreId: restore.restoreId, limit: 1 })
  const removed = counted.data?.counts.removed ?? 0
  const meta = dryRun ? words.dryRunNote : removed > 0 ? words.removedNote(removed) : null
  return (
    <Page
      title={words.pageTitle(restore)}
      lead={words.pageLead(archiveName)}
      actions={<Acts restore={restore} />}
    >
      <Stack gap="md">
        <Anchor component={Link} to={`/archive/${archiveId}/restore`}>
          {words.back}
        </Anchor>
        {state === 'running' ? (
          <Live runId={restore.runId} />
        ) : (
          <>
            <Finding
              state={verdictOf(restore)}
              what={words.line(report, dryRun)}
              {...(next !== null && { now: next })}
              {...(meta !== null && { meta })}
            />
            <Facts
              facts={[
                [words.facts.began, <RelativeTime key="began" atMs={startedAtMs} />],
                ...(report === null ? [] : [[words.facts.took, formatDuration(report.elapsedMs)] as const]),
                ...(report === null || report.restoredBytes === 0 || dryRun || report.elapsedMs === 0
                  ? []
                  : [[words.facts.rate, words.rate(report.restoredBytes, report.elapsedMs)] as const]),
                ...(report === null || report.throttledMs < 1000
                  ? []
                  : [[words.facts.waited, formatDuration(report.throttledMs)] as const]),
              ]}
            />
            {report !== null && <Folders folders={report.folders} dryRun={dryRun} />}
          </>
        )}
        <ItemsPanel restoreId={restore.restoreId} />
      </Stack>
    </Page>
  )
}

function Live(props: { readonly runId: string }) {
  const job = useQueryOf('jobs.get', { runId: props.runId })
  return (
    <Panel title={words.running} flush>
      <QueryView query={job} rows={1}>
        {(found) => (
          <ul>
            <JobLine job={found} />
          </ul>
        )}
      </QueryView>
    </Panel>
  )
}

function Acts({ restore }: { readonly restore: RestoreSummary }) {
  const { restoreId, archiveId, report, dryRun, state, request, targetName } = restore
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const start = useCommand('restore.start')
  const resume = useCommand('restore.resume')
  const undo = useCommand('restore.undo')
  const items = useQueryOf('restore.items', { restoreId, limit: 1 })
  const added = items.data?.counts.restored ?? 0
  if (state === 'running') return null
  return (
    <Group gap="xs">
      {!dryRun && added > 0 && request.target.kind === 'mailbox' && (
        <Button onClick={() => setAsking(true)}>{words.undo(added)}</Button>
      )}
      {!dryRun && state === 'stopped' && (
        <Button
          variant="filled"
          loading={resume.isPending}
          onClick={() => resume.mutate({ restoreId }, { onError: toastError })}
        >
          {words.resume}
        </Button>
      )}
      {dryRun && report !== null && report.restored > 0 && (
        <Button
          variant="filled"
          loading={start.isPending}
          onClick={() =>
            start.mutate(
              { ...request, dryRun: false },
              {
                onSuccess: (begun) => void navigate(`/archive/${archiveId}/restore/${begun.restoreId}`),
                onError: toastError,
              },
            )
          }
        >
          {words.restoreNow(report.restored)}
        </Button>
      )}
      <ConfirmAct
        opened={asking}
        onClose={() => setAsking(false)}
        title={words.undoTitle}
        what={words.undoWhat(targetName)}
        howMany={formatCount(added)}
        cannotBeUndone={words.undoCannot}
        wayBack={words.undoBack}
        actLabel={words.undo(added)}
        onConfirm={async () => {
          await undo.mutateAsync({ restoreId })
          toastDone(words.undoStarted)
        }}
      />
    </Group>
  )
}

function Folders(props: { readonly folders: readonly RestoredFolder[]; readonly dryRun: boolean }) {
  const touched = props.folders.filter(
    ({ restored, alreadyThere, refused, unreadable }) => restored + alreadyThere + refused + unreadable > 0,
  )
  if (touched.length === 0) return null
  return (
    <Panel title={words.folders} flush>
      <DataTable
        label={words.folders}
        columns={props.dryRun ? dryColumns : columns}
        rows={touched}
        idOf={({ target }) => target}
        maxHeight={320}
      />
    </Panel>
  )
}

const columnsOf = (restored: string, made: string): readonly Column<RestoredFolder>[] => [
  {
    id: 'folder',
    header: words.columns.folder,
    width: 'minmax(180px, 2fr)',
    sortBy: ({ target }) => target,
    cell: ({ target }) => <bdi>{target}</bdi>,
  },
  ...(
    [
      ['restored', restored],
      ['alreadyThere', words.columns.there],
      ['refused', words.columns.refused],
      ['unreadable', words.columns.unreadable],
    ] as const
  ).map(([id, header]) => ({
    id,
    header,
    align: 'end' as const,
    width: '128px',
    sortBy: (folder: RestoredFolder) => folder[id],
    cell: (folder: RestoredFolder) => formatCount(folder[id]),
  })),
  {
    id: 'note',
    header: words.columns.note,
    width: 'minmax(96px, 1.5fr)',
    cell: ({ created, renamed }) => (
      <span className={classes.oneLine} title={renamed ?? ''}>
        {renamed ?? (created ? made : '')}
      </span>
    ),
  },
]
const columns = columnsOf(words.columns.restored, words.created)
const dryColumns = columnsOf(words.columns.wouldRestore, words.wouldCreate)
