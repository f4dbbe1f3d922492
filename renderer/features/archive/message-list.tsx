import { IconMailOff, IconPaperclip } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { MessageRow } from '../../../core/archive/types.ts'
import { findWords } from '../../i18n/archive-find.ts'
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
import { SearchHelp } from './search-help.tsx'
import { FoundLine, SearchResults, useFound } from './search-results.tsx'
import found from './search-results.module.css'
import type { ArchiveAddress } from './use-archive-address.ts'
import { useSettled } from './use-settled.ts'

/** A moment without a letter, and what was typed is looked for. */
const settleMs = 150

/** The messages of a folder, newest first, or what was found; more are loaded as one scrolls. */
export function MessageList(props: { readonly archiveId: string; readonly address: ArchiveAddress }) {
  const { archiveId, address } = props
  const text = useSettled(address.text, settleMs)
  const find = (
    <>
      <div className={found.field}>
        <SearchField label={findWords.find} value={address.text} onChange={address.find} />
        <SearchHelp />
      </div>
      <FolderField archiveId={archiveId} address={address} />
    </>
  )
  return text.trim() === '' ? (
    <ListPane find={find} hints={hints}>
      <Messages archiveId={archiveId} address={address} />
    </ListPane>
  ) : (
    <FoundList archiveId={archiveId} address={address} text={text} find={find} />
  )
}

const hints = ['move', 'open', 'find', 'all'] as const

function FoundList(props: {
  readonly archiveId: string
  readonly address: ArchiveAddress
  readonly text: string
  readonly find: ReactNode
}) {
  const { archiveId, address } = props
  const pages = useFound(archiveId, address, props.text)
  return (
    <ListPane find={props.find} count={<FoundLine address={address} found={pages} />} hints={hints}>
      <SearchResults archiveId={archiveId} address={address} found={pages} />
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
  const pages = useMessagePages(archiveId, address.folderId)
  if (pages.error !== null) return <ErrorState error={pages.error} onRetry={pages.refetch} />
  if (pages.isLoading) return <LoadingState rows={8} />
  if (pages.rows.length === 0)
    return <EmptyState title={words.noMessagesTitle}>{words.noMessagesText}</EmptyState>
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

/** A folder's messages (null: all folders'). */
function useMessagePages(archiveId: string, folderId: number | null) {
  const { call } = useDesk()
  return useOffsetPages({
    key: ['archive.messages', { archiveId, folderId }],
    read: (at) => call('archive.messages', { archiveId, folderId, ...at }),
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
