import type { Facts } from '../../../../core/diagnostics/types.ts'
import type { Service } from '../ports.ts'
import type { Probe, Sighting } from '../probe.ts'
import { needsServer } from '../probe.ts'

/** The addresses of a server. */
export function hostProbe(service: Service): Probe {
  return {
    probeId: `${service}.host`,
    group: 'dns',
    title: `Address of the ${service.toUpperCase()} server`,
    needs: [],
    essential: true,
    applies: needsServer(service),
    run: async ({ subject, dns, signal }): Promise<readonly Sighting[]> => {
      const host = subject[service]?.host ?? ''
      const facts: Facts = { service, host, servers: [...dns.servers] }
      const answer = await dns.addresses(host, signal)
      switch (answer.kind) {
        case 'records': {
          const addresses = answer.records.map(({ address }) => address).sort()
          return [
            { status: 'pass', evidence: `${host}: ${addresses.join(', ')}`, facts: { ...facts, addresses } },
          ]
        }
        case 'no_such_name':
          return [{ status: 'fail', evidence: `${host} does not exist`, code: 'dns.host_not_found', facts }]
        case 'no_records':
          return [{ status: 'fail', evidence: `${host} has no address`, code: 'dns.host_no_address', facts }]
        case 'failed':
          return [
            {
              status: 'fail',
              evidence: `${host}: ${answer.text}`,
              code: 'dns.lookup_failed',
              facts: { ...facts, text: answer.text },
            },
          ]
        case 'no_answer': {
          const told = { ...facts, names: [host], text: answer.text }
          return [
            { status: 'fail', evidence: `${host}: ${answer.text}`, code: 'dns.no_answers', facts: told },
          ]
        }
      }
    },
  }
}
