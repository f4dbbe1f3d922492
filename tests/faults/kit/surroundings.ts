import type { ControlTargets } from '../../../main/features/diagnostics/ports.ts'
import { domain, type Servers } from './settings.ts'
import { closedPort, listen, type Port } from './sockets.ts'

/** The network that a mailbox is looked at from: what a diagnosis compares the mail system with. */
export interface Surroundings extends AsyncDisposable {
  readonly controls: ControlTargets
  /** Lines for the zone: the names of the control servers. */
  readonly zone: readonly string[]
}

/** Starts the surroundings of a world, whose servers' ports are known by then. */
export type StartSurroundings = (servers: Servers) => Promise<Surroundings>

/** A host of the control servers at 127.0.0.1, where everything of the world listens. */
const reachable = `control.${domain}`
/** One at an address where nothing listens. */
const unreachable = `far-control.${domain}`
const zone = [`${reachable} A 127.0.0.1`, `${unreachable} A 127.0.0.97`]

/** The control page: answers every request so, with this date. */
function startPage(answer: string, date: Date): Promise<Port> {
  return listen((socket) => {
    socket.once('data', () => {
      socket.end(`HTTP/1.1 ${answer}\r\nDate: ${date.toUTCString()}\r\nConnection: close\r\n\r\nsuccess\n`)
    })
  })
}

interface Parts {
  /** Status line and further headers of the control page. */
  readonly page?: string
  readonly pageDate?: Date
  readonly listeners?: (servers: Servers) => ControlTargets['listeners']
}

/** Surroundings in order but for these parts. */
export const around =
  (parts: Parts): StartSurroundings =>
  async (servers) => {
    const page = await startPage(parts.page ?? '200 OK', parts.pageDate ?? new Date())
    const listeners = parts.listeners?.(servers) ?? [
      { host: reachable, ports: [servers.imap.port, servers.smtp.port] },
    ]
    return {
      controls: { dnsNames: [reachable], pages: [pageAt(page)], listeners },
      zone,
      [Symbol.asyncDispose]: () => page[Symbol.asyncDispose](),
    }
  }

/** No control answers at all: the cable is out. */
export const noConnection: StartSurroundings = async (servers) => {
  const page = await closedPort()
  const ports = [servers.imap.port, servers.smtp.port]
  return {
    controls: {
      dnsNames: [`gone.${domain}`],
      pages: [pageAt(page)],
      listeners: [{ host: unreachable, ports }],
    },
    zone,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

/** A network that drops what goes to the IMAP port, wherever, and lets the rest through. */
export const blockingImap = around({
  listeners: ({ imap, smtp }) => [
    { host: unreachable, ports: [imap.port] },
    { host: reachable, ports: [smtp.port] },
  ],
})

const pageAt = ({ port }: Port) => ({
  url: `http://127.0.0.1:${port}/success.txt`,
  status: 200,
  contains: 'success',
})
