import type { MailServer, TransportSecurity } from '../../../core/accounts/types.ts'
import type { DiagnosisOptions, DiagnosisSubject } from '../../../core/diagnostics/types.ts'
import type { ControlTargets, WireLimits } from '../../../main/features/diagnostics/ports.ts'
import type { Zone } from './dns-server.ts'

/** A mailbox on servers of its own, as the user has set it up. Disposing ends the servers. */
export interface World extends AsyncDisposable {
  readonly subject: DiagnosisSubject
  /** The password or token that the user gave; null: none. It must appear in nothing that is kept. */
  readonly secret: string | null
  readonly options: Partial<DiagnosisOptions>
  /** How long a step may take; the deadline is the run's. */
  readonly limits: WireLimits
  /** Null: all servers are on this computer, and nothing is to be compared with. */
  readonly controls: ControlTargets | null
}

/** What the user has set up where it differs from how the servers are, and what is asked of the run. */
export interface SettingsChanges {
  readonly subject?: Partial<Omit<DiagnosisSubject, 'imap' | 'smtp' | 'network'>> & {
    readonly imap?: MailServer | TransportSecurity | null
    readonly smtp?: MailServer | TransportSecurity | null
  }
  /** Another one that the servers know too; null: nobody has entered one. */
  readonly secret?: string | null
  readonly options?: Partial<DiagnosisOptions>
}

/** How the two servers of a world are. */
export interface Servers {
  readonly imap: MailServer
  readonly smtp: MailServer
}

/** The domain of every world. */
export const domain = 'harbour.example'

/** The only user. */
export const account = { username: `ana@${domain}`, password: 'correct-horse-7431' }

/** The settings of a user who did everything right, with these changes. */
export function settingsFor(
  servers: Servers,
  network: DiagnosisSubject['network'],
  changes: SettingsChanges,
): Omit<World, 'controls' | 'limits' | typeof Symbol.asyncDispose> {
  const { imap, smtp, ...rest } = changes.subject ?? {}
  return {
    subject: {
      mailboxId: null,
      address: account.username,
      username: account.username,
      signIn: 'password',
      network,
      ...rest,
      imap: setUp(imap, servers.imap),
      smtp: setUp(smtp, servers.smtp),
    },
    secret: changes.secret === undefined ? account.password : changes.secret,
    options: changes.options ?? {},
  }
}

function setUp(
  changed: MailServer | TransportSecurity | null | undefined,
  right: MailServer,
): MailServer | null {
  if (changed === undefined) return right
  return typeof changed === 'string' ? { ...right, security: changed } : changed
}

/** What the domain publishes when all is well, with the lines of the same name and type replaced by these. */
export function zoneFor({ imap, smtp }: Servers, changed: Zone): Zone {
  const key = (line: string) => line.split(' ').slice(0, 2).join(' ')
  const replaced = new Set(changed.map(key))
  const healthy = [
    `${domain} MX 10 mx.${domain}`,
    `mx.${domain} A 127.0.0.1`,
    `${imap.host} A 127.0.0.1`,
    `${smtp.host} A 127.0.0.1`,
    // RFC 6186 and RFC 8314: the plural is for TLS from the first byte.
    `_imap${imap.security === 'tls' ? 's' : ''}._tcp.${domain} SRV 0 1 ${imap.port} ${imap.host}`,
    `_submission${smtp.security === 'tls' ? 's' : ''}._tcp.${domain} SRV 0 1 ${smtp.port} ${smtp.host}`,
  ]
  return [...healthy.filter((line) => !replaced.has(key(line))), ...changed]
}
