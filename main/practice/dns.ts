import dns2 from 'dns2'
import type { Packet as DnsPacket } from 'dns2'
import { closeServer, listenOnLoopback, loopback, trackSockets } from './listen.ts'

/** A record without its owner name, in the words of its RFC (1035, 2782). */
export type DnsRecord =
  | { readonly type: 'A'; readonly address: string }
  | { readonly type: 'MX'; readonly priority: number; readonly exchange: string }
  | { readonly type: 'TXT'; readonly data: string }
  | {
      readonly type: 'SRV'
      readonly priority: number
      readonly weight: number
      readonly port: number
      readonly target: string
    }

/** Owner names in lower case to their records. */
export type Zone = ReadonlyMap<string, readonly DnsRecord[]>

/** A name server for one zone, by UDP and TCP on the same port. */
export interface DnsServer extends AsyncDisposable {
  /** `address:port`. */
  readonly server: string
}

const { Packet } = dns2
const nameError = 3
const ttlSeconds = 5

/** Answers for `zone`; every other name does not exist, as there is no world beyond the company. */
export async function startDnsServer(apex: string, zone: Zone): Promise<DnsServer> {
  const handle: dns2.DnsHandler = (request, send) => void send(uncompressed(answer(request, apex, zone)))
  const tcp = dns2.createTCPServer(handle)
  const sockets = trackSockets(tcp)
  const port = await listenOnLoopback(tcp)
  // TCP has a free port; that UDP has the same one free is the rule, and otherwise the start fails and says so.
  const udp = dns2.createUDPServer(handle)
  await listenUdp(udp, port)
  return {
    server: `${loopback}:${port}`,
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => udp.close(() => resolve()))
      await closeServer(tcp, sockets)
    },
  }
}

function listenUdp(udp: dns2.UDPServer, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    udp.once('error', reject)
    void udp.listen(port, loopback).then(resolve)
  })
}

function answer(request: DnsPacket, apex: string, zone: Zone): DnsPacket {
  const response = Packet.createResponseFromRequest(request)
  response.header.aa = 1
  const [question] = request.questions
  if (question === undefined) return response
  const name = question.name.toLowerCase()
  const records = zone.get(name) ?? []
  const types: Readonly<Record<DnsRecord['type'], number>> = Packet.TYPE
  for (const { type, ...data } of records) {
    if (types[type] !== question.type && question.type !== Packet.TYPE.ANY) continue
    response.answers.push(resource(question.name, types[type], data))
  }
  const exists = [...zone.keys()].some((owner) => owner === name || owner.endsWith(`.${name}`))
  if (!exists) response.header.rcode = nameError
  if (response.answers.length === 0) response.authorities.push(authority(apex))
  return response
}

/**
 * A target of SRV must not be compressed (RFC 2782), and resolvers refuse it when it is. dns2 compresses every
 * name unless its writer's table of names is something else than a table.
 */
function uncompressed(packet: DnsPacket): Buffer {
  const writer = Object.assign(new Packet.Writer(), { names: 'not kept' })
  return (packet as { toBuffer(writer: object): Buffer }).toBuffer(writer)
}

/** The SOA that goes with every "no" (RFC 2308, section 2). */
function authority(apex: string) {
  const times = { serial: 1, refresh: 3600, retry: 600, expiration: 86_400, minimum: ttlSeconds }
  return resource(apex, Packet.TYPE.SOA, { primary: `ns.${apex}`, admin: `hostmaster.${apex}`, ...times })
}

function resource(name: string, type: number, data: object) {
  return new Packet.Resource({ name, type, class: Packet.CLASS.IN, ttl: ttlSeconds, ...data })
}
