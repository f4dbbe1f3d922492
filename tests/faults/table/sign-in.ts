import { finds, scripted, type Expected, type Fault } from '../fault.ts'
import {
  answer,
  cut,
  drip,
  endlessLine,
  endlessLines,
  reset,
  speakHttp,
  stall,
  type Act,
} from '../kit/acts.ts'

const greets = (name: string, greeting: Act, expected: Expected) =>
  scripted(name, { imap: { greeting } }, expected)

/** The server answers the sign-in, by whatever command it comes, with these words. */
const answersSignIn = (name: string, words: string, expected: Expected) =>
  scripted(
    name,
    { imap: { on: { LOGIN: answer(`% ${words}`), AUTHENTICATE: answer(`% ${words}`) } } },
    expected,
  )

const alerting = answer('* OK [ALERT] Your mailbox is moved on Friday; save your mail', '% OK signed in')

const farewell: Act = async ({ wire }) => {
  wire.say('* BYE Server shutting down')
  await cut()({ wire, tag: '', line: '' })
}

const withToken = { subject: { signIn: 'xoauth2' } } as const

/** Up to and including sign-in. */
export const signInFaults: readonly Fault[] = [
  greets('The server says BYE', answer('* BYE Server shutting down'), finds('imap.greeting_bye', 'server')),
  greets('The server accepts the connection and says nothing', stall, finds('imap.no_greeting', 'server')),
  greets(
    'The greeting comes one letter at a time',
    drip('* OK welcome to the slowest server'),
    finds('imap.no_greeting', 'server'),
  ),
  greets(
    'The server hangs up in the middle of its greeting',
    cut('* OK Dovec'),
    finds('imap.closed_early', 'server'),
  ),
  greets('A web server sits on the IMAP port', speakHttp, finds('imap.not_imap', 'device')),
  greets(
    'A submission server sits on the IMAP port',
    answer('220 smtp.harbour.example ESMTP'),
    finds('imap.not_imap', 'device'),
  ),
  greets('The greeting is one line that never ends', endlessLine, finds('imap.breaks_protocol', 'server')),
  greets(
    'The server lets everyone in without a password',
    answer('* PREAUTH [CAPABILITY IMAP4rev1] welcome'),
    finds('imap.preauth', 'server'),
  ),
  scripted(
    'The answer to CAPABILITY never ends',
    {
      imap: {
        greeting: answer('* OK ready'),
        on: { CAPABILITY: endlessLines('* OK still thinking') },
      },
    },
    finds('imap.breaks_protocol', 'server'),
  ),
  scripted(
    'The IMAP server does not offer STARTTLS',
    { imap: { security: 'starttls', offersStartTls: false } },
    finds('imap.no_starttls', 'server'),
  ),
  scripted(
    'The server accepts no password without encryption',
    { imap: { security: 'none', capabilities: ['IMAP4rev1', 'LOGINDISABLED'], offersStartTls: true } },
    finds('imap.login_disabled', 'device'),
  ),
  scripted(
    'The server offers Kerberos only',
    { imap: { capabilities: ['IMAP4rev1', 'LOGINDISABLED', 'AUTH=GSSAPI'] } },
    finds('imap.no_usable_mechanism', 'server'),
  ),
  scripted('The password is wrong', { imap: { password: 'another' } }, finds('imap.auth_failed', 'account')),
  answersSignIn(
    'The password has expired',
    'NO [EXPIRED] Your password has expired',
    finds('imap.password_expired', 'account'),
  ),
  answersSignIn(
    'The user directory behind the server is down',
    'NO [UNAVAILABLE] Temporary authentication failure',
    finds('imap.unavailable', 'server'),
  ),
  answersSignIn(
    'The server wants privacy first',
    'NO [PRIVACYREQUIRED] Plaintext authentication disallowed',
    finds('imap.privacy_required', 'device'),
  ),
  answersSignIn(
    'The server sends the user to the administrator',
    'NO [CONTACTADMIN] Please call extension 7',
    finds('imap.contact_admin', 'account'),
  ),
  answersSignIn(
    'The user may not open this mailbox',
    'NO [AUTHORIZATIONFAILED] No permission for this mailbox',
    finds('imap.not_authorised', 'account'),
  ),
  answersSignIn(
    'The provider wants a sign-in by browser first',
    'NO [ALERT] Please log in via your web browser: https://support.example/78754 (Failure)',
    finds('imap.web_login_required', 'account'),
  ),
  answersSignIn(
    'The account needs an app password',
    'NO [ALERT] Application-specific password required: https://support.example/185833 (Failure)',
    finds('imap.app_password_needed', 'account'),
  ),
  answersSignIn(
    'IMAP is switched off for the mailbox',
    'NO [ALERT] Your account is not enabled for IMAP use. Please visit your settings page (Failure)',
    finds('imap.not_enabled', 'account'),
  ),
  answersSignIn(
    'The account is locked',
    'NO [AUTHENTICATIONFAILED] Account is locked',
    finds('imap.account_disabled', 'account'),
  ),
  answersSignIn(
    'Exchange wants OAuth instead of a password',
    'NO Server Unavailable. 15',
    finds('imap.oauth_needed', 'account'),
  ),
  answersSignIn(
    'Exchange throttles the mailbox',
    'BAD Request is throttled. Suggested Backoff Time: 43217 milliseconds',
    finds('imap.throttled', 'server'),
  ),
  answersSignIn(
    'Too many programs are connected at once',
    'NO [LIMIT] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)',
    finds('imap.too_many_connections', 'account'),
  ),
  answersSignIn(
    'The server reports a bug of its own',
    'NO [SERVERBUG] Internal error occurred',
    finds('imap.server_bug', 'server'),
  ),
  answersSignIn(
    'The server refuses the password without a word on why',
    'NO LOGIN failed.',
    finds('imap.auth_failed', 'account'),
  ),
  answersSignIn(
    'The server does not understand the sign-in',
    'BAD Command Argument Error. 12',
    finds('imap.auth_failed', 'account'),
  ),
  answersSignIn(
    'The account was moved and its password must be changed',
    'NO [AUTHENTICATIONFAILED] Password change required',
    finds('imap.password_expired', 'account'),
  ),
  scripted(
    'The server signs the user in with a message that must be read',
    { imap: { on: { LOGIN: alerting, AUTHENTICATE: alerting } } },
    finds('imap.alert', 'account'),
  ),
  scripted(
    'The server says BYE in the middle of the sign-in',
    { imap: { on: { LOGIN: farewell, AUTHENTICATE: farewell } } },
    finds('imap.closed_early', 'server'),
  ),
  scripted(
    'The answer to the sign-in never ends',
    {
      imap: {
        on: { LOGIN: endlessLines('* OK checking'), AUTHENTICATE: endlessLines('* OK checking') },
      },
    },
    finds('imap.breaks_protocol', 'server'),
  ),
  scripted(
    'The token has expired',
    {
      ...withToken,
      imap: {
        capabilities: ['IMAP4rev1', 'SASL-IR', 'AUTH=XOAUTH2', 'AUTH=PLAIN'],
        on: { AUTHENTICATE: answer('% NO [AUTHENTICATIONFAILED] AUTHENTICATE failed.') },
      },
    },
    finds('imap.token_refused', 'account'),
  ),
  scripted('There is no password on this computer', { secret: null }, finds('secret.missing', 'account')),
  scripted(
    'The sign-in is never answered',
    { imap: { on: { LOGIN: stall, AUTHENTICATE: stall } } },
    finds('imap.stalled', 'server'),
  ),
  scripted(
    'The time for the run is over before the server answers',
    { imap: { greeting: stall }, options: { deadlineMs: 1_500 } },
    finds('undetermined', null),
  ),
  scripted(
    'The connection is cut during the sign-in',
    { imap: { on: { LOGIN: reset, AUTHENTICATE: reset } } },
    finds('imap.closed_early', 'server'),
  ),
]
