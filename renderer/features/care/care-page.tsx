import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import type { CaredMailbox } from '../../../core/care/contract.ts'
import { describeForecast } from '../../../core/care/outcomes.ts'
import { careWords as words, forecastShort } from '../../i18n/care.ts'
import { useCommand, useQueryOf } from '../../ipc/index.ts'
import {
  Anchor,
  Button,
  DataTable,
  EmptyState,
  Group,
  Page,
  Panel,
  QueryView,
  RelativeTime,
  SearchField,
  Stack,
  StateBadge,
  toastDone,
  toastError,
  useHotkeys,
} from '../../ui/index.ts'
import type { Column } from '../../ui/index.ts'
import classes from './care.module.css'
import { LiveJobs } from './live-jobs.tsx'
import { UseBar } from './use-bar.tsx'

/** /care: every mailbox with its use and forecast, what needs attention first. */
export function CarePage() {
  const [text, setText] = useState('')
  const list = useQueryOf('care.list', { text }, { keepPrevious: true })
  const navigate = useNavigate()
  const scannable = (list.data?.mailboxes ?? []).filter(({ hasImap }) => hasImap)
  const scanAll = useScan()
  useHotkeys(words.place, [
    { keys: 'n', label: words.plans, run: () => void navigate('/care/plans') },
    { keys: 'f', label: words.junk, run: () => void navigate('/care/junk') },
  ])
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <Group gap="xs">
          <Button component={Link} to="/care/junk">
            {words.junk}
          </Button>
          <Button component={Link} to="/care/plans">
            {words.plans}
          </Button>
          <Button
            variant="filled"
            disabled={scannable.length === 0}
            loading={scanAll.pending}
            onClick={() => scanAll.start(scannable.map(({ mailboxId }) => mailboxId))}
          >
            {words.scanAll(scannable.length)}
          </Button>
        </Group>
      }
    >
      <Stack gap="md">
        <LiveJobs />
        <QueryView query={list} rows={5}>
          {({ mailboxes }) =>
            mailboxes.length === 0 && text === '' ? (
              <EmptyState
                title={words.emptyTitle}
                action={
                  <Button component={Link} to="/people">
                    {words.toPeople}
                  </Button>
                }
              >
                {words.emptyText}
              </EmptyState>
            ) : (
              <Panel
                title={words.mailboxes}
                aside={<SearchField label={words.find} value={text} onChange={setText} />}
                flush
              >
                {mailboxes.length === 0 ? (
                  <EmptyState title={words.noMatch} />
                ) : (
                  <DataTable
                    label={words.mailboxes}
                    columns={columns}
                    rows={mailboxes}
                    idOf={({ mailboxId }) => mailboxId}
                    onRowClick={({ mailboxId }) => void navigate(`/care/${mailboxId}`)}
                  />
                )}
              </Panel>
            )
          }
        </QueryView>
      </Stack>
    </Page>
  )
}

/** Starts scans; the desk shares its connections among them. */
function useScan() {
  const scan = useCommand('care.scan')
  return {
    pending: scan.isPending,
    start: (mailboxIds: readonly string[]) => {
      void Promise.allSettled(mailboxIds.map((mailboxId) => scan.mutateAsync({ mailboxId }))).then((all) => {
        const failed = all.find((one) => one.status === 'rejected')
        if (failed !== undefined) toastError(failed.reason as Error)
        if (all.some((one) => one.status === 'fulfilled')) toastDone(words.scanStarted)
      })
    },
  }
}

const columns: readonly Column<CaredMailbox>[] = [
  {
    id: 'mailbox',
    header: words.columns.mailbox,
    width: 'minmax(160px, 2fr)',
    sortBy: ({ address }) => address.toLowerCase(),
    cell: ({ mailboxId, address, personName }) => (
      <Anchor component={Link} to={`/care/${mailboxId}`} title={personName}>
        <bdi>{address}</bdi>
      </Anchor>
    ),
  },
  {
    id: 'use',
    header: words.columns.use,
    width: 'minmax(190px, 2fr)',
    sortBy: ({ scan }) =>
      scan?.quota?.limitBytes == null ? -1 : scan.quota.usedBytes / Math.max(1, scan.quota.limitBytes),
    cell: ({ scan, hasImap, address }) =>
      scan === null ? (
        <span className={classes.quiet}>{hasImap ? words.notScanned : words.noImap}</span>
      ) : (
        <UseBar quota={scan.quota} label={address} />
      ),
  },
  {
    id: 'next',
    header: words.columns.next,
    width: '164px',
    cell: (row) => <NextStep mailbox={row} />,
  },
  {
    id: 'forecast',
    header: words.columns.forecast,
    width: 'minmax(180px, 2fr)',
    sortBy: ({ scan }) => (scan?.forecast.kind === 'fills' ? (scan.forecast.atMs ?? 0) : 1e15),
    cell: ({ scan }) =>
      scan === null ? (
        '–'
      ) : scan.forecast.kind === 'full' ? (
        <StateBadge state="fail">{forecastShort(scan.forecast)}</StateBadge>
      ) : (
        <span title={describeForecast(scan.forecast)}>{forecastShort(scan.forecast)}</span>
      ),
  },
  {
    id: 'scanned',
    header: words.columns.scanned,
    width: '112px',
    sortBy: ({ scan }) => scan?.atMs ?? 0,
    cell: ({ scan }) => <RelativeTime atMs={scan?.atMs ?? null} />,
  },
]

/** The one thing to do next, as a link that does it. */
function NextStep(props: { readonly mailbox: CaredMailbox }) {
  const { mailboxId, openItems, scan, hasImap } = props.mailbox
  if (!hasImap) return null
  const [label, to] =
    openItems.interrupted > 0
      ? [words.goOn, `/care/${mailboxId}#runs`]
      : openItems.previewed > 0
        ? [words.review, `/care/${mailboxId}#runs`]
        : scan === null
          ? [words.scan, `/care/${mailboxId}`]
          : [words.look, `/care/${mailboxId}`]
  return (
    <Anchor component={Link} to={to}>
      {label}
    </Anchor>
  )
}
