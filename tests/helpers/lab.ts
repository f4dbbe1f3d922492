import { makeCertificates } from './certificates.ts'
import { whyMissing } from './servers/binaries.ts'
import type { ServerName } from './servers/binaries.ts'
import { startDovecot } from './servers/dovecot.ts'
import type { Dovecot, DovecotUser } from './servers/dovecot.ts'
import { startDns } from './servers/knot.ts'
import type { DnsLab } from './servers/knot.ts'
import { startPostfix } from './servers/postfix.ts'
import type { Postfix } from './servers/postfix.ts'

/** What tests are told of the shared servers; null where a server is not installed. Plain data. */
export interface LabFacts {
  readonly domain: 'lab.test'
  readonly caPem: string
  readonly users: readonly DovecotUser[]
  /** Resolves `imap.lab.test` and `smtp.lab.test` to 127.0.0.1; the ports are below. */
  readonly dns: { readonly server: string } | null
  readonly imap: {
    readonly host: 'imap.lab.test'
    readonly port: number
    readonly tlsPort: number
    readonly sievePort: number
    /** The Maildirs are `<mailRoot>/<address>/Maildir`. */
    readonly mailRoot: string
  } | null
  readonly smtp: {
    readonly host: 'smtp.lab.test'
    readonly port: number
    readonly submissionPort: number
    readonly submissionTlsPort: number
  } | null
  /** One sentence for each server that could not be started, with the package that supplies it. */
  readonly missing: Readonly<Partial<Record<ServerName, string>>>
}

const domain = 'lab.test'
const users: readonly DovecotUser[] = [
  { name: 'ana@lab.test', password: 'tide-and-Time 1' },
  { name: 'ben@lab.test', password: 'pörtside "2"' },
  { name: 'chidi@lab.test', password: 'full-hold-3', quotaBytes: 20_000 },
]

const records = `@ MX 10 smtp
imap A 127.0.0.1
smtp A 127.0.0.1
@ TXT "v=spf1 a:smtp.lab.test -all"
_imaps._tcp SRV 0 1 %IMAPS% imap
_submission._tcp SRV 0 1 %SUBMISSION% smtp
_submissions._tcp SRV 0 1 %SUBMISSIONS% smtp`

/** Starts the servers that all integration tests of a run share. */
export async function startLab(): Promise<{ facts: LabFacts } & AsyncDisposable> {
  await using stack = new AsyncDisposableStack()
  const missing = missingServers()
  const certificates = await makeCertificates(['imap.lab.test', 'smtp.lab.test', 'localhost', '127.0.0.1'])
  const certificate = certificates.valid
  const dovecot = 'dovecot' in missing ? null : stack.use(await startDovecot({ users, certificate }))
  const postfix = 'postfix' in missing ? null : stack.use(await startPostfixFor(dovecot, certificate))
  const dns = 'knot' in missing ? null : stack.use(await startDns({ [domain]: zone(dovecot, postfix) }))
  const facts = {
    domain,
    caPem: certificates.caPem,
    users,
    missing,
    ...describe(dovecot, postfix, dns),
  } as const
  const owned = stack.move()
  return { facts, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

function missingServers(): Partial<Record<ServerName, string>> {
  const names = ['dovecot', 'postfix', 'knot'] as const
  return Object.fromEntries(
    names.flatMap((name) => (whyMissing(name) === null ? [] : [[name, whyMissing(name)]])),
  )
}

function startPostfixFor(
  dovecot: Dovecot | null,
  certificate: Parameters<typeof startPostfix>[0]['certificate'],
) {
  return startPostfix({
    domain,
    hostName: 'smtp.lab.test',
    certificate,
    recipients: users.map((user) => user.name),
    dovecot: dovecot && { authSocket: dovecot.authSocket, lmtpPort: dovecot.ports.lmtp },
  })
}

function zone(dovecot: Dovecot | null, postfix: Postfix | null): string {
  return records
    .replace('%IMAPS%', String(dovecot?.ports.imaps ?? 993))
    .replace('%SUBMISSION%', String(postfix?.ports.submission ?? 587))
    .replace('%SUBMISSIONS%', String(postfix?.ports.submissions ?? 465))
}

function describe(dovecot: Dovecot | null, postfix: Postfix | null, dns: DnsLab | null) {
  return {
    dns: dns && { server: dns.server },
    imap: dovecot && {
      host: 'imap.lab.test' as const,
      port: dovecot.ports.imap,
      tlsPort: dovecot.ports.imaps,
      sievePort: dovecot.ports.sieve,
      mailRoot: `${dovecot.folder}/mail`,
    },
    smtp: postfix && {
      host: 'smtp.lab.test' as const,
      port: postfix.ports.smtp,
      submissionPort: postfix.ports.submission,
      submissionTlsPort: postfix.ports.submissions,
    },
  }
}
