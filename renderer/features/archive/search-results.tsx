import { IconMailOff, IconPaperclip } from '@tabler/icons-react'
import type { FoundMessage, TextCoverage } from '../../../core/archive/find-endpoints.ts'
import { findWords as words } from '../../i18n/archive-find.ts'
import { oneArchiveWords } from '../../i18n/archive.ts'
import { useDesk, useOffsetPages } from '../../ipc/index.ts'
import { Choice, EmptyState, ErrorState, LoadingState, RelativeTime, VirtualList } from '../../ui/index.ts'
import { Marked } from './marked.tsx'
import classes from './search-results.module.css'
import type { ArchiveAddress } from './use-archive-address.ts'

/** More than a screen is high: each row's piece of text is read from its message. */
const rowsAtOnce = 25

/** The pages of an answer that were loaded so far; the last answer stays until the next is there. */
export function useFound(archiveId: string, address: ArchiveAddress, text: string) {
  const { call } = useDesk()
  const { folderId, order } = address
  return useOffsetPages({
    key: ['archive.search', { archiveId, folderId, order, text }],
    read: (at) => call('archive.search', { archiveId, folderId, order, text, ...at }),
    rowsOf: ({ messages }) => messages,
    rowsAtOnce,
  })
}

type Found = ReturnType<typeof useFound>

/** What a search found, with what was looked for marked. */
export function SearchResults(props: {
  readonly archiveId: string
  readonly address: ArchiveAddress
  readonly found: Found
}) {
  const { archiveId, address, found } = props
  const { first } = found
  if (found.error !== null) return <ErrorState error={found.error} onRetry={found.refetch} />
  if (found.isLoading || first === null) return <LoadingState rows={8} />
  if (first.problems.length > 0)
    return <EmptyState title={words.problemTitle}>{first.problems.join(' ')}</EmptyState>
  if (found.rows.length === 0)
    return (
      <EmptyState title={words.noMatchTitle}>
        {words.noMatch} {first.text.indexed < first.text.total && words.noMatchYet}
      </EmptyState>
    )
  return (
    <VirtualList
      label={words.list}
      placeName={`archive.${archiveId}.found`}
      items={found.rows}
      idOf={({ occurrenceId }) => String(occurrenceId)}
      rowHeight={80}
      activeId={address.occurrenceId === null ? null : String(address.occurrenceId)}
      onActivate={(id) => address.showMessage(Number(id))}
      onEndReached={found.loadMore}
      renderRow={(message) => <Row message={message} />}
    />
  )
}

/** How many were found and in which order; and honestly, how much of the archive could be searched. */
export function FoundLine(props: { readonly address: ArchiveAddress; readonly found: Found }) {
  const { address, found } = props
  const { first } = found
  if (first === null || first.problems.length > 0) return null
  return (
    <>
      <span className={classes.bar}>
        <span>
          {words.found(first.total, first.totalIsExact)}
          {!first.totalIsExact && address.order === 'relevance' && words.onlyNewest(first.total)}
        </span>
        <Choice
          label={words.order}
          value={address.order}
          options={[
            { value: 'relevance', label: words.orders.relevance },
            { value: 'newest', label: words.orders.newest },
          ]}
          onChange={address.sortBy}
        />
      </span>
      <Covered text={first.text} />
    </>
  )
}

function Covered({ text }: { readonly text: TextCoverage }) {
  if (text.indexed >= text.total) return null
  return (
    <span>
      {words.covered(text.indexed, text.total)} {text.problem !== null && words.notCovered(text.problem)}
    </span>
  )
}

function Row({ message }: { readonly message: FoundMessage }) {
  const { from, fromHits, subject, subjectHits, dateMs, attachmentCount, presence, snippet } = message
  return (
    <div className={classes.row}>
      <bdi className={classes.sender}>
        {from === '' ? oneArchiveWords.noSender : <Marked text={from} hits={fromHits} />}
      </bdi>
      <span className={classes.when}>
        <RelativeTime atMs={dateMs} />
      </span>
      <bdi className={classes.subject}>
        {subject === '' ? oneArchiveWords.noSubject : <Marked text={subject} hits={subjectHits} />}
      </bdi>
      <span className={classes.marks}>
        {presence === 'gone' && <IconMailOff size={14} aria-label={oneArchiveWords.goneMark} />}
        {attachmentCount > 0 && (
          <IconPaperclip size={14} aria-label={oneArchiveWords.attachments(attachmentCount)} />
        )}
      </span>
      {snippet !== null && (
        <bdi className={classes.snippet}>
          {snippet.file !== null && <span className={classes.file}>{words.inFile(snippet.file)}</span>}
          <Marked text={snippet.text} hits={snippet.hits} />
        </bdi>
      )}
    </div>
  )
}
