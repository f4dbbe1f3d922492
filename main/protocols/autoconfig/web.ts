import { request as httpRequest } from 'node:http'
import type { IncomingMessage, RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { rootCertificates } from 'node:tls'
import type { NetworkProfile } from '../../../core/accounts/types.ts'
import { AppError } from '../../../core/errors.ts'
import { lookupHost } from '../dns/lookup-host.ts'
import { maxXmlBytes } from './xml.ts'

/** A request for a configuration document. A body makes it a POST. */
export interface WebRequest {
  readonly url: string
  readonly body?: string
}

/** A document that came, or why none did, as one sentence. */
export type WebAnswer =
  | { readonly kind: 'document'; readonly url: string; readonly text: string }
  | { readonly kind: 'nothing' | 'failed'; readonly answer: string }

/** Where the web's two schemes listen; other ports in tests. */
export interface WebPorts {
  readonly http: number
  readonly https: number
}

const mostRedirects = 3

/**
 * Asks for a document by the mailbox's network: its name servers, its private CA. Redirects are followed three
 * times and never from https to http. Reads at most 256 KiB. Rejects only when `signal` aborts.
 */
export async function askWeb(
  request: WebRequest,
  network: NetworkProfile,
  ports: WebPorts,
  signal: AbortSignal,
): Promise<WebAnswer> {
  let url = request.url
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    try {
      const response = await open(new URL(url), request.body, network, ports, signal)
      const status = response.statusCode ?? 0
      const location = response.headers.location
      if (status < 300 || status >= 400 || location === undefined) return await read(response, url, status)
      response.destroy()
      const next = new URL(location, url)
      if (next.protocol !== 'https:' && (next.protocol !== 'http:' || url.startsWith('https:')))
        return { kind: 'failed', answer: 'It sends on to a place that is not protected.' }
      url = next.href
    } catch (error) {
      signal.throwIfAborted()
      return wordsFor(error)
    }
  }
  return { kind: 'failed', answer: 'It sends on again and again.' }
}

async function open(
  url: URL,
  body: string | undefined,
  network: NetworkProfile,
  ports: WebPorts,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const secure = url.protocol === 'https:'
  const addresses = await lookupHost(url.hostname.replace(/^\[|\]$/g, ''), network, signal)
  const trust = network.trustedCaPem === null ? {} : { ca: [...rootCertificates, network.trustedCaPem] }
  let failure: unknown = new AppError('dns.not_found')
  for (const { address } of addresses) {
    try {
      return await send(secure ? httpsRequest : httpRequest, body, {
        host: address,
        port: url.port || (secure ? ports.https : ports.http),
        path: `${url.pathname}${url.search}`,
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          Host: url.host,
          Accept: 'text/xml, application/xml',
          Connection: 'close',
          ...(body === undefined ? {} : { 'Content-Type': 'text/xml; charset=utf-8' }),
        },
        agent: false,
        signal,
        ...(secure ? { servername: url.hostname, ...trust } : {}),
      })
    } catch (error) {
      signal.throwIfAborted()
      failure = error
    }
  }
  throw failure
}

function send(
  request: typeof httpsRequest,
  body: string | undefined,
  options: RequestOptions,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(options, resolve).on('error', reject).end(body)
  })
}

async function read(response: IncomingMessage, url: string, status: number): Promise<WebAnswer> {
  if (status !== 200) {
    response.destroy()
    const wantsPassword = status === 401 || status === 403
    const answer = wantsPassword
      ? `It wants a sign-in first (HTTP ${status}); none was sent.`
      : `There is nothing (HTTP ${status}).`
    return { kind: 'nothing', answer }
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxXmlBytes) {
      response.destroy()
      return { kind: 'failed', answer: 'The answer is larger than any configuration file.' }
    }
    chunks.push(chunk)
  }
  return { kind: 'document', url, text: Buffer.concat(chunks).toString('utf8') }
}

/** Codes of Node and OpenSSL (nodejs.org/api/errors.html, nodejs.org/api/tls.html) in words. */
function wordsFor(error: unknown): WebAnswer {
  if (error instanceof AppError)
    return error.code === 'dns.not_found'
      ? { kind: 'nothing', answer: 'There is no such name.' }
      : { kind: 'failed', answer: 'The name server did not answer.' }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ECONNREFUSED') return { kind: 'nothing', answer: 'The connection was refused.' }
  if (code === 'ERR_INVALID_URL')
    return { kind: 'failed', answer: 'It sends on to something that is no URL.' }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return { kind: 'failed', answer: 'The certificate is for another name.' }
  if (/CERT|SELF_SIGNED|ISSUER|SIGNATURE/.test(code))
    return { kind: 'failed', answer: `The certificate is not trusted (${code}).` }
  if (/^(ERR_SSL|ERR_TLS|EPROTO)/.test(code)) return { kind: 'failed', answer: 'It does not speak TLS.' }
  return { kind: 'failed', answer: `No answer (${code || 'the connection was cut'}).` }
}
