import { serversInAutoconfig } from '../../../../core/diagnostics/autoconfig.ts'
import type { PublishedServers } from '../../../../core/diagnostics/autoconfig.ts'
import type { Probe, ProbeContext, Sighting } from '../probe.ts'
import { domainOf, notApplicable } from '../probe.ts'

const timeoutMs = 8_000

/** The domain's own autoconfig file, which mail programs set themselves up by, compared with what is in use. */
export const autoconfigProbe: Probe = {
  probeId: 'dns.autoconfig',
  group: 'dns',
  title: 'Automatic set-up (autoconfig)',
  needs: [],
  essential: false,
  run: async (context): Promise<readonly Sighting[]> => {
    const { subject, dns, ports, clock, signal } = context
    const domain = domainOf(subject.address)
    const host = `autoconfig.${domain}`
    const found = await dns.addresses(host, signal)
    if (found.kind === 'no_answer' || found.kind === 'failed')
      return [{ status: 'unknown', evidence: 'DNS gives no answer about it' }]
    if (found.kind !== 'records') return [notApplicable('The domain publishes none')]
    // Without the address in it: the file is the same for everyone, and the server need not know who asks.
    const url = `http://${host}/mail/config-v1.1.xml`
    const outcome = await ports.get(url, subject.network, timeoutMs, signal)
    if (outcome.kind === 'no_answer')
      return [{ status: 'unknown', evidence: `${url}: ${outcome.text}`, facts: { url } }]
    const skewMs = outcome.dateMs === null ? null : clock.nowMs() - outcome.elapsedMs / 2 - outcome.dateMs
    const facts = { url, domain, skewMs }
    const servers = serversInAutoconfig(outcome.body)
    if (outcome.status !== 200 || servers.imap.length + servers.smtp.length === 0)
      return [
        { status: 'not_applicable', evidence: `${url} gives no set-up (status ${outcome.status})`, facts },
      ]
    return [compare(servers, context, facts)]
  },
}

function compare(
  servers: PublishedServers,
  { subject }: ProbeContext,
  base: NonNullable<Sighting['facts']>,
): Sighting {
  const differs = (['imap', 'smtp'] as const).find((service) => {
    const server = subject[service]
    const published = servers[service]
    return (
      server !== null &&
      published.length > 0 &&
      !published.includes(`${server.host.toLowerCase()}:${server.port}`)
    )
  })
  const published = [...servers.imap, ...servers.smtp]
  const facts = { ...base, published }
  if (differs === undefined) return { status: 'pass', evidence: `${published.join(', ')}, as in use`, facts }
  const server = subject[differs]
  const used = server === null ? '' : `${server.host}:${server.port}`
  const evidence = `${servers[differs].join(', ')}; in use is ${used}`
  return {
    status: 'warning',
    evidence,
    code: 'dns.autoconfig_differs',
    facts: { ...facts, published: [...servers[differs]], used },
  }
}
