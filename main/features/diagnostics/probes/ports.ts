import type { Facts } from '../../../../core/diagnostics/types.ts'
import type { TcpOutcome } from '../ports.ts'
import type { Probe, ProbeContext, Sighting } from '../probe.ts'
import { notApplicable } from '../probe.ts'
import { withControls } from './with-controls.ts'

const mailPorts = [25, 143, 465, 587, 993, 995] as const

/** Which mail ports this network lets out, tried at servers that are known to listen there. */
export const portsProbe: Probe = {
  probeId: 'network.ports',
  group: 'network',
  title: 'Mail ports are let out',
  needs: [],
  essential: false,
  applies: withControls,
  run: async (context): Promise<readonly Sighting[]> => {
    const listeners = context.controls?.listeners ?? []
    if (listeners.length === 0) return [notApplicable('No control server is set')]
    const used = [context.subject.imap?.port, context.subject.smtp?.port].filter((port) => port !== undefined)
    const known = new Set<number>([...mailPorts, ...used])
    const tried = await Promise.all([...known].map((port) => tryPort(port, context)))
    const anyOpen = tried.some(({ outcome }) => outcome?.kind === 'connected')
    return tried.map((one) => judge(one, anyOpen, used.includes(one.port)))
  },
}

interface Tried {
  readonly port: number
  readonly host: string | null
  readonly outcome: TcpOutcome | null
}

async function tryPort(port: number, { controls, dns, ports, limits, signal }: ProbeContext): Promise<Tried> {
  const host = controls?.listeners.find((listener) => listener.ports.includes(port))?.host ?? null
  if (host === null) return { port, host, outcome: null }
  const answer = await dns.addresses(host, signal)
  const address = answer.kind === 'records' ? answer.records[0]?.address : undefined
  if (address === undefined) return { port, host, outcome: null }
  return { port, host, outcome: await ports.connect(address, port, limits, signal) }
}

const words: Readonly<Record<TcpOutcome['kind'], string>> = {
  connected: 'open',
  refused: 'closed (refused)',
  timed_out: 'filtered (no answer)',
  reset: 'cut off',
  unreachable: 'no route',
}

function judge({ port, host, outcome }: Tried, anyOpen: boolean, isUsed: boolean): Sighting {
  const target = `port ${port}`
  if (host === null) return { target, ...notApplicable('No control server for this port is known') }
  const facts: Facts = { control: true, port, reached: outcome?.kind === 'connected' }
  if (outcome === null) return { target, status: 'unknown', evidence: `${host} could not be found`, facts }
  const evidence = `${host}: ${words[outcome.kind]}`
  if (outcome.kind === 'connected') return { target, status: 'pass', evidence, facts }
  // Without any port open it is the connection as a whole, not this port.
  if (!anyOpen) return { target, status: 'unknown', evidence, facts }
  if (!isUsed)
    return { target, status: 'not_applicable', evidence: `${evidence}; this mailbox does not use it`, facts }
  const blocked = { ...facts, control: host, host: null }
  return { target, status: 'warning', evidence, code: 'network.port_blocked', facts: blocked }
}
