import type { SecureContextOptions } from 'node:tls'
import { serveAutoconfig } from './autoconfig.ts'
import { startDnsServer, type Zone } from './dns-server.ts'
import { startImapServer, type ImapScript } from './imap-server.ts'
import { createMailStore, type MailStore, type healthyFolders } from './mail-store.ts'
import {
  account,
  domain,
  settingsFor,
  zoneFor,
  type Servers,
  type SettingsChanges,
  type World,
} from './settings.ts'
import { startSmtpServer, type SmtpScript } from './smtp-server.ts'
import { closedPort, filteredPort, type Port } from './sockets.ts'
import type { StartSurroundings } from './surroundings.ts'
import { certificateFor, type CertificateKind, type Trust } from './trust.ts'

/** Where a server is not even listening. */
type Unreachable = 'closed' | 'filtered'

interface ServerChanges {
  readonly certificate?: CertificateKind
  readonly tls?: SecureContextOptions
  readonly port?: Unreachable
}

/** How a world of scripted servers departs from the healthy one. */
export interface Changes extends SettingsChanges {
  readonly imap?: Partial<ImapScript> & ServerChanges
  readonly smtp?: Partial<SmtpScript> & ServerChanges
  /** Lines that replace those of the same name and type. */
  readonly zone?: Zone
  readonly folders?: typeof healthyFolders
  /** The network around it; without one there is nothing to compare with. */
  readonly surroundings?: StartSurroundings
  /** What the domain's automatic set-up file says; a web server at port 80 of its own address serves it. */
  readonly autoconfig?: { readonly address: string; readonly servers: (servers: Servers) => Servers }
  /** What becomes of a message that was accepted; it goes to the inbox otherwise. */
  readonly deliver?: (store: MailStore, raw: Buffer) => void
}

const hosts = { imap: `imap.${domain}`, smtp: `smtp.${domain}` }

/** A mail program waits longer; these servers answer in milliseconds or never. */
const limits = { connectMs: 2_500, replyMs: 4_000 }

/** Starts scripted servers with these changes, and a DNS server that leads to them. */
export async function startWorld(trust: Trust, changes: Changes): Promise<World> {
  await using owned = new AsyncDisposableStack()
  const store = createMailStore(changes.folders)
  const imap = owned.use(await startImap(trust, store, changes))
  const smtp = owned.use(await startSmtp(trust, store, changes))
  const servers = {
    imap: { host: hosts.imap, port: imap.port, security: changes.imap?.security ?? 'tls' },
    smtp: { host: hosts.smtp, port: smtp.port, security: changes.smtp?.security ?? 'tls' },
  }
  const web = changes.autoconfig
  if (web !== undefined) owned.use(await serveAutoconfig(web.address, web.servers(servers)))
  const around = owned.use((await changes.surroundings?.(servers)) ?? null)
  const dns = owned.use(
    await startDnsServer([
      ...zoneFor(servers, changes.zone ?? []),
      ...(web === undefined ? [] : [`autoconfig.${domain} A ${web.address}`]),
      ...(around?.zone ?? []),
    ]),
  )
  const network = { dnsServers: [dns.address], trustedCaPem: trust.authority.pem }
  const running = owned.move()
  return {
    ...settingsFor(servers, network, changes),
    controls: around?.controls ?? null,
    limits,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

async function startImap(trust: Trust, store: MailStore, { imap = {}, secret }: Changes): Promise<Port> {
  if (imap.port !== undefined) return unreachable(imap.port)
  const tls = { ...(await certificateFor(imap.certificate ?? 'good', [hosts.imap], trust)), ...imap.tls }
  const password = secret ?? account.password
  return startImapServer({ security: 'tls', store, ...account, password, ...imap, tls })
}

async function startSmtp(
  trust: Trust,
  store: MailStore,
  { smtp = {}, deliver, secret }: Changes,
): Promise<Port> {
  if (smtp.port !== undefined) return unreachable(smtp.port)
  const tls = { ...(await certificateFor(smtp.certificate ?? 'good', [hosts.smtp], trust)), ...smtp.tls }
  return startSmtpServer({
    security: 'tls',
    hostname: hosts.smtp,
    deliver: (raw) => (deliver ?? intoInbox)(store, raw),
    ...account,
    password: secret ?? account.password,
    ...smtp,
    tls,
  })
}

const intoInbox = (store: MailStore, raw: Buffer): void => void store.add('INBOX', raw)

const unreachable = (how: Unreachable): Promise<Port> => (how === 'closed' ? closedPort() : filteredPort())
