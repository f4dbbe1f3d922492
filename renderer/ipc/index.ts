/**
 * The page's side of the contract.
 *
 *   useQueryOf('tickets.list', input)   the live answer of a query; events of the feature refresh it
 *   useQueriesOf('archive.safety', inputs)   the same for several inputs at once
 *   useCommand('tickets.reply')         a command: mutate(input), mutateAsync(input)
 *   useEventOf('jobs.progressed', fn)   what happens, while the component is shown
 *   useDesk().call(name, input)         one call outside of rendering
 *   useConnectionState()                whether the desk's process can be reached
 *
 * Failures are `CallError`s; renderer/ui's `ErrorState` shows them.
 */
export { createDeskClient, type DeskClient } from './client.ts'
export { connectDesk } from './connect.ts'
export type { ConnectionState } from './connection.ts'
export {
  DeskContext,
  queryKeyOf,
  useCommand,
  useConnectionState,
  useDesk,
  useEventOf,
  useQueriesOf,
  useQueryOf,
} from './hooks.ts'
export { useOffsetPages, usePagesOf } from './pages.ts'
