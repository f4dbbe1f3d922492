import type { TransportSecurity } from '../../../core/accounts/types.ts'
import { fillMaildir } from '../../helpers/maildir.ts'
import { whyMissing } from '../../helpers/servers/binaries.ts'
import {
  startDovecot,
  type Dovecot,
  type DovecotOptions,
  type DovecotUser,
} from '../../helpers/servers/dovecot.ts'
import { startPostfix, type PostfixOptions } from '../../helpers/servers/postfix.ts'
import { startDnsServer, type Zone } from './dns-server.ts'
import { account, domain, settingsFor, zoneFor, type SettingsChanges, type World } from './settings.ts'
import { certificateFor, type CertificateKind, type Trust } from './trust.ts'

/** How a world of Dovecot and Postfix departs from the healthy one. */
export interface RealChanges extends SettingsChanges {
  readonly security?: TransportSecurity
  readonly certificate?: CertificateKind
  readonly user?: Partial<DovecotUser>
  readonly dovecot?: Partial<DovecotOptions>
  readonly postfix?: Partial<PostfixOptions>
  /** Messages that are in the inbox before the run. */
  readonly messages?: number
  readonly zone?: Zone
  /** Done once the servers run; what it opens is disposed of with the world. */
  readonly prepare?: (dovecot: Dovecot) => Promise<AsyncDisposable> | AsyncDisposable
}

/** Real servers start processes for a connection, and on a busy computer that takes its time. */
const limits = { connectMs: 10_000, replyMs: 15_000 }

/** Why these servers cannot run here; null when they can. */
export const whyNoRealServers = (): string | null => whyMissing('dovecot') ?? whyMissing('postfix')

/** Starts Dovecot and Postfix with these changes, and a DNS server that leads to them. */
export async function startRealWorld(trust: Trust, changes: RealChanges): Promise<World> {
  await using owned = new AsyncDisposableStack()
  const names = [`imap.${domain}`, `smtp.${domain}`]
  const { cert, key } = await certificateFor(changes.certificate ?? 'good', names, trust)
  const certificate = { certPem: cert, keyPem: key }
  const user = { name: account.username, password: account.password, ...changes.user }
  const dovecot = owned.use(await startDovecot({ users: [user], certificate, ...changes.dovecot }))
  const postfix = owned.use(
    await startPostfix({
      domain,
      hostName: `smtp.${domain}`,
      certificate,
      recipients: [account.username],
      dovecot: { authSocket: dovecot.authSocket, lmtpPort: dovecot.ports.lmtp },
      ...changes.postfix,
    }),
  )
  if (changes.messages !== undefined) fillMaildir(dovecot.maildirOf(account.username), changes.messages)
  if (changes.prepare !== undefined) owned.use(await changes.prepare(dovecot))
  const servers = serversOf(dovecot.ports, postfix.ports, changes.security ?? 'tls')
  const dns = owned.use(await startDnsServer(zoneFor(servers, changes.zone ?? [])))
  const network = { dnsServers: [dns.address], trustedCaPem: trust.authority.pem }
  const running = owned.move()
  return {
    ...settingsFor(servers, network, changes),
    controls: null,
    limits,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

function serversOf(
  imap: Dovecot['ports'],
  smtp: { readonly submission: number; readonly submissions: number },
  security: TransportSecurity,
) {
  const secure = security === 'tls'
  return {
    imap: { host: `imap.${domain}`, port: secure ? imap.imaps : imap.imap, security },
    smtp: { host: `smtp.${domain}`, port: secure ? smtp.submissions : smtp.submission, security },
  }
}
