import {
  keepPreviousData,
  useMutation,
  useQueries,
  useQuery,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query'
import { createContext, use, useEffect, useSyncExternalStore } from 'react'
import type { EndpointName, EventName, InputOf, OutputOf, PayloadOf } from '../../core/contract/index.ts'
import type { ConnectionState } from './connection.ts'
import type { DeskClient } from './client.ts'

/** Holds the page's client; set once in main.tsx. */
export const DeskContext = createContext<DeskClient | null>(null)

/** The page's client. */
export function useDesk(): DeskClient {
  const client = use(DeskContext)
  if (client === null) throw new Error('useDesk outside DeskContext')
  return client
}

/** Options of `useQueryOf`. */
export interface QueryOptions {
  /** False: not asked yet, because the input is not known. */
  readonly enabled?: boolean
  /** Shows the answer to the last input until that to the new one is there: lists keep their place. */
  readonly keepPrevious?: boolean
  readonly refetchEveryMs?: number
}

/** The key under which an answer is kept: name first, so that events find it by feature. */
export function queryKeyOf<N extends EndpointName>(name: N, input: InputOf<N>): readonly [N, InputOf<N>] {
  return [name, input]
}

/** The live answer of a query endpoint. Events of its feature refresh it. */
export function useQueryOf<N extends EndpointName>(
  name: N,
  input: InputOf<N>,
  options: QueryOptions = {},
): UseQueryResult<OutputOf<N>> {
  const { call } = useDesk()
  return useQuery<OutputOf<N>>({
    queryKey: queryKeyOf(name, input),
    queryFn: () => call(name, input),
    enabled: options.enabled ?? true,
    ...(options.keepPrevious === true && { placeholderData: keepPreviousData }),
    ...(options.refetchEveryMs !== undefined && { refetchInterval: options.refetchEveryMs }),
  })
}

/** The live answers of one query to several inputs, in their order. */
export function useQueriesOf<N extends EndpointName>(
  name: N,
  inputs: readonly InputOf<N>[],
): readonly UseQueryResult<OutputOf<N>>[] {
  const { call } = useDesk()
  return useQueries({
    queries: inputs.map((input) => ({
      queryKey: queryKeyOf(name, input),
      queryFn: () => call(name, input),
    })),
  })
}

/** A command endpoint: `mutate(input)`, or `mutateAsync(input)` where the answer is needed next. */
export function useCommand<N extends EndpointName>(
  name: N,
): UseMutationResult<OutputOf<N>, Error, InputOf<N>> {
  const { call } = useDesk()
  return useMutation<OutputOf<N>, Error, InputOf<N>>({
    mutationKey: [name],
    mutationFn: (input) => call(name, input),
  })
}

/** Calls the listener for each event of this name while the component is shown. Keep the listener stable. */
export function useEventOf<N extends EventName>(event: N, listener: (payload: PayloadOf<N>) => void): void {
  const desk = useDesk()
  useEffect(() => desk.on(event, listener), [desk, event, listener])
}

/** Whether the page can reach the desk's own process. */
export function useConnectionState(): ConnectionState {
  const desk = useDesk()
  return useSyncExternalStore(desk.onConnectionChange, desk.connectionState)
}
