import { once } from 'node:events'
import { createServer, connect, type Server, type Socket } from 'node:net'
import { Worker } from 'node:worker_threads'

/** A loopback port that somebody answers on, until it is disposed of. */
export interface Port extends AsyncDisposable {
  readonly port: number
}

export interface ListenOptions {
  readonly host?: string
  readonly port?: number
}

/** Answers on a free port of this machine; disposing cuts every connection at once. */
export async function listen(onSocket: (socket: Socket) => void, options: ListenOptions = {}): Promise<Port> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // A client may go away at any moment; that is what this lab is about.
    socket.on('error', () => undefined)
    onSocket(socket)
  })
  server.listen(options.port ?? 0, options.host ?? '127.0.0.1')
  await once(server, 'listening')
  return {
    port: portOf(server),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** A port that nobody listens on: connections to it are refused. */
export async function closedPort(): Promise<Port> {
  const port = await listen(() => undefined)
  await port[Symbol.asyncDispose]()
  return { port: port.port, [Symbol.asyncDispose]: () => Promise.resolve() }
}

const neverAccepting = `
const { createServer } = require('node:net')
const { parentPort } = require('node:worker_threads')
const server = createServer()
server.listen({ host: '127.0.0.1', port: 0, backlog: 1 }, () => {
  parentPort.postMessage(server.address().port)
  // At once: a turn of the loop would take waiting connections out of the queue.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
})`

/**
 * A port that drops what is sent to it, as a firewall does: its queue of waiting connections is full and nobody
 * takes them out, so that the kernel answers no further SYN.
 */
export async function filteredPort(): Promise<Port> {
  const worker = new Worker(neverAccepting, { eval: true })
  const [port] = (await once(worker, 'message')) as [number]
  const fillers = Array.from({ length: 8 }, () => connect(port, '127.0.0.1').on('error', () => undefined))
  await once(fillers[0]!, 'connect')
  return {
    port,
    async [Symbol.asyncDispose]() {
      for (const filler of fillers) filler.destroy()
      await worker.terminate()
    },
  }
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not a TCP port')
  return address.port
}
