import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import sirv from 'sirv'
import { contentSecurityPolicy } from '../lib/content-security-policy.ts'
import type { Desk } from '../compose.ts'
import { createGuard, inUrl, isEveryAddress, targetOf } from './guard.ts'
import type { Guard } from './guard.ts'
import { attachSocket } from './socket.ts'

/** Where and what to serve. */
export interface ServeOptions {
  readonly desk: Desk
  /** The built renderer. */
  readonly assetsDir: string
  /** 0 takes a free one. */
  readonly port: number
  /** Loopback unless somebody asks for another address. */
  readonly host: string
}

/** A running console server. */
export interface ServedConsole {
  /** Carries the one-time token; open it once. */
  readonly url: string
  readonly close: () => Promise<void>
}

/** The console for a browser: static files and the contract over a WebSocket, for one signed-in session. */
export async function serveConsole(options: ServeOptions): Promise<ServedConsole> {
  const token = randomBytes(32).toString('base64url')
  const guard = createGuard(token, options.host)
  const assets = sirv(options.assetsDir, { single: true, etag: true, setHeaders: setSecurityHeaders })
  const server = createServer((request, response) => handle(request, response, guard, assets))
  const socket = attachSocket(server, options.desk, guard)
  await listen(server, options)
  const { port } = server.address() as AddressInfo
  guard.allowPort(port)
  return {
    url: `http://${inUrl(isEveryAddress(options.host) ? '127.0.0.1' : options.host)}:${port}/?token=${token}`,
    close: async () => {
      socket.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

type Assets = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

function handle(request: IncomingMessage, response: ServerResponse, guard: Guard, assets: Assets): void {
  if (!guard.isOurHost(request)) return refuse(response, 403, 'This address is not the console of Mail Desk.')
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(response, 405, 'Only GET is served.')
  const url = targetOf(request)
  if (url === null) return refuse(response, 400, 'This is not an address of the console.')
  const offered = url.searchParams.get('token')
  if (offered !== null && request.method === 'GET') {
    const cookie = guard.exchange(offered)
    if (cookie === null)
      return refuse(
        response,
        403,
        'This link was used already. Take the new link that Mail Desk prints at its start.',
      )
    url.searchParams.delete('token')
    setSecurityHeaders(response)
    response.writeHead(303, {
      Location: `${url.pathname}${url.search}`,
      'Set-Cookie': cookie,
      'Cache-Control': 'no-store',
    })
    response.end()
    return
  }
  if (!guard.isSignedIn(request))
    return refuse(response, 401, 'Open the console with the link that Mail Desk printed at its start.')
  assets(request, response, () => refuse(response, 404, 'There is no such page.'))
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  setSecurityHeaders(response)
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.end(`${sentence}\n`)
}

function setSecurityHeaders(response: ServerResponse): void {
  response.setHeader('Content-Security-Policy', contentSecurityPolicy)
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('Referrer-Policy', 'no-referrer')
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
}

async function listen(server: Server, options: ServeOptions): Promise<void> {
  const listening = Promise.withResolvers<void>()
  server.once('error', listening.reject)
  server.listen(options.port, options.host, listening.resolve)
  await listening.promise
}
