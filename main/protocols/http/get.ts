import { request as httpRequest } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { rootCertificates } from 'node:tls'
import type { NetworkProfile } from '../../../core/accounts/types.ts'
import type { HttpOutcome } from '../../features/diagnostics/ports.ts'
import { deadline } from '../../lib/deadline.ts'
import { lookupHost } from '../dns/lookup-host.ts'

const maxBodyBytes = 64 * 1024

/**
 * One GET without following redirects, with names looked up as the mailbox's network does. Never rejects; the
 * body is cut at 64 KiB.
 */
export async function getUrl(
  url: string,
  network: NetworkProfile,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<HttpOutcome> {
  const startedAt = performance.now()
  const limit = deadline(signal, timeoutMs)
  try {
    const parsed = new URL(url)
    const [address] = await lookupHost(parsed.hostname.replace(/^\[|\]$/g, ''), network, limit)
    if (address === undefined) return { kind: 'no_answer', text: 'no address' }
    const response = await open(parsed, address.address, network, limit)
    const body = await readBody(response)
    const date = Date.parse(response.headers.date ?? '')
    return {
      kind: 'answer',
      status: response.statusCode ?? 0,
      location: response.headers.location ?? null,
      dateMs: Number.isNaN(date) ? null : date,
      body,
      elapsedMs: Math.round(performance.now() - startedAt),
    }
  } catch (error) {
    return { kind: 'no_answer', text: wordFor(error) }
  }
}

function open(
  url: URL,
  address: string,
  network: NetworkProfile,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const secure = url.protocol === 'https:'
  const request = secure ? httpsRequest : httpRequest
  const trust = network.trustedCaPem === null ? {} : { ca: [...rootCertificates, network.trustedCaPem] }
  return new Promise((resolve, reject) => {
    request(
      {
        host: address,
        port: url.port || (secure ? 443 : 80),
        path: `${url.pathname}${url.search}`,
        headers: { Host: url.host, Accept: '*/*', Connection: 'close' },
        agent: false,
        signal,
        ...(secure ? { servername: url.hostname, ...trust } : {}),
      },
      resolve,
    )
      .on('error', reject)
      .end()
  })
}

async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    chunks.push(chunk as Buffer)
    size += (chunk as Buffer).length
    if (size > maxBodyBytes) break
  }
  response.destroy()
  return Buffer.concat(chunks).subarray(0, maxBodyBytes).toString('utf8')
}

function wordFor(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return error instanceof Error ? error.name : 'failed'
}
