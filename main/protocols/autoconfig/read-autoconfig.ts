import { mailServer } from '../../../core/accounts/types.ts'
import type { MailServer, SignInMethod, TransportSecurity } from '../../../core/accounts/types.ts'
import type { FoundSettings, SourceAnswer } from '../../features/accounts/ports.ts'
import { readXml } from './xml.ts'
import type { XmlElement } from './xml.ts'

const mostProposals = 4

/**
 * Reads Thunderbird's configuration file (wiki.mozilla.org/Thunderbird:Autoconfiguration:ConfigFileFormat),
 * version 1.1: IMAP servers in the provider's order, each with the first server for sending. POP3 is left out.
 */
export function readAutoconfigDocument(source: string, email: string): SourceAnswer {
  const document = readXml(source)
  if (document === null) return nothing('failed', 'The answer is not a document that can be read.')
  const provider = document.at('clientConfig', 'emailProvider')
  const incoming = provider.all('incomingServer')
  const imap = incoming.filter((server) => server.attribute('type').toLowerCase() === 'imap')
  const fill = (text: string) => fillPlaceholders(text, email)
  const [smtp = null] = provider.all('outgoingServer').flatMap((server) => serverOf(server, fill) ?? [])
  const name = provider.at('displayName').text || null
  const settings = imap.flatMap((server): readonly FoundSettings[] => {
    const found = serverOf(server, fill)
    if (found === null) return []
    const username = fill(server.at('username').text).slice(0, 320) || email
    return [{ provider: name?.slice(0, 100) ?? null, imap: found, smtp, username, signIn: signInOf(server) }]
  })
  if (settings.length > 0)
    return {
      outcome: 'found',
      answer:
        `${name ?? 'The provider'} names ${settings.map(({ imap: one }) => one.host).join(', ')}.`.slice(
          0,
          300,
        ),
      settings: settings.slice(0, mostProposals),
    }
  if (incoming.length > 0) return nothing('nothing', 'A configuration file without a usable IMAP server.')
  return nothing('nothing', 'The answer is not a configuration file for mail programs.')
}

function nothing(outcome: 'nothing' | 'failed', answer: string): SourceAnswer {
  return { outcome, answer, settings: [] }
}

const securityBySocketType: Readonly<Record<string, TransportSecurity>> = {
  ssl: 'tls',
  tls: 'starttls',
  starttls: 'starttls',
  plain: 'none',
}

function serverOf(server: XmlElement, fill: (text: string) => string): MailServer | null {
  const parsed = mailServer.safeParse({
    host: hostOf(fill(server.at('hostname').text)),
    port: portOf(server.at('port').text),
    security: securityBySocketType[server.at('socketType').text.toLowerCase()],
  })
  return parsed.success ? parsed.data : null
}

/** Password where any form of it is offered: a token needs a sign-in of its own to get. */
function signInOf(server: XmlElement): SignInMethod {
  const methods = server.all('authentication').map(({ text }) => text.toLowerCase())
  const onlyToken = methods.length > 0 && methods.every((method) => method === 'oauth2')
  return onlyToken ? 'xoauth2' : 'password'
}

/** `%EMAILADDRESS%`, `%EMAILLOCALPART%` and `%EMAILDOMAIN%` of the file format. */
export function fillPlaceholders(text: string, email: string): string {
  const at = email.lastIndexOf('@')
  return text.replace(/%EMAIL(ADDRESS|LOCALPART|DOMAIN)%/g, (_, part: string) =>
    part === 'ADDRESS' ? email : part === 'DOMAIN' ? email.slice(at + 1) : email.slice(0, at),
  )
}

/** A host name as DNS allows it, or an address; empty for anything else. */
export function hostOf(text: string): string {
  const host = text.toLowerCase().replace(/\.$/, '')
  return /^(?=.{1,253}$)[\p{L}\p{N}_]([\p{L}\p{N}._-]*[\p{L}\p{N}])?$/u.test(host) ? host : ''
}

/** A port number; NaN for anything but plain digits. */
export function portOf(text: string): number {
  return /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
}
