import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import type { JunkMessage } from '../../../core/care/junk.ts'
import { junkWords as words } from '../../i18n/care-junk.ts'
import { useQueryOf } from '../../ipc/index.ts'
import {
  Button,
  Checkbox,
  DataTable,
  EmptyState,
  Hint,
  MachineText,
  Panel,
  QueryView,
  RelativeTime,
  StateBadge,
} from '../../ui/index.ts'
import type { Column } from '../../ui/index.ts'
import classes from './care.module.css'

/** One message among all that are listed. */
export const keyOf = ({ mailboxId, folder, uidValidity, uid }: JunkMessage): string =>
  `${mailboxId}/${folder}/${uidValidity}/${uid}`

/** What a look through junk found: the list, and beside it the headers of one message. */
export function JunkFound(props: {
  readonly runId: string
  readonly chosen: readonly JunkMessage[]
  readonly onChoose: (messages: readonly JunkMessage[]) => void
  readonly onRecover: () => void
}) {
  const { runId, chosen, onChoose } = props
  const found = useQueryOf('care.junk', { runId })
  const job = useQueryOf('jobs.get', { runId })
  const [shownKey, setShownKey] = useState<string | null>(null)
  const columns = useMemo(() => columnsWith(chosen, onChoose, setShownKey), [chosen, onChoose])
  const looking = job.data?.state === 'running'
  return (
    <QueryView query={found} rows={4}>
      {({ messages, looks }) => (
        <div className={classes.junk}>
          <Panel
            title={words.found}
            flush
            aside={
              chosen.length > 0 ? (
                <Button variant="filled" size="compact-sm" onClick={props.onRecover}>
                  {words.moveTo(chosen.length)}
                </Button>
              ) : looking ? (
                <StateBadge state="running">{words.looking}</StateBadge>
              ) : undefined
            }
          >
            {messages.length === 0 ? (
              looking ? null : (
                <EmptyState
                  title={words.nothingTitle}
                  action={
                    looks.length === 1 && (
                      <Button component={Link} to={`/diagnose?mailbox=${looks[0]?.mailboxId ?? ''}`}>
                        {words.diagnose}
                      </Button>
                    )
                  }
                >
                  {words.nothingText}
                </EmptyState>
              )
            ) : (
              <DataTable
                label={words.found}
                columns={columns}
                rows={messages}
                idOf={keyOf}
                onRowClick={(message) => setShownKey(keyOf(message))}
                maxHeight={480}
              />
            )}
            <div className={classes.hint}>
              {looks.map(({ mailboxId, address, folders, problem, more, found: matches }) => (
                <p key={mailboxId} className={classes.looked}>
                  {problem === null ? words.looked(address, folders) : `${address}: ${problem}`}
                  {more && ` · ${words.more(matches)}`}
                </p>
              ))}
            </div>
          </Panel>
          <Preview message={messages.find((message) => keyOf(message) === shownKey) ?? null} />
        </div>
      )}
    </QueryView>
  )
}

/** Why it is in junk, and its whole header; read only. */
function Preview(props: { readonly message: JunkMessage | null }) {
  const { message } = props
  const header = useQueryOf(
    'care.junkHeader',
    {
      mailboxId: message?.mailboxId ?? '',
      folder: message?.folder ?? '',
      uidValidity: message?.uidValidity ?? '',
      uid: message?.uid ?? 0,
    },
    { enabled: message !== null },
  )
  if (message === null)
    return (
      <Panel title={words.header}>
        <Hint>{words.chooseToSee}</Hint>
      </Panel>
    )
  return (
    <Panel title={message.subject === '' ? words.noSubject : message.subject}>
      <dl className={classes.signs} aria-label={words.signs}>
        {message.signs.length === 0 && <dd>{words.noSignsText}</dd>}
        {message.signs.map((sign, index) => (
          <div key={index}>
            <dt>{sign.header}</dt>
            <dd>{sign.says}</dd>
          </div>
        ))}
      </dl>
      <p className={classes.said}>{words.preview}</p>
      <QueryView query={header} rows={4}>
        {({ text, truncated }) => (
          <>
            <MachineText block label={words.header}>
              {text}
            </MachineText>
            {truncated && <Hint>{words.headerCut}</Hint>}
          </>
        )}
      </QueryView>
    </Panel>
  )
}

function columnsWith(
  chosen: readonly JunkMessage[],
  onChoose: (messages: readonly JunkMessage[]) => void,
  show: (key: string) => void,
): readonly Column<JunkMessage>[] {
  const isChosen = (message: JunkMessage) => chosen.some((one) => keyOf(one) === keyOf(message))
  return [
    {
      id: 'choose',
      header: words.columns.choose,
      width: '60px',
      cell: (message) => (
        <Checkbox
          aria-label={words.choose(message.subject)}
          checked={isChosen(message)}
          onClick={(event) => event.stopPropagation()}
          onChange={(event) =>
            onChoose(
              event.currentTarget.checked
                ? [...chosen, message]
                : chosen.filter((one) => keyOf(one) !== keyOf(message)),
            )
          }
        />
      ),
    },
    {
      id: 'subject',
      header: words.columns.subject,
      width: 'minmax(150px, 2fr)',
      sortBy: ({ subject }) => subject.toLowerCase(),
      cell: (message) => (
        <button type="button" className={classes.subject} onClick={() => show(keyOf(message))}>
          <bdi>{message.subject === '' ? words.noSubject : message.subject}</bdi>
        </button>
      ),
    },
    {
      id: 'from',
      header: words.columns.from,
      width: 'minmax(130px, 1fr)',
      sortBy: ({ from }) => from.toLowerCase(),
      cell: ({ from }) => <bdi className={classes.path}>{from}</bdi>,
    },
    {
      id: 'why',
      header: words.columns.why,
      width: 'minmax(140px, 1fr)',
      cell: ({ signs }) => (
        <span className={classes.path}>
          {signs.length === 0
            ? words.noSigns
            : signs.map(({ header, says }) => `${header}: ${says}`).join(' · ')}
        </span>
      ),
    },
    {
      id: 'date',
      header: words.columns.date,
      width: '104px',
      sortBy: ({ internalDateMs }) => internalDateMs ?? 0,
      cell: ({ internalDateMs }) => <RelativeTime atMs={internalDateMs} />,
    },
  ]
}
