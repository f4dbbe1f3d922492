import { isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect, rootCertificates } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import { deadline, isTimeout, raceAbort } from '../../lib/deadline.ts'

/** How a handshake ended. `not_tls`: the other side does not speak TLS here. */
export type Handshake =
  | { readonly kind: 'established'; readonly socket: TLSSocket }
  | { readonly kind: 'not_tls' | 'version' | 'failed' | 'timed_out' | 'closed'; readonly text: string }

export interface HandshakeOptions {
  /** The name that the certificate should be for. */
  readonly host: string
  readonly trustedCaPem: string | null
  readonly timeoutMs: number
  /** Allows what is broken, to find out what a server speaks; never for a session that carries a secret. */
  readonly allowOld: boolean
}

/**
 * Shakes hands over a connected socket, whatever the certificate is worth: it is judged afterwards by
 * `judgeTls`, and no secret may be sent before that. Never rejects.
 */
export async function shakeHands(
  socket: Duplex,
  options: HandshakeOptions,
  signal: AbortSignal,
): Promise<Handshake> {
  const limit = deadline(signal, options.timeoutMs)
  const secured = connect({
    socket,
    ...(isIP(options.host) === 0 ? { servername: options.host } : {}),
    rejectUnauthorized: false,
    ...(options.trustedCaPem === null ? {} : { ca: [...rootCertificates, options.trustedCaPem] }),
    ...(options.allowOld ? { minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' } : {}),
  })
  try {
    await raceAbort(established(secured), limit)
    return { kind: 'established', socket: secured }
  } catch (error) {
    secured.on('error', () => undefined).destroy()
    if (isTimeout(limit)) return { kind: 'timed_out', text: 'no answer to the first TLS message' }
    return explain(error)
  }
}

function established(socket: TLSSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNCLOSED' })))
    socket.once('secureConnect', () => {
      socket.off('error', reject)
      resolve()
    })
  })
}

/** OpenSSL's reasons (openssl/sslerr.h) as what they mean. */
function explain(error: unknown): Handshake {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = error instanceof Error && 'reason' in error ? String(error.reason) : ''
  const text = reason || code || 'failed'
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNEXPECTED_MESSAGE|RECORD_TOO/i.test(code))
    return { kind: 'not_tls', text }
  if (
    /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS|HANDSHAKE_FAILURE|VERSION_TOO_LOW|INSUFFICIENT_SECURITY/i.test(
      code,
    )
  )
    return { kind: 'version', text }
  if (/^(ECONNRESET|ECONNCLOSED|EPIPE)$/.test(code))
    return { kind: 'closed', text: 'the connection was closed' }
  return { kind: 'failed', text }
}
