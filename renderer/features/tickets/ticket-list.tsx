import { IconInbox } from '@tabler/icons-react'
import { useDeferredValue, useMemo } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../../core/contract/index.ts'
import { builtInViews } from '../../../core/tickets/views.ts'
import type { TicketFilter, TicketSort } from '../../../core/tickets/views.ts'
import { queueWords as words } from '../../i18n/tickets.ts'
import { uiWords } from '../../i18n/ui.ts'
import { usePagesOf, useQueryOf } from '../../ipc/index.ts'
import {
  Button,
  EmptyState,
  ErrorState,
  ListPane,
  LoadingState,
  SearchField,
  StaleNote,
  useAppearance,
  VirtualList,
} from '../../ui/index.ts'
import { BulkBar } from './bulk-bar.tsx'
import { FilterPanel } from './filter-panel.tsx'
import { useQueue } from './queue-store.ts'
import classes from './queue.module.css'
import { TicketRow } from './ticket-row.tsx'
import type { QueueAddress } from './use-queue-address.ts'
import { ViewsBar } from './views-bar.tsx'

const pageSize = 100

/** Views, search, filter, and the tickets that pass them. */
export function TicketList(props: { readonly address: QueueAddress; readonly onOpen: () => void }) {
  const { address } = props
  // Counts of what is due change without an event.
  const views = useQueryOf('tickets.views', {}, { refetchEveryMs: 60_000 }).data?.views ?? []
  const { filter, sort } = chosen(address, views)
  const text = useDeferredValue(address.text)
  const list = usePagesOf('tickets.list', { filter, text, sort, limit: pageSize })
  const tickets = useMemo(() => list.pages.flatMap((page) => page.tickets), [list.pages])
  const total = list.pages[0]?.total ?? 0
  const selectedIds = useQueue((queue) => queue.selectedIds)
  const select = useQueue((queue) => queue.select)
  const density = useAppearance((appearance) => appearance.density)
  return (
    <ListPane
      find={
        <>
          <ViewsBar
            views={views}
            activeId={address.filter === null ? address.viewId : null}
            onChoose={(viewId) => address.set({ viewId, filter: null, sort: null })}
          />
          <div className={classes.find}>
            <div className={classes.search}>
              <SearchField label={words.search} value={address.text} onChange={address.type} />
            </div>
            <FilterPanel
              filter={filter}
              sort={sort}
              isOwn={address.filter !== null}
              onFilter={(next) => address.set({ filter: next })}
              onSort={(next) => address.set({ sort: next })}
              onSaved={(viewId) => address.set({ viewId, filter: null, sort: null })}
            />
          </div>
        </>
      }
      count={!list.isLoading && (text.trim() === '' ? words.total(total) : words.totalMatching(total))}
      hints={['move', 'open', 'select', 'all']}
    >
      {selectedIds.size > 0 && (
        <BulkBar onSelectLoaded={() => select(new Set(tickets.map(({ ticketId }) => ticketId)))} />
      )}
      {list.error !== null && tickets.length > 0 && (
        <StaleNote asOfMs={list.asOfMs} why={uiWords.staleFailed} />
      )}
      {list.error !== null && !list.isLoading && tickets.length === 0 ? (
        <ErrorState error={list.error} onRetry={list.refetch} />
      ) : list.isLoading ? (
        <LoadingState rows={8} />
      ) : tickets.length === 0 ? (
        <Nothing isSearch={text.trim() !== ''} isWholeDesk={views.every((view) => view.count === 0)} />
      ) : (
        <VirtualList
          label={words.list}
          placeName={`queue.${address.viewId}`}
          items={tickets}
          idOf={({ ticketId }) => ticketId}
          rowHeight={density === 'compact' ? 48 : 58}
          activeId={address.ticketId}
          onActivate={address.goTo}
          onOpen={props.onOpen}
          selectedIds={selectedIds}
          onSelect={select}
          onEndReached={list.loadMore}
          renderRow={(ticket) => <TicketRow ticket={ticket} />}
        />
      )}
    </ListPane>
  )
}

/** The filter and order that hold: one's own, else those of the view. */
function chosen(
  address: QueueAddress,
  views: OutputOf<'tickets.views'>['views'],
): { readonly filter: TicketFilter; readonly sort: TicketSort } {
  const view = [...views, ...builtInViews].find(({ viewId }) => viewId === address.viewId)
  return { filter: address.filter ?? view?.filter ?? {}, sort: address.sort ?? view?.sort ?? 'updated' }
}

function Nothing(props: { readonly isSearch: boolean; readonly isWholeDesk: boolean }) {
  if (props.isSearch) return <EmptyState title={words.noMatchTitle}>{words.noMatchText}</EmptyState>
  if (!props.isWholeDesk) return <EmptyState title={words.emptyTitle}>{words.emptyText}</EmptyState>
  return (
    <EmptyState
      icon={<IconInbox size={28} stroke={1.5} />}
      title={words.nothingTitle}
      action={
        <Button variant="filled" component={Link} to="/queue/new">
          {words.newTicket}
        </Button>
      }
    >
      {words.nothingText}
    </EmptyState>
  )
}
