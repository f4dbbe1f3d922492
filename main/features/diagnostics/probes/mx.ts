import type { Facts } from '../../../../core/diagnostics/types.ts'
import type { DnsAnswer } from '../ports.ts'
import type { Probe, ProbeContext, Sighting } from '../probe.ts'
import { domainOf } from '../probe.ts'

type Mx = { readonly host: string; readonly priority: number }
const maxHosts = 10

/** Where mail to the domain goes (RFC 5321 section 5.1), and whether each of those places can be found. */
export const mxProbe: Probe = {
  probeId: 'dns.mx',
  group: 'dns',
  title: 'Mail servers of the domain (MX)',
  needs: [],
  essential: true,
  run: async (context): Promise<readonly Sighting[]> => {
    const domain = domainOf(context.subject.address)
    const answer = await context.dns.mx(domain, context.signal)
    if (answer.kind !== 'records') return [await withoutRecords(domain, answer, context)]
    const records = answer.records
    if (records.every(({ host }) => host === '' || host === '.'))
      return [
        { status: 'fail', evidence: 'MX is “.”: no mail wanted', code: 'dns.mx_null', facts: { domain } },
      ]
    const hosts = await Promise.all(records.slice(0, maxHosts).map((mx) => judgeHost(domain, mx, context)))
    return softenWhereOneWorks(hosts)
  },
}

async function withoutRecords(
  domain: string,
  answer: DnsAnswer<Mx>,
  { dns, signal }: ProbeContext,
): Promise<Sighting> {
  const facts: Facts = { domain, servers: [...dns.servers] }
  switch (answer.kind) {
    case 'no_such_name':
      return { status: 'fail', evidence: 'The domain does not exist', code: 'dns.domain_not_found', facts }
    case 'no_records': {
      const addresses = await dns.addresses(domain, signal)
      // RFC 5321 lets senders fall back to the address of the domain itself, which is a web server as a rule.
      const fallback =
        addresses.kind === 'records' ? '; they fall back to the address of the domain itself' : ''
      return {
        status: 'fail',
        evidence: 'No MX record',
        code: 'dns.mx_missing',
        facts: { ...facts, fallback },
      }
    }
    case 'failed':
    case 'no_answer':
      return { status: 'unknown', evidence: `No answer about MX: ${answer.text}`, facts }
    case 'records':
      return { status: 'unknown', evidence: 'No record was read', facts }
  }
}

async function judgeHost(
  domain: string,
  { host, priority }: Mx,
  { dns, signal }: ProbeContext,
): Promise<Sighting> {
  const target = host
  const facts: Facts = { domain, host, priority }
  if (/^[\d.]+$|:/.test(host))
    return { target, status: 'fail', evidence: 'An address instead of a name', code: 'dns.mx_address', facts }
  const [alias, addresses] = await Promise.all([dns.alias(host, signal), dns.addresses(host, signal)])
  if (addresses.kind === 'no_answer' || addresses.kind === 'failed')
    return { target, status: 'unknown', evidence: `No answer about it: ${addresses.text}`, facts }
  if (addresses.kind !== 'records')
    return { target, status: 'fail', evidence: 'It has no address', code: 'dns.mx_unresolvable', facts }
  const found = { ...facts, addresses: addresses.records.map((record) => record.address).sort() }
  const evidence = `priority ${priority}, ${found.addresses.join(', ')}`
  if (alias.kind === 'records' && alias.records[0] !== undefined)
    return {
      target,
      status: 'warning',
      evidence: `An alias of ${alias.records[0]}`,
      code: 'dns.mx_cname',
      facts: { ...found, alias: alias.records[0] },
    }
  return { target, status: 'pass', evidence, facts: found }
}

/** Senders try one server after the other: while one can be found, the others are flaws. */
function softenWhereOneWorks(hosts: readonly Sighting[]): readonly Sighting[] {
  const works = hosts.some(({ status }) => status === 'pass' || status === 'warning')
  return works ? hosts.map((host) => (host.status === 'fail' ? { ...host, status: 'warning' } : host)) : hosts
}
