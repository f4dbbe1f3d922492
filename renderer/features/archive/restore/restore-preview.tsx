import type { InputOf } from '../../../../core/contract/index.ts'
import type { MappedFolder, RestorePreview as Preview } from '../../../../core/restore/types.ts'
import { formatCount } from '../../../i18n/format.ts'
import { restoreFormWords as words } from '../../../i18n/restore.ts'
import { useQueryOf } from '../../../ipc/index.ts'
import { DataTable, Hint, Panel, QueryView, StateBadge } from '../../../ui/index.ts'
import type { Column } from '../../../ui/index.ts'
import { useSettled } from '../use-settled.ts'
import classes from './restore.module.css'

const settleMs = 600

/** Which folder goes where, and whether it fits; asked of the target itself. */
export function RestorePreview(props: { readonly request: InputOf<'restore.preview'> | null }) {
  // A name that is being typed is not asked about letter by letter: each question is a connection to the server.
  const settled = useSettled(props.request === null ? '' : JSON.stringify(props.request), settleMs)
  if (settled === '') return <Hint>{words.previewWaits}</Hint>
  return <Asked request={JSON.parse(settled) as InputOf<'restore.preview'>} />
}

function Asked(props: { readonly request: InputOf<'restore.preview'> }) {
  const preview = useQueryOf('restore.preview', props.request, { keepPrevious: true })
  return (
    <Panel title={words.preview} flush>
      <QueryView query={preview} rows={3}>
        {(found) => (
          <>
            <DataTable
              label={words.preview}
              columns={new Set(found.folders.map(({ source }) => source)).size > 1 ? columnsOfMany : columns}
              rows={found.folders.filter(({ messages }) => messages > 0)}
              idOf={({ folderId }) => String(folderId)}
              maxHeight={220}
            />
            <Room preview={found} />
          </>
        )}
      </QueryView>
    </Panel>
  )
}

function Room({ preview }: { readonly preview: Preview }) {
  const { messages, mailBytes, quota, fits, undoable, targetName } = preview
  const isFolder = targetName.startsWith('/') || targetName.includes('\\')
  return (
    <div className={classes.room}>
      <p>
        <strong>{words.total(messages, mailBytes)}</strong>
      </p>
      {fits === true && <StateBadge state="pass">{words.fits}</StateBadge>}
      {fits === false && quota !== null && (
        <p>
          <StateBadge state="warning">{words.fitsNot(quota.limitBytes - quota.usedBytes)}</StateBadge>
        </p>
      )}
      {fits === null && <StateBadge state="unknown">{words.fitsUnknown}</StateBadge>}
      {!undoable && !isFolder && <p>{words.notUndoable}</p>}
    </div>
  )
}

const columns: readonly Column<MappedFolder>[] = [
  {
    id: 'from',
    header: words.from,
    width: 'minmax(120px, 1fr)',
    sortBy: ({ path }) => path,
    cell: ({ path }) => <bdi className={classes.oneLine}>{path}</bdi>,
  },
  {
    id: 'to',
    header: words.to,
    width: 'minmax(160px, 1.4fr)',
    sortBy: ({ target }) => target,
    cell: ({ target, how, renamed }) => (
      <span
        className={classes.oneLine}
        title={[target, renamed ?? words.hows[how]].filter(Boolean).join(' · ')}
      >
        <bdi>{target}</bdi>
      </span>
    ),
  },
  {
    id: 'messages',
    header: words.messages,
    align: 'end',
    width: '92px',
    sortBy: ({ messages }) => messages,
    cell: ({ messages }) => formatCount(messages),
  },
  {
    id: 'state',
    header: words.state,
    width: '112px',
    cell: ({ exists }) => (exists ? words.exists : words.made),
  },
]

/** Folders of several mailboxes have the same names: each says whose it is. */
const columnsOfMany: readonly Column<MappedFolder>[] = columns.map((column) =>
  column.id === 'from'
    ? {
        ...column,
        cell: ({ path, source }) => (
          <bdi className={classes.oneLine} title={`${path} · ${source}`}>
            {path} · {source}
          </bdi>
        ),
      }
    : column,
)
