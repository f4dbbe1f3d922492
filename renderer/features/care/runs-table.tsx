import { Link, useNavigate } from 'react-router'
import type { CleanupRun, ItemState, RunItem } from '../../../core/care/plans.ts'
import { itemStateWords, planWords as words } from '../../i18n/care-plans.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { Anchor, DataTable, QueryView, RelativeTime, StateBadge } from '../../ui/index.ts'
import type { Column, StepState } from '../../ui/index.ts'
import classes from './care.module.css'

/** How the state of an item looks. */
export const lookOfItem: Readonly<Record<ItemState, StepState>> = {
  waiting: 'waiting',
  listing: 'running',
  previewed: 'warning',
  archiving: 'running',
  proving: 'running',
  removing: 'running',
  done: 'pass',
  failed: 'fail',
  interrupted: 'warning',
  undoing: 'running',
  undone: 'not_applicable',
}

/** What most needs to be said of a run with several mailboxes. */
const gravest: readonly ItemState[] = [
  'interrupted',
  'failed',
  'removing',
  'proving',
  'archiving',
  'undoing',
  'listing',
  'waiting',
  'previewed',
  'done',
  'undone',
]

/** Runs of plans, newest first: of one mailbox, of one plan, or all. */
export function RunsTable(props: {
  readonly mailboxId: string | null
  readonly planId: string | null
  readonly empty: string
}) {
  const { mailboxId, planId } = props
  const runs = useQueryOf('care.runs', { mailboxId, planId })
  const navigate = useNavigate()
  return (
    <QueryView query={runs} rows={2}>
      {(data) =>
        data.runs.length === 0 ? (
          <p className={classes.hint}>{props.empty}</p>
        ) : (
          <DataTable
            label={words.runs}
            columns={columns}
            rows={data.runs}
            idOf={({ runId }) => runId}
            onRowClick={({ runId }) => void navigate(`/care/plans/runs/${runId}`)}
            maxHeight={320}
          />
        )
      }
    </QueryView>
  )
}

/** Messages and bytes of an item that were, or would be, taken from the mailbox. */
export function takenOf(items: readonly RunItem[]): {
  readonly messages: number
  readonly sizeBytes: number
} {
  const states = ['listed', 'proved', 'removing', 'removed', 'marked', 'restoring', 'restored'] as const
  const amounts = items.flatMap((item) => states.map((state) => item.amounts[state]))
  return {
    messages: amounts.reduce((sum, one) => sum + (one?.messages ?? 0), 0),
    sizeBytes: amounts.reduce((sum, one) => sum + (one?.sizeBytes ?? 0), 0),
  }
}

const stateOf = ({ items }: CleanupRun): ItemState =>
  gravest.find((state) => items.some((item) => item.state === state)) ?? 'done'

const columns: readonly Column<CleanupRun>[] = [
  {
    id: 'plan',
    header: words.columns.run,
    width: 'minmax(160px, 2fr)',
    sortBy: ({ planName }) => planName,
    cell: ({ runId, planName }) => (
      <Anchor component={Link} to={`/care/plans/runs/${runId}`}>
        <bdi>{planName}</bdi>
      </Anchor>
    ),
  },
  {
    id: 'mailboxes',
    header: words.columns.mailboxes,
    width: 'minmax(140px, 2fr)',
    cell: ({ items }) =>
      items.length === 1 ? (
        <bdi className={classes.path}>{items[0]?.address}</bdi>
      ) : (
        words.countMailboxes(items.length)
      ),
  },
  {
    id: 'amount',
    header: words.columns.amount,
    width: 'minmax(150px, 1fr)',
    sortBy: ({ items }) => takenOf(items).sizeBytes,
    cell: ({ items }) => {
      const { messages, sizeBytes } = takenOf(items)
      return words.countMessages(messages, sizeBytes)
    },
  },
  {
    id: 'state',
    header: words.columns.state,
    width: '190px',
    cell: (run) => <StateBadge state={lookOfItem[stateOf(run)]}>{itemStateWords[stateOf(run)]}</StateBadge>,
  },
  {
    id: 'when',
    header: words.columns.when,
    width: '112px',
    sortBy: ({ createdAtMs }) => createdAtMs,
    cell: ({ createdAtMs }) => <RelativeTime atMs={createdAtMs} />,
  },
]
