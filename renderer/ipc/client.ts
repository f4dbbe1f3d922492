import { QueryClient } from '@tanstack/react-query'
import { events, type EventName, type PayloadOf } from '../../core/contract/index.ts'
import { AppError } from '../../core/errors.ts'
import { createCall, type Call } from './call.ts'
import type { ConnectionState, DeskConnection } from './connection.ts'
import { followProgress } from './jobs.ts'
import { createRefresher } from './refresh.ts'

/** Everything that the page has of the desk. */
export interface DeskClient {
  readonly call: Call
  readonly queries: QueryClient
  on<N extends EventName>(event: N, listener: (payload: PayloadOf<N>) => void): () => void
  connectionState(): ConnectionState
  onConnectionChange(listener: (state: ConnectionState) => void): () => void
}

const mostRetries = 4

/** Whether a query that failed is worth asking again. */
export function shouldRetry(failures: number, error: unknown): boolean {
  return error instanceof AppError && error.retryable && failures < mostRetries
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: shouldRetry,
        retryDelay: (failures) => Math.min(4000, 300 * 2 ** failures),
        // Events say when an answer is old, and the line is the machine's own: the browser's idea of being
        // online does not matter.
        staleTime: 30_000,
        networkMode: 'always',
        refetchOnWindowFocus: false,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}

/** Builds the client over a connection; events refresh the queries that `refresh.ts` names. */
export function createDeskClient(connection: DeskConnection): DeskClient {
  const queries = createQueryClient()
  const heard = createRefresher({
    refresh: (prefixes) => {
      void queries.invalidateQueries({
        predicate: (query) => prefixes.some((prefix) => String(query.queryKey[0]).startsWith(prefix)),
      })
    },
    later: (task, delayMs) => void setTimeout(task, delayMs),
  })
  for (const name of events.keys()) connection.subscribe(name, () => heard(name))
  connection.subscribe('jobs.progressed', (payload) =>
    followProgress(queries, payload as PayloadOf<'jobs.progressed'>),
  )
  let wasDown = false
  connection.onStateChange((state) => {
    // Events of the time without a line are lost, so everything may be old.
    if (state === 'connected' && wasDown) void queries.invalidateQueries()
    wasDown = state === 'disconnected'
  })
  return {
    call: createCall(connection),
    queries,
    on: (event, listener) =>
      connection.subscribe(event, (payload) => listener(payload as PayloadOf<typeof event>)),
    connectionState: () => connection.state(),
    onConnectionChange: (listener) => connection.onStateChange(listener),
  }
}
