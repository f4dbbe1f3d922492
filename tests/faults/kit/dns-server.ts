import dns2 from 'dns2'

const { Packet } = dns2
type Packet = InstanceType<typeof Packet>
type Resource = Packet['answers'][number]

/**
 * A zone as one reads it, one record a line: `name TYPE value`. Without a value, the name has no such record. A
 * value that begins with `!` is a fault: `!NXDOMAIN`, `!SERVFAIL`, `!REFUSED`, or `!SILENCE` (never answered).
 * The type `*` stands for every type, the name `*` for every name, `*.name` for a name and all below it.
 */
export type Zone = readonly string[]

/** A DNS server on loopback with one zone. */
export interface DnsServer extends AsyncDisposable {
  /** `address:port`, as `NetworkProfile.dnsServers` takes it. */
  readonly address: string
}

interface Line {
  readonly name: string
  readonly type: string
  readonly value: string
}

const rcodes: Readonly<Record<string, number>> = { SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 }
const typeNames = new Map(Object.entries(Packet.TYPE).map(([name, value]) => [value as number, name]))

/** Serves a zone. Names that it does not have do not exist. */
export async function startDnsServer(zone: Zone): Promise<DnsServer> {
  const lines = zone.map(parseLine)
  const server = dns2.createServer({
    udp: true,
    handle: (request, send) => {
      const reply = respond(request, lines)
      if (reply !== null) void send(uncompressed(reply))
    },
  })
  const addresses = await server.listen({ udp: { port: 0, address: '127.0.0.1' } })
  return {
    address: `127.0.0.1:${(addresses.udp as { port: number }).port}`,
    [Symbol.asyncDispose]: async () => {
      await server.close()
    },
  }
}

/**
 * RFC 2782 forbids compression in SRV targets, and c-ares refuses it, but the library compresses every name for
 * which its writer has a table.
 */
function uncompressed(packet: Packet): Packet {
  const encode = packet.toBuffer.bind(packet) as (writer: object) => Buffer
  packet.toBuffer = () => encode(Object.assign(new Packet.Writer(), { names: 'none' }))
  return packet
}

/** The answer to one question; null for silence. */
function respond(request: Packet, lines: readonly Line[]): Packet | null {
  const reply = Packet.createResponseFromRequest(request)
  const question = request.questions[0]
  if (question === undefined) return reply
  const type = typeNames.get(question.type) ?? 'UNKNOWN'
  const named = lines.filter((line) => covers(line.name, question.name.toLowerCase()))
  const matching = named.filter((line) => [type, 'CNAME', '*'].includes(line.type))
  const fault = matching.find((line) => line.value.startsWith('!'))?.value.slice(1)
  if (fault === 'SILENCE') return null
  if (fault !== undefined) reply.header.rcode = rcodes[fault] ?? 2
  else if (named.length === 0) reply.header.rcode = 3
  else {
    const records = matching.filter((line) => line.value !== '')
    reply.answers = [...records, ...behindAlias(records, type, lines)].map(toResource)
  }
  return reply
}

const covers = (pattern: string, name: string): boolean =>
  pattern === '*' || pattern === name || (pattern.startsWith('*.') && `.${name}`.endsWith(pattern.slice(1)))

/** A resolver follows an alias for its client, so the records of the name behind it come along. */
function behindAlias(matching: readonly Line[], type: string, lines: readonly Line[]): readonly Line[] {
  const alias = matching.find((line) => line.type === 'CNAME' && type !== 'CNAME')
  return alias === undefined ? [] : lines.filter((line) => line.name === alias.value && line.type === type)
}

function parseLine(text: string): Line {
  const [name = '', type = '', ...value] = text.trim().split(/\s+/)
  return { name: name.toLowerCase(), type, value: value.join(' ') }
}

function toResource({ name, type, value }: Line): Resource {
  const kind = Packet.TYPE[type as keyof typeof Packet.TYPE]
  const base = { name, type: kind, class: Packet.CLASS.IN, ttl: 60 }
  return { ...base, ...dataOf(type, value.split(' ')) } as Resource
}

function dataOf(type: string, [first = '', ...rest]: readonly string[]): Partial<Resource> {
  switch (type) {
    case 'MX':
      return { priority: Number(first), exchange: withoutRootDot(rest[0]) }
    case 'SRV':
      return {
        priority: Number(first),
        weight: Number(rest[0]),
        port: Number(rest[1]),
        target: withoutRootDot(rest[2]),
      }
    case 'CNAME':
      return { domain: first }
    case 'NS':
      return { ns: first }
    case 'TXT':
      return { data: [first, ...rest].join(' ') }
    default:
      return { address: first }
  }
}

const withoutRootDot = (name: string | undefined): string => (name === '.' ? '' : (name ?? ''))
