import { z } from 'zod'
import { emailPattern } from '../../../core/accounts/address.ts'
import type { MailboxFields } from '../../../core/accounts/contract.ts'
import type { DiscoveryProposal } from '../../../core/accounts/discovery.ts'
import { signInMethod, transportSecurity } from '../../../core/accounts/types.ts'
import type { Mailbox, MailServer, NetworkProfile, TransportSecurity } from '../../../core/accounts/types.ts'
import { mailboxFormWords as words } from '../../i18n/accounts.ts'

const host = z.string().trim().max(253)
const port = z.number().int().min(1, words.portBad).max(65535, words.portBad)

/** The fields of the form: flat, and with a server that is not wanted as an empty name. */
export const mailboxShape = z.strictObject({
  address: z.string().trim().max(320).regex(emailPattern, words.addressBad),
  username: z.string().trim().min(1).max(320),
  signIn: signInMethod,
  imapHost: host,
  imapPort: port,
  imapSecurity: transportSecurity,
  smtpHost: host,
  smtpPort: port,
  smtpSecurity: transportSecurity,
  dnsServers: z.string().max(800),
  trustedCaPem: z.string().max(200_000),
})
export type MailboxValues = z.output<typeof mailboxShape>

/** A form with neither server says so at the first of them. */
export function withServer<Shape extends z.ZodType<Pick<MailboxValues, 'imapHost' | 'smtpHost'>>>(
  shape: Shape,
) {
  return shape.refine(({ imapHost, smtpHost }) => imapHost !== '' || smtpHost !== '', {
    path: ['imapHost'],
    message: words.noneOfBoth,
  })
}

/** What the form of a mailbox must be. */
export const mailboxValues = withServer(mailboxShape)

/** The usual ports (RFC 8314 section 3): with TLS from the first byte, or upgraded by STARTTLS. */
export const usualPorts = {
  imap: { tls: 993, starttls: 143, none: 143 },
  smtp: { tls: 465, starttls: 587, none: 587 },
} as const satisfies Record<string, Record<TransportSecurity, number>>

/** The port after a change of encryption: the usual one follows, one that somebody chose stays. */
export function portAfter(
  protocol: 'imap' | 'smtp',
  current: number,
  before: TransportSecurity,
  after: TransportSecurity,
): number {
  return current === usualPorts[protocol][before] ? usualPorts[protocol][after] : current
}

/** An empty form for an address. */
export function emptyValues(address: string): MailboxValues {
  return {
    ...{ address, username: address, signIn: 'password', dnsServers: '', trustedCaPem: '' },
    ...{ imapHost: '', imapPort: usualPorts.imap.tls, imapSecurity: 'tls' },
    ...{ smtpHost: '', smtpPort: usualPorts.smtp.tls, smtpSecurity: 'tls' },
  }
}

/** The form for settings that exist: a stored mailbox, or a proposal with the network that found it. */
export function valuesOf(
  settings: Pick<Mailbox, 'address' | 'username' | 'signIn' | 'imap' | 'smtp' | 'network'>,
): MailboxValues {
  const { address, username, signIn, imap, smtp, network } = settings
  return {
    ...emptyValues(address),
    ...{ username, signIn },
    ...(imap !== null && { imapHost: imap.host, imapPort: imap.port, imapSecurity: imap.security }),
    ...(smtp !== null && { smtpHost: smtp.host, smtpPort: smtp.port, smtpSecurity: smtp.security }),
    dnsServers: network.dnsServers.join(', '),
    trustedCaPem: network.trustedCaPem ?? '',
  }
}

/** The form for a proposal. */
export function valuesOfProposal(
  address: string,
  network: NetworkProfile,
  { username, signIn, imap, smtp }: DiscoveryProposal,
): MailboxValues {
  return valuesOf({ address, username, signIn, imap, smtp, network })
}

/** What the contract wants of a form that was accepted. */
export function fieldsOf(values: MailboxValues): MailboxFields & { readonly network: NetworkProfile } {
  const { address, username, signIn } = values
  return {
    ...{ address: address.trim(), username: username.trim(), signIn },
    imap: serverOf(values.imapHost, values.imapPort, values.imapSecurity),
    smtp: serverOf(values.smtpHost, values.smtpPort, values.smtpSecurity),
    network: {
      dnsServers: values.dnsServers.split(/[\s,]+/).filter(Boolean),
      trustedCaPem: values.trustedCaPem.trim() === '' ? null : values.trustedCaPem,
    },
  }
}

function serverOf(name: string, port: number, security: TransportSecurity): MailServer | null {
  return name.trim() === '' ? null : { host: name.trim(), port, security }
}

/** A name to begin with, from an address: `ana.lima@…` → `Ana Lima`. */
export function nameFromAddress(address: string): string {
  const local = address.split('@')[0]?.split('+')[0] ?? ''
  return local
    .split(/[._-]+/)
    .filter(Boolean)
    .map((word) => `${word.slice(0, 1).toLocaleUpperCase()}${word.slice(1)}`)
    .join(' ')
}
