import type { KeyPair } from '../../../main/practice/certificates.ts'
import { findServer } from './binaries.ts'
import { dovecotConfig } from './dovecot-config.ts'
import type { DovecotPorts } from './dovecot-config.ts'
import { createInstance, freePorts, loopback } from './instance.ts'

/** A mailbox of the test server; `name` is the whole address. */
export interface DovecotUser {
  readonly name: string
  readonly password: string
  /** Quota of the mailbox in bytes; 8 GB when it is left out. */
  readonly quotaBytes?: number
  /** Further fields of passwd-file, as `allow_nets=...` or `nologin`. */
  readonly extraFields?: string
}

/** What to start. Everything has a working default except users and certificate. */
export interface DovecotOptions {
  readonly users: readonly DovecotUser[]
  readonly certificate: KeyPair
  /** Whether sign-in needs TLS; `off` announces no STARTTLS. Default `optional`. */
  readonly tls?: 'optional' | 'required' | 'off'
  /** SASL mechanisms, as Dovecot names them. Default `plain login`. */
  readonly authMechanisms?: string
  readonly separator?: '/' | '.'
  /** Special use to folder name, instead of Sent, Archive, Junk, Trash, Drafts. */
  readonly specialFolders?: Readonly<Record<string, string>>
  readonly maxConnectionsPerUser?: number
  /** Lines put at the end of the configuration. */
  readonly extraConfig?: string
}

/** A running Dovecot 2.3. Disposing stops it and removes its mail. */
export interface Dovecot extends AsyncDisposable {
  readonly host: string
  readonly ports: DovecotPorts
  readonly folder: string
  readonly logFile: string
  /** The SASL socket that a Postfix can use. */
  readonly authSocket: string
  /** The Maildir of a user: `cur`, `new`, `tmp`, and folders as `.Name`. */
  maildirOf(user: string): string
  /** Replaces all users: new ones may sign in at once, removed ones no more. */
  setUsers(users: readonly DovecotUser[]): void
}

/** Starts Dovecot on free loopback ports in a folder of its own. */
export async function startDovecot(options: DovecotOptions): Promise<Dovecot> {
  const binary = findServer('dovecot')
  if (binary === null) throw new Error('Dovecot is not installed; ask whyMissing() before starting it.')
  const instance = createInstance('dovecot')
  const [imap = 0, imaps = 0, lmtp = 0, sieve = 0] = await freePorts(4)
  const ports = { imap, imaps, lmtp, sieve }
  for (const name of ['run', 'state', 'mail']) instance.makeFolder(name)
  const setUsers = (users: readonly DovecotUser[]) => {
    instance.write('users', users.map((user) => passwdLine(user)).join(''), 0o600)
  }
  setUsers(options.users)
  instance.makeFolder('tls')
  instance.write('tls/cert.pem', options.certificate.certPem)
  instance.write('tls/key.pem', options.certificate.keyPem, 0o600)
  const logFile = instance.write('dovecot.log', '')
  const config = instance.write('dovecot.conf', dovecotConfig(instance.folder, ports, options))
  instance.run(binary, ['-F', '-c', config])
  await instance.listening(imap, logFile)
  return {
    host: loopback,
    ports,
    folder: instance.folder,
    logFile,
    authSocket: `${instance.folder}/run/auth-client`,
    maildirOf: (user) => `${instance.folder}/mail/${user.toLowerCase()}/Maildir`,
    setUsers,
    [Symbol.asyncDispose]: () => instance[Symbol.asyncDispose](),
  }
}

/** `user:password:uid:gid:gecos:home:shell:extra` (passwd-file); uid, gid and home come from the defaults. */
function passwdLine({ name, password, quotaBytes, extraFields }: DovecotUser): string {
  const quota = quotaBytes === undefined ? '' : `userdb_quota_rule=*:bytes=${quotaBytes} `
  return `${name.toLowerCase()}:{PLAIN}${password}::::::${quota}${extraFields ?? ''}\n`
}
