import { Link, useNavigate, useSearchParams } from 'react-router'
import type { ArchiveSummary } from '../../../core/archive/types.ts'
import { archiveWords as words } from '../../i18n/archive.ts'
import { keyWords } from '../../i18n/archive-keys.ts'
import { formatCount } from '../../i18n/format.ts'
import { useQueryOf } from '../../ipc/index.ts'
import {
  Anchor,
  Button,
  Bytes,
  DataTable,
  EmptyState,
  Group,
  Page,
  Panel,
  QueryView,
  RelativeTime,
  Stack,
  StateBadge,
  useHotkeys,
} from '../../ui/index.ts'
import type { Column } from '../../ui/index.ts'
import classes from './archive.module.css'
import { CreateDialog } from './create-dialog.tsx'
import { OpenDialog } from './open-dialog.tsx'
import { PullDialog } from './pull-dialog.tsx'
import { ReportsPanel } from './reports-panel.tsx'

/**
 * /archive (?create=1, ?open=1, ?pull=1 or ?mailbox=ID open a dialog): every archive this desk knows. ?ticket= goes
 * along to the archive, whose runs can then be linked to it.
 */
export function ArchivesPage() {
  const [query, setQuery] = useSearchParams()
  const navigate = useNavigate()
  const list = useQueryOf('archive.list', {})
  const show = (dialog: string) => setQuery({ [dialog]: '1' })
  const close = () => setQuery({})
  const ticketId = query.get('ticket')
  const goTo = (archiveId: string) =>
    void navigate(`/archive/${archiveId}${ticketId === null ? '' : `?ticket=${ticketId}`}`)
  useHotkeys(words.place, [
    { keys: 'p', label: words.pull, run: () => show('pull') },
    { keys: 'n', label: words.create, run: () => show('create') },
    { keys: 'o', label: words.open, run: () => show('open') },
  ])
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <Group gap="xs">
          <Button onClick={() => show('open')}>{words.open}</Button>
          <Button onClick={() => show('create')}>{words.create}</Button>
          <Button variant="filled" onClick={() => show('pull')}>
            {words.pull}
          </Button>
        </Group>
      }
    >
      <Stack gap="md">
        <QueryView query={list} rows={4}>
          {({ archives }) =>
            archives.length === 0 ? (
              <EmptyState
                title={words.emptyTitle}
                action={<Button onClick={() => show('pull')}>{words.pull}</Button>}
              >
                {words.emptyText}
              </EmptyState>
            ) : (
              <Panel title={words.archives} flush>
                <DataTable
                  label={words.archives}
                  columns={columns}
                  rows={archives}
                  idOf={({ archiveId }) => archiveId}
                  onRowClick={({ archiveId }) => goTo(archiveId)}
                />
              </Panel>
            )
          }
        </QueryView>
        <ReportsPanel archiveId={null} />
      </Stack>
      <CreateDialog opened={query.has('create')} onClose={close} onCreated={goTo} />
      <OpenDialog opened={query.has('open')} onClose={close} onOpened={goTo} />
      <PullDialog
        opened={query.has('pull') || query.has('mailbox')}
        mailboxId={query.get('mailbox')}
        archiveId={null}
        onClose={close}
        onStarted={goTo}
      />
    </Page>
  )
}

const columns: readonly Column<ArchiveSummary>[] = [
  {
    id: 'name',
    header: words.columns.name,
    width: 'minmax(160px, 2fr)',
    sortBy: ({ name }) => name.toLowerCase(),
    cell: (archive) => <ArchiveName archive={archive} />,
  },
  {
    id: 'messages',
    header: words.columns.messages,
    align: 'end',
    width: '96px',
    sortBy: ({ messageCount }) => messageCount ?? -1,
    cell: ({ messageCount }) => (messageCount === null ? words.unknown : formatCount(messageCount)),
  },
  {
    id: 'mail',
    header: words.columns.mail,
    align: 'end',
    width: '88px',
    sortBy: ({ mailBytes }) => mailBytes ?? -1,
    cell: ({ mailBytes }) => (mailBytes === null ? words.unknown : <Bytes sizeBytes={mailBytes} />),
  },
  {
    id: 'stored',
    header: words.columns.stored,
    align: 'end',
    width: '88px',
    sortBy: ({ storedBytes }) => storedBytes ?? -1,
    cell: ({ storedBytes }) => (storedBytes === null ? words.unknown : <Bytes sizeBytes={storedBytes} />),
  },
  {
    id: 'last',
    header: words.columns.last,
    width: '164px',
    sortBy: ({ lastArchivedAtMs }) => lastArchivedAtMs ?? -1,
    cell: ({ lastArchivedAtMs }) =>
      lastArchivedAtMs === null ? words.notYet : <RelativeTime atMs={lastArchivedAtMs} />,
  },
  {
    id: 'path',
    header: words.columns.path,
    width: 'minmax(120px, 2fr)',
    sortBy: ({ path }) => path,
    cell: ({ path }) => <bdi className={classes.path}>{path}</bdi>,
  },
]

function ArchiveName(props: { readonly archive: ArchiveSummary }) {
  const { archiveId, name, kind, state, encryption } = props.archive
  return (
    <span className={classes.name}>
      <Anchor component={Link} to={`/archive/${archiveId}`}>
        <bdi>{name}</bdi>
      </Anchor>
      {kind === 'bundle' && <span className={classes.kind}>{words.kinds.bundle}</span>}
      {encryption !== null && <span className={classes.kind}>{keyWords.encrypted}</span>}
      {state !== 'ready' && <StateBadge state="warning">{words.states[state]}</StateBadge>}
    </span>
  )
}
