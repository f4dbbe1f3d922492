import { useState } from 'react'
import type { FolderUse, GroupUse, HeavyMessage, ScanReport } from '../../../core/care/types.ts'
import { storageWords as words } from '../../i18n/care.ts'
import { formatCount } from '../../i18n/format.ts'
import { Bytes, DataTable, EmptyState, Panel, RelativeTime, StateBadge, Tabs } from '../../ui/index.ts'
import type { Column } from '../../ui/index.ts'
import classes from './care.module.css'
import { Treemap } from './treemap.tsx'

const names = ['folders', 'largest', 'senders', 'years', 'types', 'duplicates'] as const
type Name = (typeof names)[number]

/** What fills the mailbox, from six sides. */
export function StorageTabs(props: { readonly report: ScanReport }) {
  const { report } = props
  const [shown, setShown] = useState<Name>('folders')
  return (
    <Tabs value={shown} onChange={(name) => setShown((name ?? 'folders') as Name)} keepMounted={false}>
      <Tabs.List>
        {names.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {words.tabs[name]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="folders" pt="md">
        <FoldersPanel folders={report.folders} />
      </Tabs.Panel>
      <Tabs.Panel value="largest" pt="md">
        <TablePanel title={words.tabs.largest} columns={heavyColumns} rows={report.largest} idOf={placeOf} />
      </Tabs.Panel>
      <Tabs.Panel value="senders" pt="md">
        <TablePanel
          title={words.tabs.senders}
          columns={groupColumns(words.columns.sender)}
          rows={report.senders}
          idOf={({ name }) => name}
        />
      </Tabs.Panel>
      <Tabs.Panel value="years" pt="md">
        <TablePanel
          title={words.tabs.years}
          columns={groupColumns(words.columns.year)}
          rows={report.years}
          idOf={({ name }) => name}
        />
      </Tabs.Panel>
      <Tabs.Panel value="types" pt="md">
        <TablePanel
          title={words.tabs.types}
          hint={words.typesHint}
          columns={groupColumns(words.columns.type)}
          rows={report.attachmentTypes}
          idOf={({ name }) => name}
        />
      </Tabs.Panel>
      <Tabs.Panel value="duplicates" pt="md">
        <TablePanel
          title={words.tabs.duplicates}
          hint={`${words.duplicatesRule} ${words.notComparable(report.duplicates.notComparable)}`}
          columns={duplicateColumns}
          rows={report.duplicates.groups}
          idOf={(group) => `${group.subject}${group.from}${group.sizeBytes}${group.folders.join()}`}
        />
      </Tabs.Panel>
    </Tabs>
  )
}

function FoldersPanel(props: { readonly folders: readonly FolderUse[] }) {
  return (
    <Panel title={words.tabs.folders}>
      <Treemap folders={props.folders} />
      <p className={classes.said}>{words.treemapHint}</p>
      <DataTable
        label={words.tabs.folders}
        columns={folderColumns}
        rows={props.folders}
        idOf={({ path }) => path}
        maxHeight={420}
      />
    </Panel>
  )
}

function TablePanel<T extends object>(props: {
  readonly title: string
  readonly hint?: string
  readonly columns: readonly Column<T>[]
  readonly rows: readonly T[]
  readonly idOf: (row: T) => string
}) {
  return (
    <Panel title={props.title} flush>
      {props.hint !== undefined && <p className={classes.hint}>{props.hint}</p>}
      {props.rows.length === 0 ? (
        <EmptyState title={words.nothing} />
      ) : (
        <DataTable label={props.title} columns={props.columns} rows={props.rows} idOf={props.idOf} />
      )}
    </Panel>
  )
}

const placeOf = ({ folder, uid }: HeavyMessage) => `${folder}/${uid}`
const size = <T,>(id: string, header: string, of: (row: T) => number): Column<T> => ({
  ...{ id, header, align: 'end', width: '152px', sortBy: of },
  cell: (row) => <Bytes sizeBytes={of(row)} />,
})
const number = <T,>(id: string, header: string, of: (row: T) => number): Column<T> => ({
  ...{ id, header, align: 'end', width: '96px', sortBy: of },
  cell: (row) => formatCount(of(row)),
})
const text = <T,>(id: string, header: string, of: (row: T) => string, width: string): Column<T> => ({
  ...{ id, header, width, sortBy: (row) => of(row).toLowerCase() },
  cell: (row) => <bdi className={classes.path}>{of(row)}</bdi>,
})

const folderColumns: readonly Column<FolderUse>[] = [
  {
    id: 'path',
    header: words.columns.folder,
    width: 'minmax(180px, 3fr)',
    sortBy: ({ path }) => path.toLowerCase(),
    cell: ({ path, problem }) => (
      <span className={classes.path}>
        <bdi>{path}</bdi> {problem !== null && <StateBadge state="fail">{words.failed(problem)}</StateBadge>}
      </span>
    ),
  },
  number('messages', words.columns.messages, ({ messages }) => messages),
  size('own', words.columns.own, ({ sizeBytes }) => sizeBytes),
  size('all', words.columns.all, ({ allBytes }) => allBytes),
]

const heavyColumns: readonly Column<HeavyMessage>[] = [
  text('subject', words.columns.subject, ({ subject }) => subject || words.noSubject, 'minmax(180px, 3fr)'),
  text('from', words.columns.from, ({ from }) => from, 'minmax(140px, 2fr)'),
  text('folder', words.columns.folder, ({ folder }) => folder, 'minmax(96px, 1fr)'),
  {
    id: 'date',
    header: words.columns.date,
    width: '112px',
    sortBy: ({ internalDateMs }) => internalDateMs ?? 0,
    cell: ({ internalDateMs }) => <RelativeTime atMs={internalDateMs} />,
  },
  size('size', words.columns.size, ({ sizeBytes }) => sizeBytes),
]

const groupColumns = (name: string): readonly Column<GroupUse>[] => [
  text('name', name, (group) => group.name, 'minmax(180px, 3fr)'),
  number('messages', words.columns.messages, ({ messages }) => messages),
  size('size', words.columns.size, ({ sizeBytes }) => sizeBytes),
]

type Duplicate = ScanReport['duplicates']['groups'][number]
const duplicateColumns: readonly Column<Duplicate>[] = [
  text('subject', words.columns.subject, ({ subject }) => subject || words.noSubject, 'minmax(180px, 3fr)'),
  text('from', words.columns.from, ({ from }) => from, 'minmax(140px, 2fr)'),
  text('folders', words.columns.folder, ({ folders }) => folders.join(', '), 'minmax(120px, 2fr)'),
  number('copies', words.columns.copies, ({ copies }) => copies),
  size('extra', words.columns.extra, ({ copies, sizeBytes }) => (copies - 1) * sizeBytes),
]
