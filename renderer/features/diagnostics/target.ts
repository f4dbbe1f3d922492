import { z } from 'zod'
import type { InputOf } from '../../../core/contract/index.ts'
import {
  signInMethod,
  transportSecurity,
  type MailServer,
  type TransportSecurity,
} from '../../../core/accounts/types.ts'
import type { DiagnosisSubject } from '../../../core/diagnostics/types.ts'
import { startWords as words } from '../../i18n/diagnostics.ts'

type Protocol = 'imap' | 'smtp'

/** The ports of RFC 8314 and their elders. */
const usualPorts: Readonly<Record<Protocol, Readonly<Record<TransportSecurity, number>>>> = {
  imap: { tls: 993, starttls: 143, none: 143 },
  smtp: { tls: 465, starttls: 587, none: 25 },
}

const host = z.string().trim().max(253)
const port = z.number().int().min(1, words.portBad).max(65535, words.portBad)

/** What the form for any address holds: flat, one value a field. */
export const adHocFields = z
  .object({
    address: z
      .string()
      .trim()
      .regex(/^[^\s@]+@[^\s@]+$/, words.addressBad)
      .max(320),
    username: z.string().trim().max(320),
    signIn: signInMethod,
    secret: z.string().max(20_000),
    imapHost: host,
    imapPort: port,
    imapSecurity: transportSecurity,
    smtpHost: host,
    smtpPort: port,
    smtpSecurity: transportSecurity,
  })
  .refine(({ imapHost, smtpHost }) => imapHost !== '' || smtpHost !== '', {
    message: words.hostMissing,
    path: ['imapHost'],
  })
export type AdHocFields = z.infer<typeof adHocFields>

/** An empty form, or one filled from an earlier run. The secret is never known. */
export function fieldsFrom(subject: DiagnosisSubject | null): AdHocFields {
  const server = (protocol: Protocol): MailServer =>
    subject?.[protocol] ?? {
      host: '',
      port: usualPorts[protocol].tls,
      security: 'tls',
    }
  const imap = server('imap')
  const smtp = server('smtp')
  return {
    address: subject?.address ?? '',
    username: subject === null || subject.username === subject.address ? '' : subject.username,
    signIn: subject?.signIn ?? 'password',
    secret: '',
    imapHost: imap.host,
    imapPort: imap.port,
    imapSecurity: imap.security,
    smtpHost: smtp.host,
    smtpPort: smtp.port,
    smtpSecurity: smtp.security,
  }
}

/** The port after a change of encryption: the usual one, unless the user has set an unusual one. */
export function portFor(
  protocol: Protocol,
  port: number,
  before: TransportSecurity,
  after: TransportSecurity,
): number {
  return port === usualPorts[protocol][before] ? usualPorts[protocol][after] : port
}

/** The target of a run of these fields, in the network of an earlier run where there was one. */
export function targetFrom(
  fields: AdHocFields,
  network: DiagnosisSubject['network'] = { dnsServers: [], trustedCaPem: null },
): InputOf<'diagnostics.start'>['target'] {
  const address = fields.address.trim()
  const server = (name: string, at: number, security: TransportSecurity) =>
    name.trim() === '' ? null : { host: name.trim(), port: at, security }
  return {
    kind: 'adHoc',
    subject: {
      address,
      username: fields.username.trim() === '' ? address : fields.username.trim(),
      signIn: fields.signIn,
      imap: server(fields.imapHost, fields.imapPort, fields.imapSecurity),
      smtp: server(fields.smtpHost, fields.smtpPort, fields.smtpSecurity),
      network,
    },
    secret: fields.secret === '' ? null : fields.secret,
  }
}
