import { readerWords as words } from '../../i18n/archive.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { Bytes, CopyButton, Facts, MachineText, QueryView } from '../../ui/index.ts'
import classes from './archive.module.css'
import { MessageHistory } from './message-history.tsx'
import { Conversation } from './conversation.tsx'

/** What is known about one message beside its words: where it was, its size and hash, its headers. */
export function MessageContext(props: {
  readonly archiveId: string
  readonly occurrenceId: number
  readonly onOpen: (occurrenceId: number) => void
}) {
  const { archiveId, occurrenceId } = props
  const message = useQueryOf('archive.readMessage', { archiveId, occurrenceId })
  const folders = useQueryOf('archive.folders', { archiveId: props.archiveId })
  return (
    <div className={classes.contextPane}>
      <h2 className={classes.contextTitle}>{words.context}</h2>
      <QueryView query={message} rows={4}>
        {({ row, headers }) => {
          const folder = folders.data?.folders.find(({ folderId }) => folderId === row.folderId)
          return (
            <>
              <Facts
                facts={[
                  [words.folder, <bdi key="f">{folder?.path ?? '–'}</bdi>],
                  [words.mailbox, <bdi key="m">{folder?.source ?? '–'}</bdi>],
                  [words.size, <Bytes key="s" sizeBytes={row.sizeBytes} />],
                  [words.flags, row.flags.length === 0 ? words.noFlags : row.flags.join(' ')],
                  ...(row.labels.length === 0 ? [] : [[words.labels, row.labels.join(', ')] as const]),
                  [words.presence, words.presences[row.presence]],
                  [
                    words.hash,
                    <span key="h" className={classes.hash}>
                      <MachineText>{row.sha256.slice(0, 10)}</MachineText>
                      <CopyButton text={row.sha256} what={words.hash} />
                    </span>,
                  ],
                ]}
              />
              <MessageHistory {...props} />
              <details className={classes.headers}>
                <summary>{words.headers}</summary>
                <MachineText block label={words.headers}>
                  {headers.map(({ name, value }) => `${name}: ${value}`).join('\n')}
                </MachineText>
              </details>
            </>
          )
        }}
      </QueryView>
      <Conversation {...props} />
    </div>
  )
}
