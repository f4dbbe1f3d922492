import type { Socket } from 'node:net'
import { createSecureContext, TLSSocket, type SecureContextOptions } from 'node:tls'

/** One connection as the scripted server sees it. */
export interface Wire {
  readonly socket: Socket
  /** The next line without its CRLF; null once the client is gone. */
  line(): Promise<string | null>
  /** Exactly so many bytes; null when the client goes away before. */
  bytes(count: number): Promise<Buffer | null>
  /** Sends lines, each ended by CRLF. */
  say(...lines: readonly string[]): void
  /** Becomes the TLS server of the same connection; null when the client does not go along. */
  secure(options: SecureContextOptions): Promise<Wire | null>
  /** Ends the connection with RST, beneath TLS where there is one. */
  reset(): void
  /** Settles when the connection has ended. */
  readonly closed: Promise<void>
}

/** Reads lines and bytes from a socket, in the order in which they are asked for. */
export function createWire(socket: Socket, tcp = socket): Wire {
  let buffer = Buffer.alloc(0)
  let ended = false
  let wake: () => void = () => undefined
  const onData = (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk])
    wake()
  }
  const onEnd = () => {
    ended = true
    wake()
  }
  socket.on('data', onData).on('end', onEnd).on('error', onEnd)
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => {
      onEnd()
      resolve()
    })
  })
  const take = async (measure: () => number): Promise<Buffer | null> => {
    for (;;) {
      const length = measure()
      if (length >= 0) {
        const taken = buffer.subarray(0, length)
        buffer = buffer.subarray(length)
        return taken
      }
      if (ended) return null
      await new Promise<void>((resolve) => (wake = resolve))
    }
  }
  return {
    socket,
    closed,
    async line() {
      const taken = await take(() => buffer.indexOf('\n') + 1 || -1)
      return taken === null ? null : taken.toString('utf8').replace(/\r?\n$/, '')
    },
    bytes: (count) => take(() => (buffer.length >= count ? count : -1)),
    reset: () => {
      tcp.resetAndDestroy()
      socket.destroy()
    },
    say: (...lines) => void socket.write(lines.map((line) => `${line}\r\n`).join('')),
    async secure(options) {
      socket.off('data', onData)
      const secured = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(options) })
      const next = createWire(secured, tcp)
      const agreed = await new Promise<boolean>((resolve) => {
        secured.once('secure', () => resolve(true))
        // In order, so that the alert that says why gets out.
        secured.once('error', () => {
          socket.end()
          resolve(false)
        })
        secured.once('close', () => resolve(false))
      })
      return agreed ? next : null
    },
  }
}
