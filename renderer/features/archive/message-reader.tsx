import { useState } from 'react'
import type { ReadableMessage } from '../../../core/archive/types.ts'
import { oneArchiveWords, readerWords as words } from '../../i18n/archive.ts'
import { formatExact } from '../../i18n/format.ts'
import { useQueryOf } from '../../ipc/index.ts'
import {
  Choice,
  DetailPane,
  EmptyState,
  Facts,
  Hint,
  MachineText,
  QueryView,
  StateMark,
} from '../../ui/index.ts'
import classes from './archive.module.css'
import { Attachments } from './attachments.tsx'
import { MailFrame } from './mail-frame.tsx'

interface MessageRef {
  readonly archiveId: string
  readonly occurrenceId: number
}
type View = 'html' | 'text' | 'source'

/** One archived message. Its HTML is shown only in a sandboxed frame. */
export function MessageReader(props: MessageRef) {
  const message = useQueryOf('archive.readMessage', props)
  return (
    <DetailPane width="reading">
      <QueryView query={message} rows={8}>
        {(data) => <Message message={data} at={props} />}
      </QueryView>
    </DetailPane>
  )
}

function Message(props: { readonly message: ReadableMessage; readonly at: MessageRef }) {
  const { message, at } = props
  const views = viewsOf(message)
  const [chosen, setChosen] = useState<View | null>(null)
  const view = chosen ?? views[0] ?? 'source'
  const { row } = message
  return (
    <article className={classes.reader}>
      <header className={classes.readerHead}>
        <h2 className={classes.readerSubject}>
          <bdi>{row.subject === '' ? oneArchiveWords.noSubject : row.subject}</bdi>
        </h2>
        <Facts
          facts={[
            [words.from, <bdi key="from">{row.from === '' ? oneArchiveWords.noSender : row.from}</bdi>],
            [words.to, <bdi key="to">{row.to}</bdi>],
            [words.date, row.dateMs === null ? words.noDate : formatExact(row.dateMs)],
          ]}
        />
        <Choice
          label={words.view}
          value={view}
          onChange={setChosen}
          options={views.map((value) => ({ value, label: words.views[value] }))}
        />
      </header>
      {message.parseProblem !== null && <Note state="warning">{words.problem(message.parseProblem)}</Note>}
      {message.truncated && view !== 'source' && <Note state="warning">{words.truncated}</Note>}
      <Attachments at={at} attachments={message.attachments} />
      <Body message={message} view={view} at={at} />
    </article>
  )
}

function Body(props: { readonly message: ReadableMessage; readonly view: View; readonly at: MessageRef }) {
  const { message, view, at } = props
  if (view === 'source') return <Source {...at} />
  if (view === 'html' && message.html !== null)
    return (
      <>
        <Hint>{words.remoteOff}</Hint>
        <MailFrame html={message.html} />
      </>
    )
  if (message.text === null || message.text.trim() === '') return <EmptyState title={words.noBody} />
  return (
    <pre className={classes.text} dir="auto" tabIndex={0}>
      {message.text}
    </pre>
  )
}

function Source(props: MessageRef) {
  const source = useQueryOf('archive.readSource', props)
  return (
    <QueryView query={source} rows={8}>
      {({ text, sizeBytes, truncated }) => (
        <>
          {truncated && <Hint>{words.sourceCut(text.length, sizeBytes)}</Hint>}
          <MachineText block label={words.views.source}>
            {text}
          </MachineText>
        </>
      )}
    </QueryView>
  )
}

function Note(props: { readonly state: 'warning'; readonly children: string }) {
  return (
    <p className={classes.note} role="status">
      <StateMark state={props.state} size={16} /> {props.children}
    </p>
  )
}

function viewsOf(message: ReadableMessage): readonly View[] {
  if (message.parseProblem !== null) return ['source']
  return [
    ...(message.html === null ? [] : (['html'] as const)),
    ...(message.text === null && message.html !== null ? [] : (['text'] as const)),
    'source',
  ]
}
