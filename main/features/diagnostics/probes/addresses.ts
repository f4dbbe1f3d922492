import type { Service } from '../ports.ts'
import type { ProbeContext } from '../probe.ts'

const maxAddresses = 6

/** The addresses that the host probe found, in its order. */
export function addressesOf(service: Service, { seen }: Pick<ProbeContext, 'seen'>): readonly string[] {
  const found = seen(`${service}.host`)[0]?.facts['addresses']
  return Array.isArray(found) ? found.slice(0, maxAddresses) : []
}
