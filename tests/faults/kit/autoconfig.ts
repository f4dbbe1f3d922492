import { isRoot } from '../../helpers/servers/instance.ts'
import { domain, type Servers } from './settings.ts'
import { listen, type Port } from './sockets.ts'

/** Why a web server at port 80 of an address of its own cannot run here; null when it can. */
export function whyNoAutoconfig(): string | null {
  return isRoot && process.platform === 'linux'
    ? null
    : 'Only root on Linux can serve an automatic set-up file at port 80 of a loopback address.'
}

/** Serves a file as `autoconfig.<domain>` does (https://wiki.mozilla.org/Thunderbird:Autoconfiguration). */
export function serveAutoconfig(address: string, { imap, smtp }: Servers): Promise<Port> {
  const server = (tag: string, type: string, { host, port }: Servers['imap']) =>
    `<${tag} type="${type}"><hostname>${host}</hostname><port>${port}</port><socketType>SSL</socketType></${tag}>`
  const body = `<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="${domain}"><domain>${domain}</domain>${server('incomingServer', 'imap', imap)}${server('outgoingServer', 'smtp', smtp)}</emailProvider></clientConfig>`
  const head = `HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`
  return listen((socket) => void socket.once('data', () => socket.end(head + body)), {
    host: address,
    port: 80,
  })
}
