import { generateKeyPairSync } from 'node:crypto'
import { company } from '../../core/practice/people.ts'
import type { DnsRecord, Zone } from './dns.ts'
import { loopback } from './listen.ts'

const { domain } = company

/** The names of the company's servers. All of them are on loopback; the ports tell them apart. */
export const hosts = {
  imap: `imap.${domain}`,
  smtp: `smtp.${domain}`,
  /** The branch office in Odesa has a server of its own. */
  odesa: `mail.odesa.${domain}`,
  /** The relay that guest networks are told to use. */
  guestRelay: `relay.guest.${domain}`,
  /** What Ana typed. Nothing has this name. */
  mistyped: `imao.${domain}`,
} as const

/** Ports of the company's servers. */
export interface CompanyPorts {
  readonly imap: number
  readonly imaps: number
  readonly submission: number
  readonly submissions: number
  readonly odesaImaps: number
  readonly odesaSubmissions: number
  readonly guestSubmission: number
}

/** What the company publishes: MX, addresses, SRV (RFC 6186, 8314), SPF, DKIM and DMARC. */
export function companyZone(ports: CompanyPorts): Zone {
  const address: readonly DnsRecord[] = [{ type: 'A', address: loopback }]
  const service = (name: string, port: number, target: string) =>
    [`_${name}._tcp.${domain}`, [{ type: 'SRV', priority: 0, weight: 1, port, target }]] as const
  const text = (name: string, data: string) => [name, [{ type: 'TXT', data }]] as const
  return new Map<string, readonly DnsRecord[]>([
    [
      domain,
      [
        { type: 'MX', priority: 10, exchange: `mx.${domain}` },
        { type: 'TXT', data: `v=spf1 a:${hosts.smtp} a:${hosts.odesa} -all` },
      ],
    ],
    ...[`ns.${domain}`, `mx.${domain}`, hosts.imap, hosts.smtp, hosts.odesa, hosts.guestRelay].map(
      (name) => [name, address] as const,
    ),
    service('imap', ports.imap, hosts.imap),
    service('imaps', ports.imaps, hosts.imap),
    service('submission', ports.submission, hosts.smtp),
    service('submissions', ports.submissions, hosts.smtp),
    text(`_dmarc.${domain}`, `v=DMARC1; p=quarantine; rua=mailto:helpdesk@${domain}`),
    text(`quay._domainkey.${domain}`, `v=DKIM1; k=ed25519; p=${publishedKey()}`),
  ])
}

/** A fresh public key as RFC 8463 publishes it. */
function publishedKey(): string {
  const der = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' })
  return der.subarray(-32).toString('base64')
}
