import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/** Decides who may talk to the console server. */
export interface Guard {
  /** Trades the one-time token for a session cookie; null when it was used or is wrong. */
  exchange(token: string): string | null
  isSignedIn(request: IncomingMessage): boolean
  /** The Host header names us: stops DNS rebinding. */
  isOurHost(request: Pick<IncomingMessage, 'headers'>): boolean
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
  const names: ReadonlySet<string> = new Set([inUrl(host), '127.0.0.1', 'localhost', '[::1]'])
  const isOurs = (authority: string): boolean => {
    const url = URL.parse(`http://${authority}`)
    // The parser repairs much; only what is written as a browser writes it counts.
    if (url?.host !== authority || (url.port === '' ? 80 : Number(url.port)) !== port) return false
    // Nobody can make an address, unlike a name, mean another computer.
    return (
      names.has(url.hostname) || (isEveryAddress(host) && isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0)
    )
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
    isOurHost: (request) => isOurs(request.headers.host ?? ''),
    isOurOrigin: ({ headers: { origin = '' } }) =>
      origin.startsWith('http://') && isOurs(origin.slice('http://'.length)),
  }
}

/** Whether a server on this host listens on every address of this computer. */
export function isEveryAddress(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}

/** A host as it stands in a URL. */
export function inUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

/** What is asked for; null for what no browser sends: other hosts (`//host`), and what is no URL at all. */
export function targetOf(request: IncomingMessage): URL | null {
  const url = URL.parse(request.url ?? '', 'http://console')
  return url?.host === 'console' && !url.pathname.startsWith('//') ? url : null
}

function same(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
