import { finds, healthy, scripted, type Expected, type Fault } from '../fault.ts'
import { whyNoAutoconfig } from '../kit/autoconfig.ts'
import type { Zone } from '../kit/dns-server.ts'
import type { Servers } from '../kit/settings.ts'
import type { MailStore } from '../kit/mail-store.ts'

const publishes = (name: string, zone: Zone, expected: Expected) => scripted(name, { zone }, expected)

/** What the domain publishes. The mailbox works; its mail does not reach it, or new devices are set up wrongly. */
export const domainFaults: readonly Fault[] = [
  publishes(
    'The domain says that it takes no mail',
    ['harbour.example MX 0 .'],
    finds('dns.mx_null', 'domain_owner'),
  ),
  publishes('The domain has no MX record', ['harbour.example MX'], finds('dns.mx_missing', 'domain_owner')),
  publishes(
    'The MX record points to a name without an address',
    ['harbour.example MX 10 gone.harbour.example'],
    finds('dns.mx_unresolvable', 'domain_owner'),
  ),
  publishes(
    'The MX record is an address',
    ['harbour.example MX 10 192.0.2.25'],
    finds('dns.mx_address', 'domain_owner'),
  ),
  publishes(
    'The MX record points to an alias',
    ['harbour.example MX 10 alias.harbour.example', 'alias.harbour.example CNAME mx.harbour.example'],
    finds('dns.mx_cname', 'domain_owner'),
  ),
  publishes(
    'One of two MX records points to nowhere',
    ['harbour.example MX 10 mx.harbour.example', 'harbour.example MX 20 gone.harbour.example'],
    finds('dns.mx_unresolvable', 'domain_owner'),
  ),
  publishes(
    'The SRV record says that there is no IMAP, and there is',
    ['_imaps._tcp.harbour.example SRV 0 0 0 .'],
    finds('dns.srv_differs', 'domain_owner'),
  ),
  publishes(
    'The SRV record names another server than the one in use',
    ['_imaps._tcp.harbour.example SRV 0 1 993 old.harbour.example', 'old.harbour.example A 127.0.0.1'],
    finds('dns.srv_differs', 'domain_owner'),
  ),
]

const old = ({ imap, smtp }: Servers): Servers => ({ imap: { ...imap, host: 'old.harbour.example' }, smtp })

/** The domain's file by which mail programs set themselves up. */
export const autoconfigFaults: readonly Fault[] = [
  scripted(
    'The automatic set-up of the domain gives the old server',
    { autoconfig: { address: '127.0.0.98', servers: old } },
    finds('dns.autoconfig_differs', 'domain_owner'),
  ),
  scripted(
    'The automatic set-up of the domain gives the servers that are in use',
    { autoconfig: { address: '127.0.0.99', servers: (servers) => servers } },
    healthy,
  ),
].map((fault) => ({ ...fault, whyMissing: whyNoAutoconfig }))

const delivers = (name: string, deliver: (store: MailStore, raw: Buffer) => void, expected: Expected) =>
  scripted(name, { deliver, options: { roundTrip: true } }, expected)

const withHeader = (raw: Buffer, ...lines: readonly string[]) =>
  Buffer.concat([Buffer.from(lines.map((line) => `${line}\r\n`).join('')), raw])

const failedChecks =
  'Authentication-Results: mx.harbour.example; spf=fail smtp.mailfrom=harbour.example; dkim=none; dmarc=fail header.from=harbour.example'

/** Two hops (RFC 5321 section 4.4): one server took the message twenty minutes before the next one did. */
const twoHops = (): readonly string[] => {
  const at = (minutesAgo: number) =>
    new Date(Date.now() - minutesAgo * 60_000).toUTCString().replace('GMT', '+0000')
  return [
    `Received: from relay.harbour.example by mx.harbour.example with ESMTPS; ${at(0)}`,
    `Received: from smtp.harbour.example by relay.harbour.example with ESMTPS; ${at(20)}`,
  ]
}

/** The Message-ID of a message, for the report that comes back about it. */
const messageIdOf = (raw: Buffer): string => /^message-id:\s*(\S+)/im.exec(raw.toString('latin1'))?.[1] ?? ''

/** A delivery status notification (RFC 3464) for a message. */
const bounceOf = (raw: Buffer): Buffer =>
  Buffer.from(
    [
      'Return-Path: <>',
      'From: MAILER-DAEMON@harbour.example',
      'To: ana@harbour.example',
      'Subject: Undelivered Mail Returned to Sender',
      `In-Reply-To: ${messageIdOf(raw)}`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      '<ana@harbour.example>: host mx.harbour.example said: 550 5.7.1 Rejected by policy',
      '',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; smtp.harbour.example',
      '',
      'Final-Recipient: rfc822; ana@harbour.example',
      'Action: failed',
      'Status: 5.7.1',
      'Diagnostic-Code: smtp; 550 5.7.1 Rejected by policy',
      '',
      '--b',
      'Content-Type: text/rfc822-headers',
      '',
      raw.toString('latin1').split('\r\n\r\n')[0] ?? '',
      '',
      '--b--',
      '',
    ].join('\r\n'),
    'latin1',
  )

/** A real message from the mailbox to itself. */
export const roundTripFaults: readonly Fault[] = [
  delivers('The message is accepted and never arrives', () => undefined, finds('roundtrip.lost', 'server')),
  delivers(
    'The message comes back as undeliverable',
    (store, raw) => store.add('INBOX', bounceOf(raw)),
    finds('roundtrip.bounced', 'server'),
  ),
  delivers(
    'The message lands in junk',
    (store, raw) => store.add('Junk', raw),
    finds('roundtrip.in_junk', 'domain_owner'),
  ),
  delivers(
    'The message lands in another folder',
    (store, raw) => store.add('Archive', raw),
    finds('roundtrip.in_other_folder', 'account'),
  ),
  delivers(
    'The message does not pass SPF, DKIM and DMARC',
    (store, raw) => store.add('INBOX', withHeader(raw, failedChecks)),
    finds('roundtrip.authentication_failed', 'domain_owner'),
  ),
  delivers(
    'The message waits twenty minutes at one server',
    (store, raw) => store.add('INBOX', withHeader(raw, ...twoHops())),
    finds('roundtrip.delayed', 'server'),
  ),
]
