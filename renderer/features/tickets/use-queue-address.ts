import { useCallback, useMemo } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { ticketFilter, ticketSort } from '../../../core/tickets/views.ts'
import type { TicketFilter, TicketSort } from '../../../core/tickets/views.ts'

/** What the address says of the queue: which view, which words, which filter of one's own, which ticket. */
export interface QueueAddress {
  readonly viewId: string
  readonly text: string
  /** A filter of one's own, instead of the view's. */
  readonly filter: TicketFilter | null
  readonly sort: TicketSort | null
  readonly ticketId: string | null
  set(change: Partial<Pick<QueueAddress, 'viewId' | 'text' | 'filter' | 'sort'>>): void
  goTo(ticketId: string): void
}

/** Reads and writes the address, so that back, forward and bookmarks work. */
export function useQueueAddress(): QueueAddress {
  const [params, setParams] = useSearchParams()
  const { ticketId = null } = useParams()
  const navigate = useNavigate()
  const set = useCallback<QueueAddress['set']>(
    (change) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before)
          const put = (name: string, value: string | null | undefined): void => {
            if (value === undefined) return
            if (value === null || value === '') next.delete(name)
            else next.set(name, value)
          }
          put('view', change.viewId)
          put('q', change.text)
          put('sort', change.sort)
          put(
            'filter',
            change.filter === undefined || change.filter === null
              ? change.filter
              : JSON.stringify(change.filter),
          )
          return next
        },
        // Typing must not fill the history with every letter.
        { replace: change.viewId === undefined },
      ),
    [setParams],
  )
  const search = params.toString()
  const goTo = useCallback(
    (id: string) => void navigate({ pathname: `/queue/${id}`, search }, { replace: ticketId !== null }),
    [navigate, search, ticketId],
  )
  const filterText = params.get('filter')
  const filter = useMemo(() => parseFilter(filterText), [filterText])
  const sort = ticketSort.safeParse(params.get('sort')).data ?? null
  return {
    viewId: params.get('view') ?? 'all',
    text: params.get('q') ?? '',
    filter,
    sort,
    ticketId,
    set,
    goTo,
  }
}

function parseFilter(text: string | null): TicketFilter | null {
  if (text === null) return null
  try {
    return ticketFilter.safeParse(JSON.parse(text)).data ?? null
  } catch {
    // Somebody edited the address by hand: then there is no filter, and the list shows it.
    return null
  }
}
