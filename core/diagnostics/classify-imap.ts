import type { FindingCode } from './findings.ts'
import type { ImapStatus } from './imap-reply.ts'

type Answer = Pick<ImapStatus, 'code' | 'text'>

/** Response codes that settle it (RFC 5530, RFC 9051 section 7.1, and vendors' own). */
const byCode: Readonly<Record<string, FindingCode>> = {
  EXPIRED: 'imap.password_expired',
  PRIVACYREQUIRED: 'imap.privacy_required',
  CONTACTADMIN: 'imap.contact_admin',
  AUTHORIZATIONFAILED: 'imap.not_authorised',
  OVERQUOTA: 'imap.over_quota',
  INUSE: 'imap.in_use',
  SERVERBUG: 'imap.server_bug',
  CORRUPTION: 'imap.corrupted',
  WEBALERT: 'imap.web_login_required',
  LIMIT: 'imap.too_many_connections',
  THROTTLED: 'imap.throttled',
}

/**
 * What servers say in words, the most telling first. Exchange, Gmail, Dovecot, Cyrus, Zoho and Yahoo put into
 * the text what the protocol has no code for.
 */
const byText: readonly (readonly [RegExp, FindingCode])[] = [
  [/authenticated but not connected/i, 'imap.authenticated_not_connected'],
  [/app(lication)?[- ]?(specific )?password|app password/i, 'imap.app_password_needed'],
  [/throttl|back-?off time|rate.?limit|too many (login|auth|request|command|attempt)/i, 'imap.throttled'],
  [
    /(too many|maximum number of|simultaneous|concurrent) .*(connection|session|login)/i,
    'imap.too_many_connections',
  ],
  [/password .*(expired|change (is )?required|must be changed)|expired password/i, 'imap.password_expired'],
  [/web ?(browser|login|mail)|unusual (activity|sign)|accounts\.google/i, 'imap.web_login_required'],
  [
    /imap (access )?(is )?(disabled|not enabled|turned off|switched off)|not enabled for imap|enable imap/i,
    'imap.not_enabled',
  ],
  [
    /(account|user|mailbox).*(locked|disabled|suspended|blocked|deactivated|inactive)/i,
    'imap.account_disabled',
  ],
  [/basic auth|legacy auth|modern auth|oauth|^server unavailable\. 15/i, 'imap.oauth_needed'],
  [
    /(plaintext|cleartext|plain text) .*(disallowed|not allowed|disabled)|(ssl|tls|encrypt\w*) .*(required|first)/i,
    'imap.privacy_required',
  ],
  [/over ?quota|quota (is )?(exceeded|full)|mailbox (is )?full/i, 'imap.over_quota'],
]

/** Codes that say less than the words beside them may. */
const general: readonly (string | null)[] = [
  'AUTHENTICATIONFAILED',
  'ALERT',
  'UNAVAILABLE',
  'CONTACTADMIN',
  null,
]

/** Why a sign-in was refused, from the tagged NO or BAD. `token` says that a token was offered. */
export function classifyImapSignIn(answer: Answer, offered: 'password' | 'token'): FindingCode {
  const told = byText.find(([pattern]) => pattern.test(answer.text))?.[1]
  const { code, text } = answer
  const known = code === null ? undefined : byCode[code]
  if (!general.includes(code)) return known ?? told ?? 'imap.auth_failed'
  if (offered === 'token' && (told === undefined || told === 'imap.oauth_needed'))
    return known ?? tokenRefusal(code)
  if (told !== undefined || known !== undefined) return told ?? known ?? 'imap.auth_failed'
  if (code === 'ALERT') return 'imap.alert'
  const isDown =
    code === 'UNAVAILABLE' || /temporar|unavailable|try again|internal error|timed? ?out/i.test(text)
  return isDown ? 'imap.unavailable' : 'imap.auth_failed'
}

function tokenRefusal(code: string | null): FindingCode {
  return code === 'UNAVAILABLE' ? 'imap.unavailable' : 'imap.token_refused'
}

/** What a refusal after sign-in means; `otherwise` where the server's words do not settle it. */
export function classifyImapRefusal(answer: Answer, otherwise: FindingCode): FindingCode {
  const known = answer.code === null ? undefined : byCode[answer.code]
  const told = byText.find(([pattern]) => pattern.test(answer.text))?.[1]
  if (known !== undefined) return known
  if (answer.code === 'UNAVAILABLE') return told ?? 'imap.unavailable'
  return told ?? otherwise
}

/** What a BYE means, instead of a greeting or later. */
export function classifyImapBye(answer: Answer, when: 'greeting' | 'later'): FindingCode {
  return classifyImapRefusal(answer, when === 'greeting' ? 'imap.greeting_bye' : 'imap.closed_early')
}

/** How long a throttling server asks to wait, in words; null where it does not say. */
export function backOffOf(text: string): string | null {
  const ms = /back-?off time[:= ]+(\d+)/i.exec(text)?.[1]
  if (ms === undefined) return null
  const seconds = Math.ceil(Number(ms) / 1000)
  return seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
}
