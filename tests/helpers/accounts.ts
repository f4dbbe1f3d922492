import type { Mailbox, Person } from '../../core/accounts/types.ts'

/** A person for tests; give what the test is about. */
export function aPerson(given: Partial<Person> = {}): Person {
  return {
    personId: 'p-ana',
    name: 'Ana Lima',
    email: 'ana@harbour.example',
    origin: 'added',
    createdAtMs: 1_000,
    ...given,
  }
}

/** A mailbox for tests; give what the test is about. */
export function aMailbox(given: Partial<Mailbox> = {}): Mailbox {
  return {
    mailboxId: 'm-ana',
    personId: 'p-ana',
    address: 'ana@harbour.example',
    username: 'ana@harbour.example',
    signIn: 'password',
    imap: { host: 'imap.harbour.example', port: 993, security: 'tls' },
    smtp: { host: 'smtp.harbour.example', port: 465, security: 'tls' },
    network: { dnsServers: [], trustedCaPem: null },
    createdAtMs: 1_000,
    ...given,
  }
}
