import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Decides who may talk to the console server. */
export interface Guard {
  /** Trades the one-time token for a session cookie; null when it was used or is wrong. */
  exchange(token: string): string | null
  isSignedIn(request: IncomingMessage): boolean
  /** The Host header names us: stops DNS rebinding. */
  isOurHost(request: IncomingMessage): boolean
  /** The Origin header is our own page: stops other sites' scripts. */
  isOurOrigin(request: IncomingMessage): boolean
  allowPort(port: number): void
}

const cookieName = 'mail-desk-session'

/** One token, one session: who has opened the printed link is in, nobody else. */
export function createGuard(token: string, host: string): Guard {
  let unused: string | null = token
  const session = randomBytes(32).toString('base64url')
  let port = 0
  const hosts = () => {
    const names = new Set([host.includes(':') ? `[${host}]` : host, '127.0.0.1', 'localhost', '[::1]'])
    return [...names].map((name) => `${name}:${port}`)
  }
  return {
    allowPort: (given) => {
      port = given
    },
    exchange: (offered) => {
      if (unused === null || !same(offered, unused)) return null
      unused = null
      return `${cookieName}-${port}=${session}; HttpOnly; SameSite=Strict; Path=/`
    },
    isSignedIn: (request) => {
      const wanted = `${cookieName}-${port}=`
      const cookies = (request.headers.cookie ?? '').split(';').map((part) => part.trim())
      const found = cookies.find((part) => part.startsWith(wanted))
      return found !== undefined && same(found.slice(wanted.length), session)
    },
    isOurHost: (request) => hosts().includes(request.headers.host ?? ''),
    isOurOrigin: (request) => hosts().some((name) => request.headers.origin === `http://${name}`),
  }
}

function same(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
