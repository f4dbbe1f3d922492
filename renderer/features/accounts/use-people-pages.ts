import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { OutputOf } from '../../../core/contract/index.ts'
import { useDesk } from '../../ipc/index.ts'

const pageSize = 200

/** A person as the list shows them. */
export type PersonRow = OutputOf<'accounts.list'>['people'][number]

/** The people that were loaded so far, and the way to more. */
export interface PeoplePages {
  readonly people: readonly PersonRow[]
  readonly total: number
  readonly error: Error | null
  readonly isLoading: boolean
  loadMore(): void
  refetch(): void
}

/** People whose name or address contains every word of the text. */
export function usePeoplePages(text: string): PeoplePages {
  const { call } = useDesk()
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ['accounts.list', { text }, 'pages'],
    queryFn: ({ pageParam: offset }) => call('accounts.list', { text, offset, limit: pageSize }),
    initialPageParam: 0,
    getNextPageParam: (last, all) => {
      const loaded = all.reduce((sum, { people }) => sum + people.length, 0)
      return last.people.length > 0 && loaded < last.total ? loaded : undefined
    },
    placeholderData: keepPreviousData,
  })
  return {
    people: data?.pages.flatMap(({ people }) => people) ?? [],
    total: data?.pages[0]?.total ?? 0,
    error: data === undefined ? error : null,
    isLoading: data === undefined && error === null,
    loadMore: () => {
      if (hasNextPage && !isFetching) void fetchNextPage()
    },
    refetch: () => void refetch(),
  }
}
