import { createServer as createHttp } from 'node:http'
import type { IncomingMessage, RequestListener, Server } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { KeyPair } from '../../main/practice/certificates.ts'

/** What a web server was asked, as far as tests look at it. */
export interface WebRequestSeen {
  readonly what: string
  readonly body: string
  readonly authorization: string | null
}

/** How a page answers: by `GET https://host/path`, without the port. */
export type WebPages = Readonly<
  Record<string, { readonly status?: number; readonly location?: string; readonly body?: string }>
>

/** A web server for http and https on free ports of loopback. Pages that are not named are 404. */
export interface WebLab extends AsyncDisposable {
  readonly ports: { readonly http: number; readonly https: number }
  readonly seen: readonly WebRequestSeen[]
}

/** Starts both. The certificate decides which names are trusted. */
export async function startWeb(pages: WebPages, { certPem, keyPem }: KeyPair): Promise<WebLab> {
  const seen: WebRequestSeen[] = []
  const answer =
    (scheme: string): RequestListener =>
    (request, response) => {
      void readBody(request).then((body) => {
        const host = (request.headers.host ?? '').replace(/:\d+$/, '')
        const what = `${request.method ?? ''} ${scheme}://${host}${request.url ?? ''}`
        seen.push({ what, body, authorization: request.headers.authorization ?? null })
        const page = pages[what]
        response.writeHead(page === undefined ? 404 : (page.status ?? 200), {
          ...(page?.location !== undefined && { Location: page.location }),
          'Content-Type': 'text/xml',
        })
        response.end(page?.body ?? '')
      })
    }
  const plain = createHttp(answer('http'))
  const secure = createHttps({ cert: certPem, key: keyPem }, answer('https'))
  const [http, https] = await Promise.all([listen(plain), listen(secure)])
  return {
    ports: { http, https },
    seen,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([close(plain), close(secure)])
    },
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return body
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => void server.close(() => resolve()))
}
