import type { MailServer } from '../../core/accounts/types.ts'
import type { LocalPart } from '../../core/practice/people.ts'
import { hosts } from './hosts.ts'
import type { CompanyPorts } from './hosts.ts'

/** The servers as somebody's mail program has them. */
export interface ProgramSettings {
  readonly imap: MailServer
  readonly smtp: MailServer
}

/** What each person's program is set to: some upgrade by STARTTLS, some have a server of their own, one is wrong. */
export function settingsOf(localPart: LocalPart, ports: CompanyPorts): ProgramSettings {
  const usual: ProgramSettings = {
    imap: { host: hosts.imap, port: ports.imaps, security: 'tls' },
    smtp: { host: hosts.smtp, port: ports.submissions, security: 'tls' },
  }
  switch (localPart) {
    case 'ana.lima':
      return { ...usual, imap: { ...usual.imap, host: hosts.mistyped } }
    case 'olena.koval':
      return {
        imap: { host: hosts.odesa, port: ports.odesaImaps, security: 'tls' },
        smtp: { host: hosts.odesa, port: ports.odesaSubmissions, security: 'tls' },
      }
    case 'siobhan.nibhriain':
      return { ...usual, smtp: { host: hosts.guestRelay, port: ports.guestSubmission, security: 'starttls' } }
    case 'dana.levy':
    case 'youssef.haddad':
      return {
        imap: { host: hosts.imap, port: ports.imap, security: 'starttls' },
        smtp: { host: hosts.smtp, port: ports.submission, security: 'starttls' },
      }
    default:
      return usual
  }
}
