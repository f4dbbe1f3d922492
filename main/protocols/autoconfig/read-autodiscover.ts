import { mailServer } from '../../../core/accounts/types.ts'
import type { MailServer, TransportSecurity } from '../../../core/accounts/types.ts'
import type { SourceAnswer } from '../../features/accounts/ports.ts'
import { fillPlaceholders, hostOf, portOf } from './read-autoconfig.ts'
import { readXml } from './xml.ts'
import type { XmlElement } from './xml.ts'

/** What an Autodiscover server answers: settings, or where to ask instead. */
export type AutodiscoverAnswer = SourceAnswer & { readonly redirectUrl: string | null }

/** The request of [MS-OXDSCLI] section 3.1.5: the address, and the form of answer that is understood. */
export function writeAutodiscoverRequest(email: string): string {
  const schema = 'http://schemas.microsoft.com/exchange/autodiscover/outlook'
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<Autodiscover xmlns="${schema}/requestschema/2006">`,
    `<Request><EMailAddress>${escapeXml(email)}</EMailAddress>`,
    `<AcceptableResponseSchema>${schema}/responseschema/2006a</AcceptableResponseSchema></Request>`,
    '</Autodiscover>',
  ].join('')
}

/** Reads a POX answer ([MS-OXDSCLI] section 2.2.4): the IMAP and SMTP protocols of the account. */
export function readAutodiscoverDocument(source: string, email: string): AutodiscoverAnswer {
  const document = readXml(source)
  if (document === null) return nothing('failed', 'The answer is not a document that can be read.')
  const response = document.at('Autodiscover', 'Response')
  const account = response.at('Account')
  const redirectUrl = account.at('RedirectUrl').text
  if (redirectUrl !== '')
    return { ...nothing('nothing', `It sends on to ${redirectUrl.slice(0, 200)}.`), redirectUrl }
  const redirectAddress = account.at('RedirectAddr').text
  if (redirectAddress !== '')
    return nothing('nothing', `It says that the mailbox is ${redirectAddress.slice(0, 200)}.`)
  const problem = response.at('Error', 'Message').text
  if (problem !== '') return nothing('nothing', `It says: ${problem.slice(0, 200)}`)
  return settingsOf(account, email)
}

function settingsOf(account: XmlElement, email: string): AutodiscoverAnswer {
  const protocols = account.all('Protocol')
  const of = (type: string) =>
    protocols.filter((one) => (one.at('Type').text || one.attribute('Type')).toUpperCase() === type)
  const [smtp = null] = of('SMTP').flatMap((one) => serverOf(one, 'smtp') ?? [])
  const settings = of('IMAP').flatMap((one) => {
    const imap = serverOf(one, 'imap')
    if (imap === null) return []
    const username = fillPlaceholders(one.at('LoginName').text, email).slice(0, 320) || email
    return [{ provider: null, imap, smtp, username, signIn: 'password' as const }]
  })
  if (settings.length === 0) {
    const others = protocols.map((one) => one.at('Type').text || one.attribute('Type')).filter(Boolean)
    return nothing(
      'nothing',
      others.length === 0
        ? 'The answer names no server.'
        : `It names no IMAP server, only ${[...new Set(others)].slice(0, 5).join(', ').slice(0, 100)}.`,
    )
  }
  const answer = `It names ${settings.map(({ imap }) => imap.host).join(', ')}.`.slice(0, 300)
  return { outcome: 'found', answer, settings, redirectUrl: null }
}

/** `Encryption` where it is given; else `SSL`, which is on by default and means STARTTLS on the ports of that. */
function serverOf(protocol: XmlElement, kind: 'imap' | 'smtp'): MailServer | null {
  const encryption = protocol.at('Encryption').text.toUpperCase()
  const ssl = protocol.at('SSL').text.toLowerCase() !== 'off'
  const port = portOf(protocol.at('Port').text || (kind === 'imap' ? '993' : '587'))
  const usual: TransportSecurity = port === 143 || port === 587 || port === 25 ? 'starttls' : 'tls'
  const security: Readonly<Record<string, TransportSecurity>> = {
    SSL: 'tls',
    TLS: 'starttls',
    AUTO: usual,
    NONE: 'none',
  }
  const parsed = mailServer.safeParse({
    host: hostOf(protocol.at('Server').text),
    port,
    security: security[encryption] ?? (ssl ? usual : 'none'),
  })
  return parsed.success ? parsed.data : null
}

function nothing(outcome: 'nothing' | 'failed', answer: string): AutodiscoverAnswer {
  return { outcome, answer, settings: [], redirectUrl: null }
}

const escapes: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&${escapes[character] ?? ''};`)
}
