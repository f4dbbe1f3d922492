import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** A way to a server that breaks: every connection is cut after a number of bytes from the server. */
export interface CuttingProxy extends AsyncDisposable {
  readonly port: number
  /** Connections that were cut so far. */
  readonly cuts: () => number
}

/** Cuts the first `cuts.length` connections after that many bytes each; later ones live. */
export async function startCuttingProxy(serverPort: number, cuts: readonly number[]): Promise<CuttingProxy> {
  let connections = 0
  let cut = 0
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const limit = cuts[connections++] ?? Infinity
    const upstream = connect(serverPort, '127.0.0.1')
    let passed = 0
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        client.destroy()
        upstream.destroy()
      })
    }
    client.pipe(upstream)
    upstream.on('data', (chunk) => {
      const rest = limit - passed
      if (rest <= 0) return
      passed += chunk.length
      if (chunk.length < rest) return void client.write(chunk)
      cut++
      client.write(chunk.subarray(0, rest), () => client.resetAndDestroy())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    cuts: () => cut,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
