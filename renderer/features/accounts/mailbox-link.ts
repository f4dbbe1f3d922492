import { transportSecurity, type MailServer } from '../../../core/accounts/types.ts'
import type { MailboxValues } from './mailbox-fields.ts'

/** What is to be done with a mailbox as soon as its person is shown. */
export interface MailboxAct {
  readonly mailboxId: string
  readonly act: 'edit' | 'secret'
  /** Servers that stand in the form already. */
  readonly imap?: MailServer
  readonly smtp?: MailServer
}

/** The address of a person's page with a mailbox's form open: `/people/ID?mailbox=ID&act=edit&imap=HOST:PORT:tls`. */
export function mailboxActTo(personId: string, wanted: MailboxAct): string {
  const { mailboxId, act, imap, smtp } = wanted
  const query = new URLSearchParams({
    mailbox: mailboxId,
    act,
    ...(imap !== undefined && { imap: textOf(imap) }),
    ...(smtp !== undefined && { smtp: textOf(smtp) }),
  })
  return `/people/${personId}?${query.toString()}`
}

/** What an address asks for; null when it asks for nothing. A server that makes no sense is left out. */
export function mailboxActIn(query: URLSearchParams): MailboxAct | null {
  const mailboxId = query.get('mailbox')
  const act = query.get('act')
  if (mailboxId === null || (act !== 'edit' && act !== 'secret')) return null
  const imap = serverIn(query.get('imap'))
  const smtp = serverIn(query.get('smtp'))
  return { mailboxId, act, ...(imap !== null && { imap }), ...(smtp !== null && { smtp }) }
}

/** The same address when what it asked for is done. */
export function withoutAct(query: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(query)
  for (const name of ['mailbox', 'act', 'imap', 'smtp']) next.delete(name)
  return next
}

/** The proposed servers as values of the form. */
export function proposedValues({ imap, smtp }: MailboxAct): Partial<MailboxValues> {
  return {
    ...(imap !== undefined && { imapHost: imap.host, imapPort: imap.port, imapSecurity: imap.security }),
    ...(smtp !== undefined && { smtpHost: smtp.host, smtpPort: smtp.port, smtpSecurity: smtp.security }),
  }
}

/** A server as it is published, `host:port`; null when it is no such thing. */
export function serverAt(published: string, security: MailServer['security']): MailServer | null {
  return serverIn(`${published}:${security}`)
}

function textOf({ host, port, security }: MailServer): string {
  return `${host}:${port}:${security}`
}

function serverIn(text: string | null): MailServer | null {
  const [, host = '', portText = '', securityText = ''] =
    /^([^\s:]{1,253}):(\d{1,5}):(\w+)$/.exec(text ?? '') ?? []
  const port = Number(portText)
  const security = transportSecurity.safeParse(securityText).data
  if (host === '' || security === undefined || port < 1 || port > 65_535) return null
  return { host, port, security }
}
