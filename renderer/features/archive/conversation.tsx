import { conversationWords as words } from '../../i18n/archive-find.ts'
import { oneArchiveWords } from '../../i18n/archive.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { QueryView, RelativeTime, UnstyledButton } from '../../ui/index.ts'
import { plainSender } from './plain-sender.ts'
import classes from './search-results.module.css'

interface MessageRef {
  readonly archiveId: string
  readonly occurrenceId: number
}

/** The other messages of a conversation, and what of this one cannot be searched for. */
export function Conversation(props: MessageRef & { readonly onOpen: (occurrenceId: number) => void }) {
  const { archiveId, occurrenceId, onOpen } = props
  const thread = useQueryOf('archive.thread', { archiveId, occurrenceId })
  return (
    <section className={classes.conversation}>
      <h3 className={classes.facetTitle}>{words.title}</h3>
      <QueryView query={thread} rows={2}>
        {({ messages, truncated }) =>
          messages.length < 2 ? (
            <p className={classes.quiet}>{words.alone}</p>
          ) : (
            <>
              {messages.map((message) => (
                <UnstyledButton
                  key={message.occurrenceId}
                  className={classes.turn}
                  aria-current={message.occurrenceId === occurrenceId}
                  onClick={() => onOpen(message.occurrenceId)}
                >
                  <bdi className={classes.turnLine}>
                    {message.from === '' ? oneArchiveWords.noSender : plainSender(message.from)}
                  </bdi>
                  <span className={classes.quiet}>
                    <RelativeTime atMs={message.dateMs} />
                  </span>
                </UnstyledButton>
              ))}
              {truncated && <p className={classes.quiet}>{words.first(messages.length)}</p>}
            </>
          )
        }
      </QueryView>
      <TextProblems archiveId={archiveId} occurrenceId={occurrenceId} />
    </section>
  )
}

function TextProblems(props: MessageRef) {
  const { archiveId, occurrenceId } = props
  const known = useQueryOf('archive.textProblems', { archiveId, occurrenceId })
  if (known.data === undefined) return null
  const { indexed, problems } = known.data
  const lines = indexed
    ? problems.map(({ file, problem }) => words.unreadFile(file, problem))
    : [words.notIndexed]
  if (lines.length === 0) return null
  return (
    <section className={classes.problems} aria-label={words.unread}>
      {lines.map((line) => (
        <p key={line}>
          <bdi>{line}</bdi>
        </p>
      ))}
    </section>
  )
}
