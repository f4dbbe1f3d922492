import { getDomain } from 'tldts'
import type { NetworkProfile } from '../../../core/accounts/types.ts'
import type { DiscoveryPorts, RecordsAnswer, SourceAnswer } from '../../features/accounts/ports.ts'
import type { DnsAnswer } from '../../features/diagnostics/ports.ts'
import { createDns } from '../dns/query.ts'
import { meetServer } from './meet.ts'
import { askWeb } from './web.ts'
import type { WebPorts } from './web.ts'

/** The outside world as a discovery asks it. */
export function createDiscoveryPorts(ports: WebPorts = { http: 80, https: 443 }): DiscoveryPorts {
  return {
    readAutoconfig: async (url, email, network, signal) => {
      const answer = await askWeb({ url }, network, ports, signal)
      if (answer.kind === 'document')
        return (await import('./read-autoconfig.ts')).readAutoconfigDocument(answer.text, email)
      return { outcome: answer.kind, answer: answer.answer, settings: [] }
    },
    readAutodiscover: (url, email, network, signal) => askAutodiscover(url, email, network, ports, signal),
    srv: async (name, network, signal) =>
      toRecords(await createDns(network).srv(name, signal), ({ host, port }) => ({ host, port })),
    mx: async (domain, network, signal) =>
      toRecords(await createDns(network).mx(domain, signal), ({ host }) => ({ host, port: 0 })),
    meet: meetServer,
    registeredDomain: (host) => getDomain(host, { allowPrivateDomains: true }),
  }
}

/** Follows one redirect that is named inside the answer; more would be a loop. */
async function askAutodiscover(
  url: string,
  email: string,
  network: NetworkProfile,
  ports: WebPorts,
  signal: AbortSignal,
): Promise<SourceAnswer> {
  const { readAutodiscoverDocument, writeAutodiscoverRequest } = await import('./read-autodiscover.ts')
  const ask = async (at: string) => {
    const answer = await askWeb({ url: at, body: writeAutodiscoverRequest(email) }, network, ports, signal)
    if (answer.kind === 'document') return readAutodiscoverDocument(answer.text, email)
    return { outcome: answer.kind, answer: answer.answer, settings: [], redirectUrl: null }
  }
  const first = await ask(url)
  const { outcome, answer, settings } =
    first.redirectUrl?.startsWith('https:') === true ? await ask(first.redirectUrl) : first
  return { outcome, answer, settings }
}

function toRecords<R, N extends { readonly host: string; readonly port: number }>(
  answer: DnsAnswer<R>,
  name: (record: R) => N,
): RecordsAnswer<N> {
  switch (answer.kind) {
    case 'records': {
      const records = answer.records.map(name)
      const words = records.map(({ host, port }) => (port === 0 ? host : `${host}:${port}`)).join(', ')
      return { outcome: 'found', records, answer: `It names ${words}.`.slice(0, 300) }
    }
    case 'no_such_name':
    case 'no_records':
      return { outcome: 'nothing', records: [], answer: 'There is no such record.' }
    case 'failed':
    case 'no_answer':
      return { outcome: 'failed', records: [], answer: `The name server did not answer (${answer.text}).` }
  }
}
