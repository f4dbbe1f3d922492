import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { MessageRow } from '../../../core/archive/types.ts'
import { useDesk } from '../../ipc/index.ts'

const pageSize = 200

/** The messages that were loaded so far, and the way to more. */
export interface MessagePages {
  readonly messages: readonly MessageRow[]
  readonly total: number
  readonly error: Error | null
  readonly isLoading: boolean
  loadMore(): void
  refetch(): void
}

/** A folder's messages (null: all folders'), or with a text what a search finds among them. */
export function useMessagePages(archiveId: string, folderId: number | null, text: string): MessagePages {
  const { call } = useDesk()
  const name = text === '' ? 'archive.messages' : 'archive.search'
  const query = useInfiniteQuery({
    queryKey: [name, { archiveId, folderId, text }, 'pages'],
    queryFn: ({ pageParam: offset }) =>
      text === ''
        ? call('archive.messages', { archiveId, folderId, offset, limit: pageSize })
        : call('archive.search', { archiveId, folderId, text, offset, limit: pageSize }),
    initialPageParam: 0,
    getNextPageParam: (last, all) => {
      const loaded = all.reduce((sum, { messages }) => sum + messages.length, 0)
      return last.messages.length > 0 && loaded < last.total ? loaded : undefined
    },
    placeholderData: keepPreviousData,
  })
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch } = query
  return {
    messages: data?.pages.flatMap(({ messages }) => messages) ?? [],
    total: data?.pages[0]?.total ?? 0,
    error: data === undefined ? error : null,
    isLoading: data === undefined && error === null,
    loadMore: () => {
      if (hasNextPage && !isFetching) void fetchNextPage()
    },
    refetch: () => void refetch(),
  }
}
