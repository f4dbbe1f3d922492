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
