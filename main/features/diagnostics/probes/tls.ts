import type { ImapSession, Opening, Service, SmtpSession, WireTarget } from '../ports.ts'
import type { Opened, Probe, ProbeContext, Sighting } from '../probe.ts'
import { needsServer, sightingOf } from '../probe.ts'

/**
 * Encryption at each address that can be reached. It opens the whole conversation once, so that a server is not
 * called twice; what comes after encryption is the greeting probe's.
 */
export function tlsProbe(service: Service): Probe {
  return {
    probeId: `${service}.tls`,
    group: 'connection',
    title: `Encryption of ${service.toUpperCase()}`,
    needs: [`${service}.tcp`],
    essential: true,
    applies: needsServer(service),
    run: async (context): Promise<readonly Sighting[]> => {
      const reached = context.seen(`${service}.tcp`).filter(({ status }) => status === 'pass')
      const addresses = reached.map(({ facts }) => String(facts['address']))
      return Promise.all(addresses.map((address) => lookAt(service, address, context)))
    },
  }
}

async function lookAt(service: Service, address: string, context: ProbeContext): Promise<Sighting> {
  const server = context.subject[service]
  if (server === null) return { status: 'not_applicable', evidence: 'No server is set' }
  const transcriptId = `${service}-${address}`
  const target: WireTarget = {
    server,
    address,
    network: context.subject.network,
    nowMs: context.clock.nowMs(),
    limits: context.limits,
  }
  const place = `${address.includes(':') ? `[${address}]` : address}:${server.port}`
  const opening = await open(service, target, { address, transcriptId }, context)
  return { target: place, transcriptId, ...judge(opening, server.security === 'none', server.host, place) }
}

/** Opens and keeps the connection for the probes above. */
async function open(
  service: Service,
  target: WireTarget,
  place: Pick<Opened<never>, 'address' | 'transcriptId'>,
  { ports, connections, transcript, signal }: ProbeContext,
): Promise<Opening<ImapSession | SmtpSession>> {
  const written = transcript(place.transcriptId)
  if (service === 'imap') {
    const opening = await ports.openImap(target, written, signal)
    connections.imap.push({ ...place, opening })
    return opening
  }
  const opening = await ports.openSmtp(target, written, signal)
  connections.smtp.push({ ...place, opening })
  return opening
}

function judge(opening: Opening<unknown>, inClear: boolean, host: string, target: string): Sighting {
  const { tls, problem, stage } = opening
  if (tls !== null) {
    const { status, evidence, code, facts } = tls.verdict
    return { status, evidence, ...(code === null ? {} : { code }), facts: { ...facts, target } }
  }
  // Without encryption the greeting is judged above; only that TLS is wanted here belongs to this rung.
  const elsewhere = inClear && problem?.code.startsWith('tls.') !== true
  if (problem !== null && stage === 'before_tls' && !elsewhere) return sightingOf(problem)
  if (problem !== null && !elsewhere) return sightingOf(problem)
  return {
    status: 'warning',
    evidence: 'No encryption, as the settings say',
    code: 'tls.not_used',
    facts: { host, target },
  }
}
