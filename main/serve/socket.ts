import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import { z } from 'zod'
import type { DownMessage } from '../../core/contract/wire.ts'
import type { Desk } from '../compose.ts'
import { refuseUntrusted } from '../ipc/router.ts'
import { targetOf } from './guard.ts'
import type { Guard } from './guard.ts'

const maxMessageBytes = 32 * 1024 * 1024
const upMessage = z.strictObject({ id: z.number().int(), name: z.string().max(100), input: z.unknown() })

/** Carries the contract over a WebSocket at `/ws`, for the signed-in page of our own origin only. */
export function attachSocket(server: Server, desk: Desk, guard: Guard): { close(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes })
  server.on('upgrade', (request: IncomingMessage, raw: Duplex, head: Buffer) => {
    // Node takes its own listener off a socket that is upgraded; without one, a caller who hangs up ends the program.
    raw.on('error', () => raw.destroy())
    const path = targetOf(request)?.pathname ?? null
    if (
      path !== '/ws' ||
      !guard.isOurHost(request) ||
      !guard.isOurOrigin(request) ||
      !guard.isSignedIn(request)
    ) {
      refuseUntrusted(desk.logger, { origin: request.headers.origin ?? null, path })
      // A caller who never hangs up must not keep the server from closing.
      raw.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n', () => raw.destroy())
      return
    }
    sockets.handleUpgrade(request, raw, head, (socket) => converse(socket, desk))
  })
  return {
    close: () => {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
    },
  }
}

function converse(socket: WebSocket, desk: Desk): void {
  const gone = new AbortController()
  const send = (message: DownMessage) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message))
  }
  const unsubscribe = desk.subscribe((event, payload) => send({ event, payload }))
  socket.on('message', (data: Buffer) => {
    const message = parse(data)
    if (message === null) return socket.close(1003, 'not a call')
    void desk
      .call(message.name, message.input, { signal: gone.signal, face: 'browser' })
      .then((envelope) => send({ id: message.id, envelope }))
    return undefined
  })
  socket.on('close', () => {
    unsubscribe()
    gone.abort()
  })
  socket.on('error', (err) => desk.logger.warn({ err }, 'console socket'))
}

function parse(data: Buffer): z.infer<typeof upMessage> | null {
  try {
    return upMessage.parse(JSON.parse(data.toString('utf8')))
  } catch {
    return null
  }
}
