import { findServer } from './binaries.ts'
import { createInstance, freePorts, loopback } from './instance.ts'

/** Zone name to its records in master file format (RFC 1035, section 5), without SOA and NS. */
export type Zones = Readonly<Record<string, string>>

/** A running authoritative DNS server (Knot). Disposing stops it. */
export interface DnsLab extends AsyncDisposable {
  /** `address:port`, as a mailbox's network profile wants it. */
  readonly server: string
  readonly port: number
}

/** Starts Knot with these zones on one free port of loopback, by UDP and TCP. */
export async function startDns(zones: Zones): Promise<DnsLab> {
  const binary = findServer('knot')
  if (binary === null) throw new Error('Knot is not installed; ask whyMissing() before starting it.')
  const instance = createInstance('knot')
  const [port = 0] = await freePorts(1)
  for (const name of ['run', 'db', 'zones']) instance.makeFolder(name)
  for (const [zone, records] of Object.entries(zones))
    instance.write(`zones/${zone}.zone`, zoneFile(zone, records))
  const config = instance.write('knot.conf', knotConfig(instance.folder, port, Object.keys(zones)))
  instance.run(binary, ['-c', config])
  await instance.listening(port)
  return { server: `${loopback}:${port}`, port, [Symbol.asyncDispose]: () => instance[Symbol.asyncDispose]() }
}

function zoneFile(zone: string, records: string): string {
  return `$ORIGIN ${zone}.
$TTL 5
@ SOA ns1 hostmaster 1 3600 600 86400 5
@ NS ns1
ns1 A ${loopback}
${records}
`
}

/** https://www.knot-dns.cz/docs/3.2/html/reference.html */
function knotConfig(folder: string, port: number, zones: readonly string[]): string {
  return `server:
    rundir: "${folder}/run"
    listen: ${loopback}@${port}
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
log:
  - target: stderr
    any: warning
database:
    storage: "${folder}/db"
template:
  - id: default
    storage: "${folder}/zones"
    zonefile-sync: -1
    journal-content: none
zone:
${zones.map((zone) => `  - domain: ${zone}\n    file: "${zone}.zone"`).join('\n')}
`
}
