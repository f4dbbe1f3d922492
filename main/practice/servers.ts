import { company } from '../../core/practice/people.ts'
import type { PracticeAccount } from './account.ts'
import { createAuthority, expiredSince, validFor } from './certificates.ts'
import type { Authority, KeyPair } from './certificates.ts'
import { startDnsServer } from './dns.ts'
import { companyZone, hosts } from './hosts.ts'
import type { CompanyPorts } from './hosts.ts'
import { startImapServer } from './imap/server.ts'
import { startSubmissionServer } from './smtp.ts'

/** All servers of the company, and what can be repaired on them. Disposing stops them. */
export interface CompanyServers extends AsyncDisposable {
  readonly ports: CompanyPorts
  readonly dnsServer: string
  readonly caPem: string
  renewOdesaCertificate(): Promise<void>
  repairGuestRelay(): Promise<void>
}

/** Starts every server on a free port of loopback. */
export async function startServers(
  accounts: readonly PracticeAccount[],
  nowMs: number,
): Promise<CompanyServers> {
  await using stack = new AsyncDisposableStack()
  const authority = await createAuthority(`${company.name} practice authority`, validFor(365, nowMs))
  const main = await authority.issue([hosts.imap, hosts.smtp], validFor(90, nowMs))
  let odesa = await authority.issue([hosts.odesa], expiredSince(1, nowMs))
  const imap = async (security: 'tls' | 'starttls', certificate: () => KeyPair) =>
    stack.use(await startImapServer({ accounts, security, certificate })).port
  const submission = async (hostName: string, security: 'tls' | 'starttls', certificate: KeyPair) =>
    stack.use(await startSubmissionServer({ hostName, accounts, security, certificate }))
  const odesaSubmissions = await submission(hosts.odesa, 'tls', odesa)
  const guestRelay = stack.use(await startGuestRelay(authority, accounts, nowMs))
  const ports = {
    imap: await imap('starttls', () => main),
    imaps: await imap('tls', () => main),
    submission: (await submission(hosts.smtp, 'starttls', main)).port,
    submissions: (await submission(hosts.smtp, 'tls', main)).port,
    odesaImaps: await imap('tls', () => odesa),
    odesaSubmissions: odesaSubmissions.port,
    guestSubmission: guestRelay.port,
  }
  const dns = stack.use(await startDnsServer(company.domain, companyZone(ports)))
  const owned = stack.move()
  return {
    ports,
    dnsServer: dns.server,
    caPem: authority.caPem,
    async renewOdesaCertificate() {
      odesa = await authority.issue([hosts.odesa], validFor(90, Date.now()))
      odesaSubmissions.setCertificate(odesa)
    },
    repairGuestRelay: () => guestRelay.repair(),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** The relay for guest networks, which has lost STARTTLS; once repaired it offers it on the same port. */
async function startGuestRelay(authority: Authority, accounts: readonly PracticeAccount[], nowMs: number) {
  const certificate = await authority.issue([hosts.guestRelay], validFor(90, nowMs))
  const options = { hostName: hosts.guestRelay, accounts, certificate }
  let server = await startSubmissionServer({ ...options, security: 'none' })
  const { port } = server
  return {
    port,
    async repair() {
      await server[Symbol.asyncDispose]()
      server = await startSubmissionServer({ ...options, port, security: 'starttls' })
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
