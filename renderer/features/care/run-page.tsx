import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import type { CleanupRun, RunItem } from '../../../core/care/plans.ts'
import { describeItems } from '../../../core/care/outcomes.ts'
import { itemStateWords, planWords as words, ruleLine } from '../../i18n/care-plans.ts'
import { useCommand, useQueryOf } from '../../ipc/index.ts'
import {
  Button,
  ConfirmAct,
  DataTable,
  Finding,
  Group,
  Page,
  Panel,
  QueryView,
  Stack,
  StateBadge,
  toastDone,
  toastError,
} from '../../ui/index.ts'
import type { Column } from '../../ui/index.ts'
import classes from './care.module.css'
import { LiveJobs } from './live-jobs.tsx'
import { RunMessages } from './run-messages.tsx'
import { lookOfItem, takenOf } from './runs-table.tsx'

/** /care/plans/runs/:runId (?item= chooses a mailbox): what a run takes, what it did, and the way on or back. */
export function RunPage() {
  const { runId = '' } = useParams()
  const run = useQueryOf('care.run', { runId })
  return (
    <QueryView query={run} rows={6}>
      {(data) => <OneRun run={data} />}
    </QueryView>
  )
}

const busy = new Set(['waiting', 'listing', 'archiving', 'proving', 'removing', 'undoing'])

function OneRun(props: { readonly run: CleanupRun }) {
  const { run } = props
  const [query, setQuery] = useSearchParams()
  const chosen = run.items.find(({ itemId }) => itemId === query.get('item')) ?? run.items[0]
  const works = run.items.some(({ state }) => busy.has(state))
  return (
    <Page
      title={words.runLead(run.planName)}
      lead={ruleLine(run.rule)}
      actions={
        <Group gap="xs">
          <Button component={Link} to="/care/plans">
            {words.backToPlans}
          </Button>
          {!works && <Acts run={run} />}
        </Group>
      }
    >
      <Stack gap="md">
        <LiveJobs />
        {!works && <Finding state={stateOf(run)} what={describeItems(run.items)} {...stepOf(run)} />}
        <Panel title={words.columns.mailboxes} flush>
          <DataTable
            label={words.columns.mailboxes}
            columns={columns}
            rows={run.items}
            idOf={({ itemId }) => itemId}
            onRowClick={({ itemId }) => setQuery({ item: itemId }, { replace: true })}
            maxHeight={280}
          />
        </Panel>
        {chosen !== undefined && <RunMessages key={chosen.itemId} item={chosen} />}
      </Stack>
    </Page>
  )
}

function stateOf({ items }: CleanupRun): 'pass' | 'warning' | 'fail' {
  if (items.some(({ state }) => state === 'failed')) return 'fail'
  const unsettled = items.some(
    ({ state, amounts }) => state === 'interrupted' || amounts.failed !== undefined,
  )
  return unsettled || items.some(({ state }) => state === 'previewed') ? 'warning' : 'pass'
}

/** Who must act, and what to do now. */
function stepOf({ items }: CleanupRun): { readonly who: string; readonly now: string } {
  const any = (states: readonly string[]) => items.some(({ state }) => states.includes(state))
  if (any(['interrupted'])) return { who: words.you, now: words.nowGoOn }
  if (any(['failed']) || items.some(({ amounts }) => amounts.failed !== undefined))
    return { who: words.you, now: words.nowFailed }
  if (any(['previewed']) && takenOf(items).messages > 0) return { who: words.you, now: words.nowDecide }
  return { who: words.nobody, now: words.nowDone }
}

/** The way on, and the way back: each says how many messages it is about. */
function Acts(props: { readonly run: CleanupRun }) {
  const { run } = props
  const [asked, setAsked] = useState(false)
  const carryOut = useCommand('care.carryOut')
  const undo = useCommand('care.undoRun')
  const archive = useQueryOf('archive.get', { archiveId: run.archiveId })
  const { runId } = run
  const count = (states: readonly (keyof RunItem['amounts'])[]) =>
    run.items.reduce(
      (sum, { amounts }) => sum + states.reduce((of, state) => of + (amounts[state]?.messages ?? 0), 0),
      0,
    )
  const open = count(['listed', 'proved', 'removing'])
  const back = count(['removed', 'marked', 'restoring'])
  return (
    <>
      {back > 0 && (
        <Button
          loading={undo.isPending}
          onClick={() =>
            undo.mutate({ runId }, { onSuccess: () => toastDone(words.putBackStarted), onError: toastError })
          }
        >
          {words.putBack(back)}
        </Button>
      )}
      {open > 0 && (
        <Button variant="filled" onClick={() => setAsked(true)}>
          {words.carryOut(open)}
        </Button>
      )}
      <ConfirmAct
        opened={asked}
        onClose={() => setAsked(false)}
        title={words.carryTitle(open)}
        what={words.carryWhat(archive.data?.name ?? '…')}
        howMany={words.countMessages(open, takenOf(run.items).sizeBytes)}
        cannotBeUndone={words.carryUndone}
        wayBack={words.carryBack}
        actLabel={words.carryOut(open)}
        onConfirm={async () => {
          await carryOut.mutateAsync({ runId })
          toastDone(words.carryStarted)
        }}
      />
    </>
  )
}

const columns: readonly Column<RunItem>[] = [
  {
    id: 'mailbox',
    header: words.columns.mailbox,
    width: 'minmax(180px, 2fr)',
    sortBy: ({ address }) => address,
    cell: ({ address }) => <bdi className={classes.path}>{address}</bdi>,
  },
  {
    id: 'state',
    header: words.columns.state,
    width: '200px',
    cell: ({ state }) => <StateBadge state={lookOfItem[state]}>{itemStateWords[state]}</StateBadge>,
  },
  {
    id: 'amount',
    header: words.columns.amount,
    width: 'minmax(150px, 1fr)',
    sortBy: (item) => takenOf([item]).sizeBytes,
    cell: (item) => {
      const { messages, sizeBytes } = takenOf([item])
      return words.countMessages(messages, sizeBytes)
    },
  },
  {
    id: 'note',
    header: words.columns.note,
    width: 'minmax(200px, 3fr)',
    cell: ({ note }) => (
      <span className={classes.path} title={note ?? ''}>
        {note ?? ''}
      </span>
    ),
  },
]
