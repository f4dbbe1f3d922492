import { useCallback, useMemo } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { ticketFilter, ticketSort } from '../../../core/tickets/views.ts'
import type { TicketFilter, TicketSort } from '../../../core/tickets/views.ts'
import { useAhead } from './use-ahead.ts'

/** What the address says of the queue: which view, which words, which filter of one's own, which ticket. */
export interface QueueAddress {
  readonly viewId: string
  readonly text: string
  /** A filter of one's own, instead of the view's. */
  readonly filter: TicketFilter | null
  readonly sort: TicketSort | null
  readonly ticketId: string | null
  /** The same list with no ticket open. */
  readonly listTo: string
  set(change: AddressChange): void
  /** What is searched for; the address follows after a pause. */
  type(text: string): void
  /** Shows a ticket; the address follows after a pause. */
  goTo(ticketId: string): void
}

interface AddressChange {
  readonly viewId?: string
  readonly text?: string
  readonly filter?: TicketFilter | null
  readonly sort?: TicketSort | null
}

const afterLetterMs = 250
const afterMoveMs = 60

/** Reads and writes the address, so that back, forward and bookmarks work. */
export function useQueueAddress(): QueueAddress {
  const [params, setParams] = useSearchParams()
  const { ticketId = null } = useParams()
  const navigate = useNavigate()
  const set = useCallback<QueueAddress['set']>(
    // Typing must not fill the history with every letter.
    (change) => setParams((before) => withChange(before, change), { replace: change.viewId === undefined }),
    [setParams],
  )
  const search = params.toString()
  const follow = useCallback(
    (id: string | null) =>
      void navigate({ pathname: `/queue/${id ?? ''}`, search }, { replace: ticketId !== null }),
    [navigate, search, ticketId],
  )
  const sendText = useCallback((text: string) => set({ text }), [set])
  const [shownId, goTo] = useAhead(ticketId, follow, afterMoveMs)
  const [text, type] = useAhead(params.get('q') ?? '', sendText, afterLetterMs)
  const filterText = params.get('filter')
  const filter = useMemo(() => parseFilter(filterText), [filterText])
  const sort = ticketSort.safeParse(params.get('sort')).data ?? null
  const viewId = params.get('view') ?? 'all'
  const listTo = search === '' ? '/queue' : `/queue?${search}`
  return { viewId, text, filter, sort, ticketId: shownId, listTo, set, type, goTo }
}

function withChange(before: URLSearchParams, change: AddressChange): URLSearchParams {
  const next = new URLSearchParams(before)
  const put = (name: string, value: string | null | undefined): void => {
    if (value === undefined) return
    if (value === null || value === '') next.delete(name)
    else next.set(name, value)
  }
  const { filter } = change
  put('view', change.viewId)
  put('q', change.text)
  put('sort', change.sort)
  put('filter', filter === undefined || filter === null ? filter : JSON.stringify(filter))
  return next
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
