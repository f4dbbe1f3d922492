import type { AddressInfo, Server, Socket } from 'node:net'

/** Where the whole company is. */
export const loopback = '127.0.0.1'

/** Listens on a port of loopback, a free one for 0, and returns it. */
export function listenOnLoopback(server: Server, port = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, loopback, () => resolve((server.address() as AddressInfo).port))
  })
}

/** The connections of a server that are open, kept up to date from now on. */
export function trackSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return sockets
}

/** Stops listening and ends the connections that are open. */
export function closeServer(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy()
  return new Promise((resolve) => server.close(() => resolve()))
}
