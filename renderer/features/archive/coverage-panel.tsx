import type { FolderCoverage } from '../../../core/archive/types.ts'
import { coverageWords as words } from '../../i18n/archive.ts'
import { formatCount } from '../../i18n/format.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { DataTable, EmptyState, Panel, QueryView, RelativeTime, StateBadge } from '../../ui/index.ts'
import type { Column } from '../../ui/index.ts'
import classes from './archive.module.css'
import { PullFailures } from './pull-failures.tsx'
import { SourceStates } from './source-states.tsx'

/** Folder by folder: what the server had, what the archive holds, and what is missing and why. */
export function CoveragePanel(props: {
  readonly archiveId: string
  readonly onFolder: (folderId: number) => void
}) {
  const coverage = useQueryOf('archive.coverage', { archiveId: props.archiveId })
  return (
    <Panel title={words.title} flush>
      <QueryView query={coverage} rows={4}>
        {({ folders }) =>
          folders.length === 0 ? (
            <EmptyState title={words.emptyTitle}>{words.emptyText}</EmptyState>
          ) : (
            <>
              <p className={classes.panelHint}>{words.hint}</p>
              <SourceStates folders={folders} />
              <DataTable
                label={words.title}
                columns={columns}
                rows={folders}
                idOf={({ folderId }) => String(folderId)}
                onRowClick={({ folderId }) => props.onFolder(folderId)}
                maxHeight={420}
              />
              <PullFailures archiveId={props.archiveId} folders={folders} />
            </>
          )
        }
      </QueryView>
    </Panel>
  )
}

const columns: readonly Column<FolderCoverage>[] = [
  {
    id: 'folder',
    header: words.columns.folder,
    width: 'minmax(160px, 2fr)',
    sortBy: ({ path, source }) => `${path} ${source}`,
    cell: ({ path, source }) => (
      <bdi className={classes.path}>
        {path} · {source}
      </bdi>
    ),
  },
  {
    id: 'server',
    header: words.columns.server,
    align: 'end',
    width: '96px',
    sortBy: ({ serverCount }) => serverCount ?? -1,
    cell: ({ serverCount }) => (serverCount === null ? words.unknown : formatCount(serverCount)),
  },
  {
    id: 'archived',
    header: words.columns.archived,
    align: 'end',
    width: '96px',
    sortBy: ({ archivedCount }) => archivedCount,
    cell: ({ archivedCount }) => formatCount(archivedCount),
  },
  {
    id: 'missing',
    header: words.columns.missing,
    width: '148px',
    sortBy: ({ missingCount }) => missingCount ?? -1,
    cell: ({ missingCount }) => <Missing count={missingCount} />,
  },
  {
    id: 'gone',
    header: words.columns.gone,
    align: 'end',
    width: '128px',
    sortBy: ({ goneCount }) => goneCount,
    cell: ({ goneCount }) => formatCount(goneCount),
  },
  {
    id: 'last',
    header: words.columns.last,
    width: '128px',
    sortBy: ({ lastArchivedAtMs }) => lastArchivedAtMs ?? -1,
    cell: ({ lastArchivedAtMs }) => <RelativeTime atMs={lastArchivedAtMs} />,
  },
  {
    id: 'pulled',
    header: words.columns.pulled,
    width: '112px',
    sortBy: ({ pulledAtMs }) => pulledAtMs ?? -1,
    cell: ({ pulledAtMs }) => <RelativeTime atMs={pulledAtMs} />,
  },
]

function Missing(props: { readonly count: number | null }) {
  if (props.count === null) return <StateBadge state="unknown">{words.notMeasured}</StateBadge>
  if (props.count === 0) return <StateBadge state="pass">{words.whole}</StateBadge>
  return <StateBadge state="warning">{formatCount(props.count)}</StateBadge>
}
