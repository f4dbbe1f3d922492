import { lookup, Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { NetworkProfile } from '../../../core/accounts/types.ts'
import type { DnsAnswer, DnsPort, HostAddress } from '../../features/diagnostics/ports.ts'
import { raceAbort } from '../../lib/deadline.ts'

const tryMs = 2_500

/**
 * DNS as a mailbox's network sees it. Nothing rejects but an abort: that a name does not exist is an answer.
 * Host addresses come from the system (hosts file included) where the profile has no servers of its own.
 */
export function createDns(network: NetworkProfile): DnsPort {
  const resolver = new Resolver({ timeout: tryMs, tries: 2 })
  if (network.dnsServers.length > 0) resolver.setServers(network.dnsServers)
  const ask = <R>(query: () => Promise<readonly R[]>, signal: AbortSignal) => answerOf(query, signal)
  return {
    servers: resolver.getServers(),
    addresses: (host, signal) => {
      const family = isIP(host)
      if (family !== 0)
        return Promise.resolve({
          kind: 'records',
          records: [{ address: host, family: family === 6 ? 6 : 4 }],
        })
      return network.dnsServers.length === 0 ? bySystem(host, signal) : byServers(resolver, host, signal)
    },
    mx: (domain, signal) =>
      ask(async () => {
        const found = await resolver.resolveMx(domain)
        return found
          .map(({ exchange, priority }) => ({ host: exchange, priority }))
          .sort((a, b) => a.priority - b.priority)
      }, signal),
    srv: (name, signal) =>
      ask(async () => {
        const found = await resolver.resolveSrv(name)
        return found
          .map(({ name: host, port, priority }) => ({ host, port, priority }))
          .sort((a, b) => a.priority - b.priority)
      }, signal),
    alias: (host, signal) => ask(() => resolver.resolveCname(host), signal),
  }
}

async function bySystem(host: string, signal: AbortSignal): Promise<DnsAnswer<HostAddress>> {
  return answerOf(async () => {
    const found = await lookup(host, { all: true, order: 'ipv4first' })
    return found.map(({ address, family }) => ({
      address,
      family: family === 6 ? (6 as const) : (4 as const),
    }))
  }, signal)
}

async function byServers(
  resolver: Resolver,
  host: string,
  signal: AbortSignal,
): Promise<DnsAnswer<HostAddress>> {
  const of = (family: 4 | 6) => (addresses: readonly string[]) =>
    addresses.map((address) => ({ address, family }))
  const [v4, v6] = await Promise.all([
    answerOf<HostAddress>(async () => of(4)(await resolver.resolve4(host)), signal),
    answerOf<HostAddress>(async () => of(6)(await resolver.resolve6(host)), signal),
  ])
  const records = [v4, v6].flatMap((answer) => (answer.kind === 'records' ? answer.records : []))
  if (records.length > 0) return { kind: 'records', records }
  // The worse of two failures would hide that the other family simply has no record.
  return v4.kind === 'no_records' ? v6 : v4
}

async function answerOf<R>(query: () => Promise<readonly R[]>, signal: AbortSignal): Promise<DnsAnswer<R>> {
  try {
    const records = await raceAbort(query(), signal)
    return records.length === 0 ? { kind: 'no_records' } : { kind: 'records', records }
  } catch (error) {
    signal.throwIfAborted()
    return refusalOf(error)
  }
}

/**
 * c-ares and getaddrinfo codes (nodejs.org/api/dns.html, "Error codes"). A server that refuses does not serve this
 * network at all, so that is no answer about a name.
 */
function refusalOf(error: unknown): DnsAnswer<never> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  switch (code) {
    case 'ENOTFOUND':
      return { kind: 'no_such_name' }
    case 'ENODATA':
      return { kind: 'no_records' }
    case 'ESERVFAIL':
    case 'EBADRESP':
    case 'EFORMERR':
    case 'ENOTIMP':
      return { kind: 'failed', text: code.slice(1) }
    default:
      return { kind: 'no_answer', text: code.replace(/^E/, '') }
  }
}
