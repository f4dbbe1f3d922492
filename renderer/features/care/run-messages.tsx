import { useState } from 'react'
import type { MessageState, RunItem, RunMessage } from '../../../core/care/plans.ts'
import { storageWords } from '../../i18n/care.ts'
import { keepReasonWords, messageStateWords, planWords as words } from '../../i18n/care-plans.ts'
import { useQueryOf } from '../../ipc/index.ts'
import {
  Bytes,
  DataTable,
  EmptyState,
  Hint,
  Panel,
  QueryView,
  RelativeTime,
  SelectField,
} from '../../ui/index.ts'
import type { Column } from '../../ui/index.ts'
import classes from './care.module.css'

const limit = 1000

/** The exact list of a run in one mailbox: what becomes of each message, and why. */
export function RunMessages(props: { readonly item: RunItem }) {
  const { itemId, amounts, address } = props.item
  const [state, setState] = useState<MessageState | null>(null)
  const states = (Object.keys(amounts) as MessageState[]).toSorted()
  const list = useQueryOf(
    'care.runMessages',
    { itemId, states: state === null ? null : [state], limit },
    { keepPrevious: true },
  )
  return (
    <Panel
      title={`${words.listed} · ${address}`}
      flush
      aside={
        states.length > 1 ? (
          <div className={classes.aside}>
            <SelectField
              label={words.show}
              value={state}
              error={null}
              clearable
              placeholder={words.all}
              onChange={setState}
              options={states.map((value) => ({ value, label: messageStateWords[value] }))}
            />
          </div>
        ) : undefined
      }
    >
      <QueryView query={list} rows={4}>
        {({ total, messages }) =>
          total === 0 ? (
            <EmptyState title={words.nothingTaken} />
          ) : (
            <>
              {total > messages.length && <Hint>{words.notComplete(messages.length, total)}</Hint>}
              <DataTable
                label={words.listed}
                columns={columns}
                rows={messages}
                idOf={({ position }) => String(position)}
              />
            </>
          )
        }
      </QueryView>
    </Panel>
  )
}

/** What becomes of a message, and why; the proof or the problem on the same line. */
function fateOf({ state, why, note }: RunMessage): string {
  const because = why === null ? '' : `: ${keepReasonWords[why]}`
  return `${messageStateWords[state]}${because}${note === null || state === 'restoring' ? '' : `. ${note}`}`
}

const oneLine = (text: string) => (
  <bdi className={classes.path} title={text}>
    {text}
  </bdi>
)

const columns: readonly Column<RunMessage>[] = [
  {
    id: 'subject',
    header: storageWords.columns.subject,
    width: 'minmax(160px, 2fr)',
    sortBy: ({ subject }) => subject.toLowerCase(),
    cell: ({ subject }) => oneLine(subject === '' ? storageWords.noSubject : subject),
  },
  {
    id: 'from',
    header: storageWords.columns.from,
    width: 'minmax(120px, 1fr)',
    sortBy: ({ from }) => from.toLowerCase(),
    cell: ({ from }) => oneLine(from),
  },
  {
    id: 'folder',
    header: storageWords.columns.folder,
    width: 'minmax(80px, 110px)',
    sortBy: ({ folder }) => folder.toLowerCase(),
    cell: ({ folder }) => oneLine(folder),
  },
  {
    id: 'date',
    header: storageWords.columns.date,
    width: '104px',
    sortBy: ({ internalDateMs }) => internalDateMs ?? 0,
    cell: ({ internalDateMs }) => <RelativeTime atMs={internalDateMs} />,
  },
  {
    id: 'size',
    header: storageWords.columns.size,
    align: 'end',
    width: '88px',
    sortBy: ({ sizeBytes }) => sizeBytes,
    cell: ({ sizeBytes }) => <Bytes sizeBytes={sizeBytes} />,
  },
  {
    id: 'state',
    header: words.columns.state,
    width: 'minmax(220px, 2fr)',
    sortBy: fateOf,
    cell: (message) => oneLine(fateOf(message)),
  },
]
