import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { InputOf, OutputOf } from '../../core/contract/index.ts'
import { useDesk } from './hooks.ts'

/** Endpoints that answer page by page: `after` is the `nextCursor` of the page before. */
type PagedName = 'tickets.list'

/** All pages that were loaded so far, as one list. */
export interface Pages<N extends PagedName> {
  readonly pages: readonly OutputOf<N>[]
  readonly error: Error | null
  /** When the pages were last answered. */
  readonly asOfMs: number
  readonly isLoading: boolean
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
  /** Loads the next page, unless it is on its way or there is none. */
  loadMore(): void
  refetch(): void
}

/** A list that grows as it is scrolled; events of its feature refresh all pages that were loaded. */
export function usePagesOf<N extends PagedName>(name: N, input: Omit<InputOf<N>, 'after'>): Pages<N> {
  const { call } = useDesk()
  const query = useInfiniteQuery({
    queryKey: [name, input, 'pages'],
    queryFn: ({ pageParam }) => call(name, { ...input, after: pageParam } as InputOf<N>),
    initialPageParam: null as string | null,
    // TypeScript does not see through OutputOf<N> that every paged answer has a cursor.
    getNextPageParam: (last) => (last as { readonly nextCursor: string | null }).nextCursor,
    placeholderData: keepPreviousData,
  })
  const { data, hasNextPage, isFetching, fetchNextPage, refetch } = query
  return useMemo(
    () => ({
      pages: data?.pages ?? [],
      error: query.error ?? query.failureReason,
      asOfMs: query.dataUpdatedAt,
      isLoading: data === undefined && query.error === null,
      hasMore: hasNextPage,
      isLoadingMore: query.isFetchingNextPage,
      loadMore: () => {
        if (hasNextPage && !isFetching) void fetchNextPage()
      },
      refetch: () => void refetch(),
    }),
    [
      data,
      query.error,
      query.failureReason,
      query.dataUpdatedAt,
      query.isFetchingNextPage,
      hasNextPage,
      isFetching,
      fetchNextPage,
      refetch,
    ],
  )
}

/** Answers that say how many there are in all, read by position. */
interface OffsetSource<Page extends { readonly total: number }, Row> {
  /** The endpoint first, so that its events refresh the list; then what it was asked. */
  readonly key: readonly [string, object]
  readonly read: (at: { readonly offset: number; readonly limit: number }) => Promise<Page>
  readonly rowsOf: (page: Page) => readonly Row[]
  /** How many are asked for at once; 200 when left out. */
  readonly rowsAtOnce?: number
}

/** The rows that were loaded so far, and the way to more. */
export interface OffsetPages<Page, Row> {
  /** The first page, for what it says beside its rows; null before it is there. */
  readonly first: Page | null
  readonly rows: readonly Row[]
  readonly total: number
  /** Why there is nothing to show; null as long as there is something. */
  readonly error: Error | null
  readonly isLoading: boolean
  loadMore(): void
  refetch(): void
}

const rowsAtOnce = 200

/** A list by position that grows as it is scrolled. */
export function useOffsetPages<Page extends { readonly total: number }, Row>(
  source: OffsetSource<Page, Row>,
): OffsetPages<Page, Row> {
  const { key, read, rowsOf, rowsAtOnce: limit = rowsAtOnce } = source
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: [...key, 'pages'],
    queryFn: ({ pageParam: offset }) => read({ offset, limit }),
    initialPageParam: 0,
    getNextPageParam: (last, all) => {
      const loaded = all.reduce((sum, page) => sum + rowsOf(page).length, 0)
      return rowsOf(last).length > 0 && loaded < last.total ? loaded : undefined
    },
    placeholderData: keepPreviousData,
  })
  return {
    first: data?.pages[0] ?? null,
    rows: data?.pages.flatMap(rowsOf) ?? [],
    total: data?.pages[0]?.total ?? 0,
    error: data === undefined ? error : null,
    isLoading: data === undefined && error === null,
    loadMore: () => {
      if (hasNextPage && !isFetching) void fetchNextPage()
    },
    refetch: () => void refetch(),
  }
}
