import { finds, scripted, type Fault } from '../fault.ts'
import { reset } from '../kit/acts.ts'

const imap = (host: string, port = 993) => ({ host, port, security: 'tls' }) as const

/** From a name to an open connection. */
export const reachFaults: readonly Fault[] = [
  scripted(
    'The server name in the settings has a typing error',
    { subject: { imap: imap('impa.harbour.example') } },
    finds('settings.server_name_wrong', 'device'),
  ),
  scripted(
    'The server name does not exist, and the domain publishes none',
    { zone: ['imap.harbour.example * !NXDOMAIN', '_imaps._tcp.harbour.example * !NXDOMAIN'] },
    finds('dns.host_not_found', 'domain_owner'),
  ),
  scripted(
    'The whole domain does not exist any more',
    { zone: ['*.harbour.example * !NXDOMAIN'] },
    finds('dns.domain_not_found', 'domain_owner'),
  ),
  scripted(
    'The server name exists, without an address',
    { zone: ['imap.harbour.example A', '_imaps._tcp.harbour.example * !NXDOMAIN'] },
    finds('dns.host_no_address', 'domain_owner'),
  ),
  scripted(
    'The name servers of the domain answer SERVFAIL',
    { zone: ['imap.harbour.example * !SERVFAIL', '_imaps._tcp.harbour.example * !SERVFAIL'] },
    finds('dns.lookup_failed', 'domain_owner'),
  ),
  scripted(
    'The DNS server of this network never answers',
    { zone: ['* * !SILENCE'] },
    finds('dns.no_answers', 'network'),
  ),
  scripted(
    'The DNS server of this network refuses every question',
    { zone: ['* * !REFUSED'] },
    finds('dns.no_answers', 'network'),
  ),
  scripted(
    'DNS gives the address of a machine that has no mail server',
    { zone: ['imap.harbour.example A 127.0.0.53'] },
    finds('tcp.refused', 'server'),
  ),
  scripted(
    'The port in the settings is wrong, and the domain publishes the right one',
    { subject: { imap: imap('imap.harbour.example', 1) } },
    finds('settings.port_wrong', 'device'),
  ),
  scripted('Nothing listens at the IMAP port', { imap: { port: 'closed' } }, finds('tcp.refused', 'server')),
  scripted('Nothing listens at the SMTP port', { smtp: { port: 'closed' } }, finds('tcp.refused', 'server')),
  scripted(
    'A firewall drops what is sent to the IMAP port',
    { imap: { port: 'filtered' } },
    finds('tcp.timed_out', 'server'),
  ),
  scripted(
    'A firewall drops what is sent to the SMTP port',
    { smtp: { port: 'filtered' } },
    finds('tcp.timed_out', 'server'),
  ),
  scripted(
    'The connection is reset as soon as it is open',
    { imap: { onConnect: reset } },
    finds('tcp.reset', 'network'),
  ),
  scripted(
    'One of two addresses of the IMAP server refuses',
    { zone: ['imap.harbour.example A 127.0.0.1', 'imap.harbour.example A 127.0.0.53'] },
    finds('tcp.some_addresses_fail', 'server'),
  ),
  scripted(
    'The IMAP server answers over IPv4 and refuses over IPv6',
    { zone: ['imap.harbour.example AAAA ::1'] },
    finds('tcp.some_addresses_fail', 'server'),
  ),
  scripted(
    'No server is set at all',
    { subject: { imap: null, smtp: null } },
    finds('settings.no_server', 'device'),
  ),
]
