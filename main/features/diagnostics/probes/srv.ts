import type { MailServer } from '../../../../core/accounts/types.ts'
import type { DnsAnswer, Service } from '../ports.ts'
import type { Probe, ProbeContext, Sighting } from '../probe.ts'
import { domainOf, notApplicable } from '../probe.ts'

const records: Readonly<Record<Service, readonly string[]>> = {
  imap: ['_imaps._tcp', '_imap._tcp'],
  smtp: ['_submissions._tcp', '_submission._tcp'],
}

/** Which servers the domain publishes (RFC 6186, RFC 8314), compared with those in use. */
export const srvProbe: Probe = {
  probeId: 'dns.srv',
  group: 'dns',
  title: 'Published servers (SRV)',
  needs: [],
  essential: false,
  run: async (context): Promise<readonly Sighting[]> =>
    Promise.all((['imap', 'smtp'] as const).map((service) => lookAt(service, context))),
}

async function lookAt(service: Service, { subject, dns, signal }: ProbeContext): Promise<Sighting> {
  const domain = domainOf(subject.address)
  const target = service.toUpperCase()
  const answers = await Promise.all(
    records[service].map(async (name) => ({ name, answer: await dns.srv(`${name}.${domain}`, signal) })),
  )
  const offered = answers.flatMap(({ name, answer }) =>
    answer.kind === 'records'
      ? answer.records.filter(({ host }) => host !== '' && host !== '.').map((r) => ({ ...r, name }))
      : [],
  )
  const server = subject[service]
  if (offered.length === 0) {
    const denied = server === null ? null : denialOf(service, server, domain, answers)
    if (denied !== null) return { target, ...denied }
    const silent = answers.find(({ answer }) => answer.kind === 'no_answer' || answer.kind === 'failed')
    if (silent !== undefined) return { target, status: 'unknown', evidence: 'DNS gives no answer about it' }
    return { target, ...notApplicable('The domain publishes none') }
  }
  const published = offered.map(({ host, port }) => `${host.toLowerCase()}:${port}`).sort()
  const facts = {
    ...{ service, domain, published, record: `${offered[0]?.name ?? ''}.${domain}` },
    ...recommended(service, offered),
  }
  if (server === null) return { target, ...notApplicable(`Published: ${published.join(', ')}`, facts) }
  const used = `${server.host.toLowerCase()}:${server.port}`
  if (published.includes(used)) return { target, status: 'pass', evidence: `${used}, as in use`, facts }
  const evidence = `${published.join(', ')}; in use is ${used}`
  return { target, status: 'warning', evidence, code: 'dns.srv_differs', facts: { ...facts, used } }
}

/** The one to use: with TLS from the first byte where there is one (RFC 8314 section 3), and as the domain prefers. */
function recommended(
  service: Service,
  offered: readonly { readonly name: string; readonly host: string; readonly port: number }[],
) {
  const [best] = offered
  if (best === undefined) return {}
  const encryption = best.name === records[service][0] ? 'TLS' : 'STARTTLS'
  return { recommended: `${best.host.toLowerCase()}:${best.port}`, encryption }
}

/** RFC 2782: a target of "." says that the service is decidedly not there. Yet it is in use. */
function denialOf(
  service: Service,
  { host, port, security }: MailServer,
  domain: string,
  answers: readonly { readonly name: string; readonly answer: DnsAnswer<unknown> }[],
): Sighting | null {
  const variant = records[service][security === 'tls' ? 0 : 1]
  if (!answers.some(({ name, answer }) => name === variant && answer.kind === 'records')) return null
  const used = `${host.toLowerCase()}:${port}`
  const facts = { domain, published: ['no server'], record: `${variant ?? ''}.${domain}`, used }
  const evidence = `Published: no server; in use is ${used}`
  return { status: 'warning', evidence, code: 'dns.srv_differs', facts }
}
