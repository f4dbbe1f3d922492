import { execFileSync } from 'node:child_process'
import { mkdirSync, chmodSync, chownSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { KeyPair } from '../../../main/practice/certificates.ts'
import { findServer } from './binaries.ts'
import { createInstance, freePorts, loopback } from './instance.ts'

/** What to start: a Postfix that signs users in by a Dovecot's SASL socket and delivers by its LMTP. */
export interface PostfixOptions {
  readonly domain: string
  readonly hostName: string
  readonly certificate: KeyPair
  /** Recipients that exist; every other one is refused with 5.1.1. */
  readonly recipients: readonly string[]
  /** Where to sign in and to deliver; without it nobody can sign in and mail is held in the queue. */
  readonly dovecot: { readonly authSocket: string; readonly lmtpPort: number } | null
  /** `parameter = value` lines of main.cf that come last and so win. */
  readonly extraConfig?: string
  /** `-o name=value` overrides of the submission service. */
  readonly submissionOverrides?: readonly string[]
}

/** A running Postfix 3.7. Disposing stops it and removes its queue. */
export interface Postfix extends AsyncDisposable {
  readonly host: string
  readonly ports: { readonly smtp: number; readonly submission: number; readonly submissions: number }
  readonly folder: string
  readonly logFile: string
}

/** Starts Postfix on free loopback ports with a queue of its own. Needs root: Postfix insists. */
export async function startPostfix(options: PostfixOptions): Promise<Postfix> {
  const binary = findServer('postfix')
  if (binary === null) throw new Error('Postfix is not installed; ask whyMissing() before starting it.')
  const instance = createInstance('postfix')
  const [smtp = 0, submission = 0, submissions = 0] = await freePorts(3)
  const ports = { smtp, submission, submissions }
  const { folder } = instance
  mkdirSync(join(folder, 'spool'))
  mkdirSync(join(folder, 'data'), { mode: 0o700 })
  chownSync(join(folder, 'data'), idOf('-u'), idOf('-g'))
  const asRoot = (path: string, content: string, mode = 0o644) => {
    const full = instance.write(path, content, mode)
    chownSync(full, 0, 0)
    chownSync(dirname(full), 0, 0)
    chmodSync(full, mode)
  }
  asRoot('tls/cert.pem', options.certificate.certPem)
  asRoot('tls/key.pem', options.certificate.keyPem, 0o600)
  asRoot('etc/recipients', options.recipients.map((address) => `${address} ok\n`).join(''))
  asRoot('etc/main.cf', mainConfig(folder, options))
  asRoot('etc/master.cf', masterConfig(ports, options.submissionOverrides ?? []))
  execFileSync(binary, ['-c', join(folder, 'etc'), 'check'], { stdio: 'pipe' })
  instance.run(masterProgram(), ['-c', join(folder, 'etc'), '-d'], { asServingUser: false })
  const logFile = join(folder, 'postfix.log')
  await instance.listening(submission, logFile)
  return {
    host: loopback,
    ports,
    folder,
    logFile,
    [Symbol.asyncDispose]: () => instance[Symbol.asyncDispose](),
  }
}

/** https://www.postfix.org/postconf.5.html names every parameter. */
function mainConfig(folder: string, options: PostfixOptions): string {
  const { dovecot } = options
  return `compatibility_level = 3.6
queue_directory = ${folder}/spool
data_directory = ${folder}/data
maillog_file = ${folder}/postfix.log
maillog_file_prefixes = ${folder}
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = ${loopback}
inet_protocols = ipv4
disable_dns_lookups = yes
myhostname = ${options.hostName}
mydestination =
mynetworks =
alias_maps =
alias_database =
local_recipient_maps =
biff = no
recipient_delimiter = +
message_size_limit = 52428800
virtual_mailbox_domains = ${options.domain}
virtual_mailbox_maps = texthash:${folder}/etc/recipients
virtual_transport = ${dovecot === null ? 'retry:4.3.0 no mailbox server here' : `lmtp:inet:${loopback}:${dovecot.lmtpPort}`}
default_transport = error:5.1.2 nothing leaves the test lab
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
${dovecot === null ? '' : `smtpd_sasl_type = dovecot\nsmtpd_sasl_path = ${dovecot.authSocket}`}
smtpd_tls_security_level = may
smtpd_tls_cert_file = ${folder}/tls/cert.pem
smtpd_tls_key_file = ${folder}/tls/key.pem
smtpd_tls_auth_only = yes
${options.extraConfig ?? ''}
`
}

function masterConfig(ports: Postfix['ports'], overrides: readonly string[]): string {
  const auth = ['smtpd_sasl_auth_enable=yes', 'smtpd_client_restrictions=permit_sasl_authenticated,reject']
  const service = (port: number, settings: readonly string[]) =>
    [`${loopback}:${port} inet n - n - - smtpd`, ...settings.map((o) => `  -o ${o}`)].join('\n')
  return `${service(ports.smtp, [])}
${service(ports.submission, ['smtpd_tls_security_level=encrypt', ...auth, ...overrides])}
${service(ports.submissions, ['smtpd_tls_wrappermode=yes', ...auth, ...overrides])}
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`
}

function masterProgram(): string {
  const folder = execFileSync('postconf', ['-d', '-h', 'daemon_directory'], { encoding: 'utf8' }).trim()
  return join(folder, 'master')
}

function idOf(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'postfix'], { encoding: 'utf8' }))
}
