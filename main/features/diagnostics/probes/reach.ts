import type { FindingCode } from '../../../../core/diagnostics/findings.ts'
import type { Service, TcpOutcome } from '../ports.ts'
import type { Probe, ProbeContext, Sighting } from '../probe.ts'
import { needsServer, notApplicable } from '../probe.ts'
import { addressesOf } from './addresses.ts'

const usualPorts: Readonly<Record<Service, readonly number[]>> = { imap: [993, 143], smtp: [587, 465] }

const codes: Readonly<Record<Exclude<TcpOutcome['kind'], 'connected'>, FindingCode>> = {
  refused: 'tcp.refused',
  timed_out: 'tcp.timed_out',
  reset: 'tcp.reset',
  unreachable: 'network.unreachable',
}

/** Whether a connection to the server comes about, each of its addresses apart. */
export function reachProbe(service: Service): Probe {
  return {
    probeId: `${service}.tcp`,
    group: 'connection',
    title: `Connection to the ${service.toUpperCase()} server`,
    needs: [`${service}.host`],
    after: ['dns.srv'],
    essential: true,
    applies: needsServer(service),
    run: async (context): Promise<readonly Sighting[]> => {
      const port = context.subject[service]?.port ?? 0
      const tried = await Promise.all(
        addressesOf(service, context).map(async (address) => ({
          address,
          outcome: await context.ports.connect(address, port, context.limits, context.signal),
        })),
      )
      const sightings = tried.map(({ address, outcome }) => judge(service, address, outcome, context))
      if (sightings.some(({ status }) => status === 'pass')) return sightings.map(soften)
      return withOtherPorts(service, sightings, context)
    },
  }
}

function judge(service: Service, address: string, outcome: TcpOutcome, context: ProbeContext): Sighting {
  const { host = '', port = 0 } = context.subject[service] ?? {}
  const target = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
  const seconds = Math.round(context.limits.connectMs / 1000)
  const facts = { service, host, port, address, target, text: outcome.text, seconds }
  if (outcome.kind === 'connected')
    return { target, status: 'pass', evidence: `connected in ${outcome.elapsedMs} ms`, facts }
  if (outcome.kind === 'unreachable' && address.includes(':') && !context.ports.hasFamily(6))
    return { target, ...notApplicable('This computer has no IPv6 address', facts) }
  return { target, status: 'fail', evidence: outcome.text, code: codes[outcome.kind], facts }
}

/** Programs go on to the next address: while one answers, the others are a flaw. */
function soften(sighting: Sighting): Sighting {
  return sighting.status === 'fail'
    ? { ...sighting, status: 'warning', code: 'tcp.some_addresses_fail' }
    : sighting
}

/** Where nothing answers at the port of the settings, the usual ports are tried: the settings may be wrong. */
async function withOtherPorts(
  service: Service,
  sightings: readonly Sighting[],
  context: ProbeContext,
): Promise<readonly Sighting[]> {
  const address = addressesOf(service, context)[0]
  const closed = sightings.some(({ code }) => code === 'tcp.refused' || code === 'tcp.timed_out')
  if (address === undefined || !closed) return sightings
  const others = [...usualPorts[service], ...publishedPorts(service, context)]
  const candidates = [...new Set(others)].filter((port) => port !== context.subject[service]?.port)
  const tried = await Promise.all(
    candidates.map(async (port) => ({
      port,
      outcome: await context.ports.connect(address, port, context.limits, context.signal),
    })),
  )
  const openPorts = tried
    .filter(({ outcome }) => outcome.kind === 'connected')
    .map(({ port }) => String(port))
  if (openPorts.length === 0) return sightings
  return sightings.map((sighting) =>
    sighting.code === undefined
      ? sighting
      : { ...sighting, code: 'settings.port_wrong', facts: { ...sighting.facts, openPorts } },
  )
}

/** Ports of this very host that the domain publishes, as far as they are known by now. */
function publishedPorts(service: Service, { seen, subject }: ProbeContext): readonly number[] {
  const published = seen('dns.srv').find(({ facts }) => facts['service'] === service)?.facts['published']
  const host = subject[service]?.host.toLowerCase() ?? ''
  return (Array.isArray(published) ? published : [])
    .filter((server) => server.startsWith(`${host}:`))
    .map((server) => Number(server.slice(host.length + 1)))
}
