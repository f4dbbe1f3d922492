import type { MailServer, SignInMethod } from './types.ts'

/** A mail provider that is known by the names of its MX hosts. */
export interface KnownProvider {
  readonly name: string
  /** An MX host belongs to the provider when it is one of these or ends in one of these behind a dot. */
  readonly mx: readonly string[]
  /** Null: the provider offers no IMAP to ordinary programs, and `note` says what it does offer. */
  readonly imap: MailServer | null
  readonly smtp: MailServer | null
  /** What the provider asks for; a password may have to be one made for a program ("app password"). */
  readonly signIn: SignInMethod
  readonly note: string
}

const tls = (host: string, port: number): MailServer => ({ host, port, security: 'tls' })
const starttls = (host: string): MailServer => ({ host, port: 587, security: 'starttls' })

function provider(
  name: string,
  mx: readonly string[],
  imap: MailServer | null,
  smtp: MailServer | null,
  note = '',
  signIn: SignInMethod = 'password',
): KnownProvider {
  return { name, mx, imap, smtp, signIn, note }
}

/** From the providers' own pages for people who set up a mail program. To add one: a line here. */
export const knownProviders: readonly KnownProvider[] = [
  provider(
    'Google',
    ['google.com', 'googlemail.com', 'psmtp.com'],
    tls('imap.gmail.com', 993),
    tls('smtp.gmail.com', 465),
    'A password must be an app password.',
  ),
  provider(
    'Microsoft 365',
    ['mail.protection.outlook.com', 'mx.microsoft', 'olc.protection.outlook.com', 'hotmail.com'],
    tls('outlook.office365.com', 993),
    starttls('smtp.office365.com'),
    'Sign-in is by OAuth 2 token; passwords are refused.',
    'xoauth2',
  ),
  provider('Zoho (Europe)', ['zoho.eu'], tls('imappro.zoho.eu', 993), tls('smtppro.zoho.eu', 465)),
  provider('Zoho (India)', ['zoho.in'], tls('imappro.zoho.in', 993), tls('smtppro.zoho.in', 465)),
  provider('Zoho', ['zoho.com', 'zohomail.com'], tls('imappro.zoho.com', 993), tls('smtppro.zoho.com', 465)),
  provider(
    'Fastmail',
    ['messagingengine.com'],
    tls('imap.fastmail.com', 993),
    tls('smtp.fastmail.com', 465),
    'The password must be an app password.',
  ),
  provider(
    'iCloud',
    ['mail.icloud.com'],
    tls('imap.mail.me.com', 993),
    starttls('smtp.mail.me.com'),
    'The password must be an app-specific password.',
  ),
  provider(
    'Yahoo',
    ['yahoodns.net'],
    tls('imap.mail.yahoo.com', 993),
    tls('smtp.mail.yahoo.com', 465),
    'The password must be an app password.',
  ),
  provider(
    'Yandex',
    ['mx.yandex.net', 'mx.yandex.ru'],
    tls('imap.yandex.com', 993),
    tls('smtp.yandex.com', 465),
  ),
  provider('mailbox.org', ['mailbox.org'], tls('imap.mailbox.org', 993), tls('smtp.mailbox.org', 465)),
  provider('Gandi', ['mail.gandi.net'], tls('mail.gandi.net', 993), tls('mail.gandi.net', 465)),
  provider('OVHcloud', ['mail.ovh.net', 'mail.ovh.com'], tls('ssl0.ovh.net', 993), tls('ssl0.ovh.net', 465)),
  provider('IONOS', ['kundenserver.de', 'ionos.com'], tls('imap.ionos.com', 993), tls('smtp.ionos.com', 465)),
  provider(
    'Rackspace',
    ['emailsrvr.com'],
    tls('secure.emailsrvr.com', 993),
    tls('secure.emailsrvr.com', 465),
  ),
  provider('GMX', ['gmx.net'], tls('imap.gmx.net', 993), tls('mail.gmx.net', 465)),
  provider('Migadu', ['migadu.com'], tls('imap.migadu.com', 993), tls('smtp.migadu.com', 465)),
  provider(
    'Proton',
    ['protonmail.ch'],
    null,
    null,
    'Proton gives IMAP only through its Bridge on the user’s computer; enter the Bridge’s address by hand.',
  ),
]

/** The provider that one of these MX hosts belongs to, or null. */
export function findProvider(mxHosts: readonly string[]): KnownProvider | null {
  const hosts = mxHosts.map((host) => host.toLowerCase().replace(/\.$/, ''))
  const belongs = (known: KnownProvider) =>
    known.mx.some((name) => hosts.some((host) => host === name || host.endsWith(`.${name}`)))
  return knownProviders.find(belongs) ?? null
}
