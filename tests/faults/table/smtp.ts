import { finds, scripted, type Expected, type Fault } from '../fault.ts'
import {
  answer,
  cut,
  endlessLine,
  endlessLines,
  garbage,
  reset,
  speakHttp,
  stall,
  type Act,
} from '../kit/acts.ts'

const greets = (name: string, greeting: Act, expected: Expected) =>
  scripted(name, { smtp: { greeting } }, expected)
const answers = (name: string, verb: string, words: string, expected: Expected) =>
  scripted(name, { smtp: { on: { [verb]: answer(words) } } }, expected)

/** From the banner to a successful sign-in. */
export const submissionFaults: readonly Fault[] = [
  greets(
    'The submission server turns the connection away',
    answer('554 5.3.2 No SMTP service here'),
    finds('smtp.banner_refused', 'server'),
  ),
  greets(
    'The submission server is overloaded',
    answer('421 4.3.2 Too busy, try again later'),
    finds('smtp.unavailable', 'server'),
  ),
  greets(
    'The address of this network is on a block list',
    answer('554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.blocklist.example'),
    finds('smtp.blocked_address', 'network'),
  ),
  greets('The submission server says nothing', stall, finds('smtp.no_banner', 'server')),
  greets('The submission server hangs up before its banner', cut(), finds('smtp.closed_early', 'server')),
  greets('A web server sits on the submission port', speakHttp, finds('smtp.not_smtp', 'device')),
  greets(
    'An IMAP server sits on the submission port',
    answer('* OK IMAP4rev1 ready'),
    finds('smtp.not_smtp', 'device'),
  ),
  greets('The banner is one line that never ends', endlessLine, finds('smtp.breaks_protocol', 'server')),
  scripted(
    'The answer to EHLO never ends',
    { smtp: { on: { EHLO: endlessLines('250-SIZE 1000') } } },
    finds('smtp.breaks_protocol', 'server'),
  ),
  greets('The banner is garbage', garbage, finds('smtp.not_smtp', 'device')),
  greets(
    'The submission server hangs up in the middle of its banner',
    cut('220 smtp.harb'),
    finds('smtp.closed_early', 'server'),
  ),
  scripted(
    'The connection is cut during the sign-in for sending',
    { smtp: { on: { AUTH: cut() } } },
    finds('smtp.closed_early', 'server'),
  ),
  scripted(
    'The connection is reset after EHLO',
    { smtp: { on: { EHLO: reset } } },
    finds('smtp.closed_early', 'server'),
  ),
  scripted('EHLO is never answered', { smtp: { on: { EHLO: stall } } }, finds('smtp.stalled', 'server')),
  scripted(
    'The server refuses EHLO',
    {
      smtp: {
        on: {
          EHLO: answer('550 5.5.2 Helo command rejected'),
          HELO: answer('550 5.5.2 Helo command rejected'),
        },
      },
    },
    finds('smtp.ehlo_refused', 'server'),
  ),
  scripted(
    'The submission server does not offer STARTTLS',
    { smtp: { security: 'starttls', offersStartTls: false } },
    finds('smtp.no_starttls', 'server'),
  ),
  scripted(
    'The submission server offers no sign-in',
    { smtp: { keywords: ['SIZE 52428800', '8BITMIME'] } },
    finds('smtp.no_auth', 'server'),
  ),
  scripted(
    'The submission server offers Kerberos only',
    { smtp: { keywords: ['SIZE 52428800', 'AUTH GSSAPI'] } },
    finds('smtp.no_usable_mechanism', 'server'),
  ),
  scripted(
    'The password for sending is wrong',
    { smtp: { password: 'another' } },
    finds('smtp.auth_failed', 'account'),
  ),
  scripted(
    'The sign-in for sending is never answered',
    { smtp: { on: { AUTH: stall } } },
    finds('smtp.stalled', 'server'),
  ),
  answers(
    'The server wants encryption before the password',
    'AUTH',
    '538 5.7.11 Encryption required for requested authentication mechanism',
    finds('smtp.encryption_required', 'device'),
  ),
  answers(
    'The server cannot check passwords at the moment',
    'AUTH',
    '454 4.7.0 Temporary authentication failure',
    finds('smtp.auth_unavailable', 'server'),
  ),
  answers(
    'Exchange has SMTP AUTH switched off for the mailbox',
    'AUTH',
    '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.',
    finds('smtp.auth_disabled', 'account'),
  ),
  answers(
    'Exchange accepts no password for sending any more',
    'AUTH',
    '535 5.7.3 Authentication unsuccessful, basic authentication is disabled',
    finds('smtp.oauth_needed', 'account'),
  ),
  scripted(
    'The token does not cover sending',
    {
      subject: { signIn: 'xoauth2' },
      imap: { capabilities: ['IMAP4rev1', 'SASL-IR', 'IDLE', 'SPECIAL-USE', 'AUTH=XOAUTH2'] },
      smtp: { on: { AUTH: answer('535 5.7.8 Bad credentials') } },
    },
    finds('smtp.token_refused', 'account'),
  ),
  answers(
    'Sending needs an app password',
    'AUTH',
    '534 5.7.9 Application-specific password required.',
    finds('smtp.app_password_needed', 'account'),
  ),
  answers(
    'The password for sending has expired',
    'AUTH',
    '535 5.7.8 Your password has expired',
    finds('smtp.password_expired', 'account'),
  ),
  answers(
    'The account is locked for sending',
    'AUTH',
    '535 5.7.13 User account disabled',
    finds('smtp.account_disabled', 'account'),
  ),
]

/** From the envelope on. */
export const sendingFaults: readonly Fault[] = [
  answers(
    'The account may not send as this address',
    'MAIL',
    '553 5.7.1 <ana@harbour.example>: Sender address rejected: not owned by user',
    finds('smtp.sender_refused', 'sender'),
  ),
  answers(
    'The mailbox has sent too much',
    'MAIL',
    '450 4.2.1 The user you are sending as has exceeded the sending rate limit',
    finds('smtp.rate_limited', 'sender'),
  ),
  answers(
    'The disk of the submission server is full',
    'MAIL',
    '452 4.3.1 Insufficient system storage',
    finds('smtp.server_full', 'server'),
  ),
  answers(
    'The server takes the user for a stranger',
    'RCPT',
    '554 5.7.1 <ana@harbour.example>: Relay access denied',
    finds('smtp.relay_denied', 'device'),
  ),
  answers(
    'The recipient’s mailbox is full',
    'RCPT',
    '452 4.2.2 <ana@harbour.example>: Mailbox full',
    finds('smtp.mailbox_full', 'account'),
  ),
  answers(
    'The recipient’s mailbox is switched off',
    'RCPT',
    '550 5.2.1 <ana@harbour.example>: Mailbox disabled, not accepting messages',
    finds('smtp.mailbox_disabled', 'account'),
  ),
  answers(
    'The server greylists the user',
    'RCPT',
    '450 4.2.0 <ana@harbour.example>: Recipient address rejected: Greylisted, try again in 300 seconds',
    finds('smtp.greylisted', 'server'),
  ),
  answers(
    'The recipient does not exist',
    'RCPT',
    '550 5.1.1 <ana@harbour.example>: Recipient address rejected: User unknown',
    finds('smtp.recipient_refused', 'sender'),
  ),
  answers(
    'The server asks to try again later',
    'RCPT',
    '451 4.3.0 <ana@harbour.example>: Temporary lookup failure',
    finds('smtp.temporary_failure', 'server'),
  ),
  scripted(
    'The server takes only tiny messages',
    { smtp: { keywords: ['SIZE 10240', 'AUTH PLAIN'] } },
    finds('smtp.size_limit', 'sender'),
  ),
  scripted(
    'The server takes everything but the message itself',
    {
      smtp: { on: { '.': answer('550 5.6.0 Message is not properly formatted') } },
      options: { roundTrip: true },
    },
    finds('smtp.refused', 'server'),
  ),
  scripted(
    'The content filter refuses the message',
    {
      smtp: { on: { '.': answer('554 5.7.1 Message rejected as spam by content filter') } },
      options: { roundTrip: true },
    },
    finds('smtp.policy_refused', 'sender'),
  ),
]
