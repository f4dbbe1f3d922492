import { connect } from 'node:net'
import type { Socket } from 'node:net'
import type { TcpOutcome, WireLimits } from '../../features/diagnostics/ports.ts'
import { deadline, isTimeout, raceAbort } from '../../lib/deadline.ts'

/** A connected socket, or how the attempt ended. */
export type Connection = TcpOutcome & { readonly socket: Socket | null }

/** Opens a TCP connection to an address (not a name). It never rejects; the caller owns the socket. */
export async function openTcp(
  address: string,
  port: number,
  limits: WireLimits,
  signal: AbortSignal,
): Promise<Connection> {
  const startedAt = performance.now()
  const ended = (kind: TcpOutcome['kind'], text: string, socket: Socket | null = null) => ({
    kind,
    text,
    socket,
    elapsedMs: Math.round(performance.now() - startedAt),
  })
  const limit = deadline(signal, limits.connectMs)
  const socket = connect({ host: address, port })
  try {
    await raceAbort(connected(socket), limit)
    socket.setNoDelay(true)
    return ended('connected', 'connected', socket)
  } catch (error) {
    socket.destroy()
    // Nobody listens any more; a late error must not end the process.
    socket.on('error', () => undefined)
    if (isTimeout(limit)) return ended('timed_out', 'ETIMEDOUT')
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'ECANCELED'
    return ended(kindOf(code), code)
  }
}

/** Tries a connection and hangs up. */
export async function tryTcp(
  address: string,
  port: number,
  limits: WireLimits,
  signal: AbortSignal,
): Promise<TcpOutcome> {
  const { socket, ...outcome } = await openTcp(address, port, limits, signal)
  socket?.on('error', () => undefined).destroy()
  return outcome
}

function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      resolve()
    })
  })
}

/** The system's error codes (errno(3)) by what they mean to a mail program. */
function kindOf(code: string): TcpOutcome['kind'] {
  switch (code) {
    case 'ECONNREFUSED':
      return 'refused'
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNABORTED':
      return 'reset'
    case 'ETIMEDOUT':
      return 'timed_out'
    default:
      return 'unreachable'
  }
}
