import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** A link that is far: every byte is late, and each connection by itself is no faster than its rate. */
export interface FarLink extends AsyncDisposable {
  readonly port: number
}

/** How far and how fast; the delay is one way. */
export interface FarLinkOptions {
  readonly delayMs: number
  readonly bytesPerSecond: number
}

/** A proxy on loopback in front of a server's port. The rate holds for what comes from the server. */
export async function startFarLink(serverPort: number, options: FarLinkOptions): Promise<FarLink> {
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(serverPort, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        client.destroy()
        upstream.destroy()
      })
    }
    forward(client, upstream, { ...options, bytesPerSecond: Infinity })
    forward(upstream, client, options)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Bytes leave the near end at the rate, and are all as late as the delay. */
function forward(from: Socket, to: Socket, { delayMs, bytesPerSecond }: FarLinkOptions): void {
  let freeAtMs = 0
  // Two timers may fire in the other order than they were set for: what is written is always the oldest chunk.
  const underWay: Buffer[] = []
  from.on('data', (chunk) => {
    const nowMs = performance.now()
    freeAtMs = Math.max(nowMs, freeAtMs) + (1000 * chunk.length) / bytesPerSecond
    underWay.push(chunk)
    setTimeout(
      () => {
        const oldest = underWay.shift()
        if (oldest !== undefined && to.writable) to.write(oldest)
      },
      freeAtMs + delayMs - nowMs,
    )
    // What is on its way fills the pipe; more has to wait at its beginning.
    const aheadMs = freeAtMs - nowMs
    if (aheadMs < delayMs) return
    from.pause()
    setTimeout(() => from.resume(), aheadMs - delayMs / 2)
  })
}
