import { IconMailOff, IconPaperclip } from '@tabler/icons-react'
import type { MessageRow } from '../../../core/archive/types.ts'
import { oneArchiveWords as words } from '../../i18n/archive.ts'
import { plainSender } from './plain-sender.ts'
import { useDesk, useOffsetPages, useQueryOf } from '../../ipc/index.ts'
import {
  EmptyState,
  ErrorState,
  ListPane,
  LoadingState,
  QueryView,
  RelativeTime,
  SearchField,
  SelectField,
  VirtualList,
} from '../../ui/index.ts'
import classes from './archive.module.css'
import type { ArchiveAddress } from './use-archive-address.ts'

/** The messages of a folder, or what was found, newest first; more are loaded as one scrolls. */
export function MessageList(props: { readonly archiveId: string; readonly address: ArchiveAddress }) {
  const { archiveId, address } = props
  return (
    <ListPane
      find={
        <>
          <SearchField label={words.find} value={address.text} onChange={address.find} />
          <FolderField archiveId={archiveId} address={address} />
        </>
      }
      hints={['move', 'open', 'find', 'all']}
    >
      <Messages archiveId={archiveId} address={address} />
    </ListPane>
  )
}

function FolderField(props: { readonly archiveId: string; readonly address: ArchiveAddress }) {
  const folders = useQueryOf('archive.folders', { archiveId: props.archiveId })
  return (
    <QueryView query={folders} rows={1}>
      {(data) => (
        <SelectField
          label={words.folder}
          value={props.address.folderId === null ? null : String(props.address.folderId)}
          error={null}
          clearable
          searchable
          placeholder={words.allFolders}
          onChange={(value) => props.address.showFolder(value === null ? null : Number(value))}
          options={data.folders.map(({ folderId, source, path, messageCount }) => ({
            value: String(folderId),
            label: words.folderOption(source, path, messageCount),
          }))}
        />
      )}
    </QueryView>
  )
}

function Messages(props: { readonly archiveId: string; readonly address: ArchiveAddress }) {
  const { archiveId, address } = props
  const pages = useMessagePages(archiveId, address.folderId, address.text.trim())
  if (pages.error !== null) return <ErrorState error={pages.error} onRetry={pages.refetch} />
  if (pages.isLoading) return <LoadingState rows={8} />
  if (pages.rows.length === 0)
    return address.text.trim() === '' ? (
      <EmptyState title={words.noMessagesTitle}>{words.noMessagesText}</EmptyState>
    ) : (
      <EmptyState title={words.noMatch} />
    )
  return (
    <VirtualList
      label={words.list}
      placeName={`archive.${archiveId}.${address.folderId ?? 'all'}`}
      items={pages.rows}
      idOf={({ occurrenceId }) => String(occurrenceId)}
      rowHeight={60}
      activeId={address.occurrenceId === null ? null : String(address.occurrenceId)}
      onActivate={(id) => address.showMessage(Number(id))}
      onEndReached={pages.loadMore}
      renderRow={(message) => <Row message={message} />}
    />
  )
}

/** A folder's messages (null: all folders'), or with a text what a search finds among them. */
function useMessagePages(archiveId: string, folderId: number | null, text: string) {
  const { call } = useDesk()
  return useOffsetPages({
    key: [text === '' ? 'archive.messages' : 'archive.search', { archiveId, folderId, text }],
    read: (at) =>
      text === ''
        ? call('archive.messages', { archiveId, folderId, ...at })
        : call('archive.search', { archiveId, folderId, text, ...at }),
    rowsOf: ({ messages }) => messages,
  })
}

function Row(props: { readonly message: MessageRow }) {
  const { from, subject, dateMs, attachmentCount, presence } = props.message
  return (
    <div className={classes.message}>
      <bdi className={classes.sender}>{from === '' ? words.noSender : plainSender(from)}</bdi>
      <span className={classes.when}>
        <RelativeTime atMs={dateMs} />
      </span>
      <bdi className={classes.subject}>{subject === '' ? words.noSubject : subject}</bdi>
      <span className={classes.marks}>
        {presence === 'gone' && (
          <span title={words.goneMark}>
            <IconMailOff size={14} aria-label={words.goneMark} />
          </span>
        )}
        {attachmentCount > 0 && (
          <span title={words.attachments(attachmentCount)}>
            <IconPaperclip size={14} aria-label={words.attachments(attachmentCount)} />
          </span>
        )}
      </span>
    </div>
  )
}
