import type { Probe, ProbeContext, Sighting } from '../probe.ts'
import { notApplicable } from '../probe.ts'
import { withControls } from './with-controls.ts'

/** IPv4 and IPv6 apart: a family that is there and leads nowhere makes programs wait. */
export const familiesProbe: Probe = {
  probeId: 'network.families',
  group: 'network',
  title: 'IPv4 and IPv6',
  needs: [],
  essential: false,
  applies: withControls,
  run: async (context): Promise<readonly Sighting[]> => {
    const [v4, v6] = await Promise.all([tryFamily(4, context), tryFamily(6, context)])
    if (v4.status === 'pass' && v6.status === 'unknown' && v6.facts !== undefined)
      return [v4, { ...v6, status: 'warning', code: 'network.ipv6_broken' }]
    return [v4, v6]
  },
}

async function tryFamily(
  family: 4 | 6,
  { controls, dns, ports, limits, signal }: ProbeContext,
): Promise<Sighting> {
  const target = `IPv${family}`
  if (!ports.hasFamily(family)) return { target, ...notApplicable(`This computer has no ${target} address`) }
  for (const { host, ports: open } of controls?.listeners ?? []) {
    const answer = await dns.addresses(host, signal)
    const found =
      answer.kind === 'records' ? answer.records.find((record) => record.family === family) : undefined
    const port = open[0]
    if (found === undefined || port === undefined) continue
    const { kind, text } = await ports.connect(found.address, port, limits, signal)
    const facts = { target: `${host} port ${port}`, text }
    return kind === 'connected'
      ? { target, status: 'pass', evidence: `${host} answers`, facts }
      : { target, status: 'unknown', evidence: `${host}: ${text}`, facts }
  }
  return { target, status: 'unknown', evidence: 'No control server with an address of this kind was found' }
}
