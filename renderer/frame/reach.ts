import { assertNever } from '../../core/errors.ts'
import type { ConnectionState } from '../ipc/index.ts'

/** What can be reached, as one word. */
export type Reach = 'online' | 'offline' | 'connecting' | 'disconnected' | 'unknown'

/** What can be reached: the desk's own program first, then the network. Unknown network is not "online". */
export function reachOf(
  line: ConnectionState,
  network: 'connected' | 'offline' | 'failed' | undefined,
): Reach {
  switch (line) {
    case 'connecting':
      return 'connecting'
    case 'disconnected':
      return 'disconnected'
    case 'connected':
      if (network === undefined) return 'connecting'
      if (network === 'failed') return 'unknown'
      return network === 'connected' ? 'online' : 'offline'
    default:
      return assertNever(line)
  }
}
