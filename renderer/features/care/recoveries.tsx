import type { Recovery } from '../../../core/care/junk-endpoints.ts'
import { junkWords as words, recoveryStateWords } from '../../i18n/care-junk.ts'
import { useCommand, useQueryOf } from '../../ipc/index.ts'
import {
  Button,
  DataTable,
  Panel,
  QueryView,
  RelativeTime,
  StateBadge,
  toastDone,
  toastError,
} from '../../ui/index.ts'
import type { Column, StepState } from '../../ui/index.ts'
import classes from './care.module.css'

/** Mail that was moved out of junk, with the reason and the way back. */
export function Recoveries() {
  const list = useQueryOf('care.recoveries', {})
  return (
    <Panel title={words.recoveries} flush>
      <QueryView query={list} rows={2}>
        {({ recoveries }) =>
          recoveries.length === 0 ? (
            <p className={classes.hint}>{words.noRecoveries}</p>
          ) : (
            <DataTable
              label={words.recoveries}
              columns={columns}
              rows={recoveries}
              idOf={({ recoveryId }) => recoveryId}
              maxHeight={320}
            />
          )
        }
      </QueryView>
    </Panel>
  )
}

const looks: Readonly<Record<Recovery['state'], StepState>> = {
  moving: 'unknown',
  moved: 'pass',
  copied: 'warning',
  failed: 'fail',
  undone: 'not_applicable',
}

function UndoButton(props: { readonly recovery: Recovery }) {
  const { recoveryId, state } = props.recovery
  const undo = useCommand('care.undoRecovery')
  if (state === 'undone' || state === 'failed') return null
  return (
    <Button
      size="compact-sm"
      loading={undo.isPending}
      onClick={() =>
        undo.mutate({ recoveryId }, { onSuccess: () => toastDone(words.undone), onError: toastError })
      }
    >
      {words.undo}
    </Button>
  )
}

const oneLine = (text: string) => (
  <bdi className={classes.path} title={text}>
    {text}
  </bdi>
)

const columns: readonly Column<Recovery>[] = [
  {
    id: 'subject',
    header: words.columns.subject,
    width: 'minmax(160px, 2fr)',
    sortBy: ({ subject }) => subject,
    cell: ({ subject }) => oneLine(subject === '' ? words.noSubject : subject),
  },
  {
    id: 'from',
    header: words.columns.from,
    width: 'minmax(130px, 1fr)',
    sortBy: ({ from }) => from,
    cell: ({ from }) => oneLine(from),
  },
  {
    id: 'folder',
    header: words.columns.folder,
    width: 'minmax(120px, 1fr)',
    cell: ({ fromFolder, toFolder }) => oneLine(`${fromFolder} → ${toFolder}`),
  },
  {
    id: 'reason',
    header: words.columns.reason,
    width: 'minmax(140px, 2fr)',
    cell: ({ reason, note }) => oneLine(note === null ? reason : `${reason} · ${note}`),
  },
  {
    id: 'state',
    header: words.columns.state,
    width: '150px',
    cell: ({ state }) => <StateBadge state={looks[state]}>{recoveryStateWords[state]}</StateBadge>,
  },
  {
    id: 'date',
    header: words.columns.date,
    width: '104px',
    sortBy: ({ atMs }) => atMs,
    cell: ({ atMs }) => <RelativeTime atMs={atMs} />,
  },
  {
    id: 'act',
    header: words.columns.act,
    width: '160px',
    align: 'end',
    cell: (recovery) => <UndoButton recovery={recovery} />,
  },
]
