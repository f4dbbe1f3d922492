import { isIP } from 'node:net'
import { Resolver } from 'node:dns/promises'
import { lookup } from 'node:dns/promises'
import type { NetworkProfile } from '../../../core/accounts/types.ts'
import { AppError } from '../../../core/errors.ts'
import { raceAbort } from '../../lib/deadline.ts'

/** An address of a host, as a socket wants it. */
export interface HostAddress {
  readonly address: string
  readonly family: 4 | 6
}

const timeoutMs = 5_000

/**
 * The addresses of a host as this mailbox's network sees them: by its own name servers where it has some,
 * else as the system does (hosts file included). Errors: `dns.not_found`, `dns.no_answer`.
 */
export async function lookupHost(
  host: string,
  network: NetworkProfile,
  signal: AbortSignal,
): Promise<readonly HostAddress[]> {
  const literal = isIP(host)
  if (literal !== 0) return [{ address: host, family: literal === 6 ? 6 : 4 }]
  const found = await raceAbort(
    network.dnsServers.length === 0 ? bySystem(host) : byServers(host, network.dnsServers),
    signal,
  )
  if (found.length === 0) throw new AppError('dns.not_found', { details: { host } })
  return found
}

async function bySystem(host: string): Promise<readonly HostAddress[]> {
  try {
    const found = await lookup(host, { all: true, order: 'ipv4first' })
    return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }))
  } catch (cause) {
    throw translate(cause, host)
  }
}

async function byServers(host: string, servers: readonly string[]): Promise<readonly HostAddress[]> {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 2 })
  resolver.setServers(servers)
  const [v4, v6] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
  const found = [
    ...(v4.status === 'fulfilled' ? v4.value.map((address) => ({ address, family: 4 as const })) : []),
    ...(v6.status === 'fulfilled' ? v6.value.map((address) => ({ address, family: 6 as const })) : []),
  ]
  if (found.length === 0 && v4.status === 'rejected') throw translate(v4.reason, host)
  return found
}

/** c-ares and getaddrinfo codes (nodejs.org/api/dns.html, "Error codes"). */
function translate(cause: unknown, host: string): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null
  if (code === 'ENOTFOUND' || code === 'ENODATA')
    return new AppError('dns.not_found', { details: { host }, cause })
  return new AppError('dns.no_answer', { details: { host }, cause, retryable: true })
}
