import type { CatalogueEntry } from './entry.ts'
import { quoted } from './entry.ts'

/** SMTP submission, from the banner to a successful sign-in. */
export const submissionFindings = {
  'smtp.banner_refused': {
    actor: 'server',
    area: 'sending',
    confidence: 'certain',
    title: (say) => `${say('host', 'The sending server')} turns connections from here away`,
    detail: quoted,
    nextStep: () => 'Ask whoever runs the server why it refuses this address; its words are the best lead.',
  },
  'smtp.blocked_address': {
    actor: 'network',
    area: 'sending',
    confidence: 'certain',
    title: () => 'The address of this network is on a block list',
    detail: quoted,
    nextStep: () =>
      'Whoever runs this network must find out why, stop the cause, and ask the list for removal. Send from another network meanwhile.',
  },
  'smtp.unavailable': {
    actor: 'server',
    area: 'sending',
    confidence: 'certain',
    title: (say) => `${say('host', 'The sending server')} is not available at the moment`,
    detail: quoted,
    nextStep: () => 'Try again in a few minutes; if it stays so, whoever runs the server must look at it.',
  },
  'smtp.no_banner': {
    actor: 'server',
    area: 'sending',
    confidence: 'likely',
    title: (say) => `${say('host', 'The sending server')} accepts the connection and says nothing`,
    detail: (say) =>
      `No SMTP banner came from ${say('target', 'it')} in ${say('seconds', 'the allowed')} seconds.`,
    nextStep: () =>
      'Try again in a few minutes. If it stays so, whoever runs the server must look at its load and its log.',
  },
  'smtp.closed_early': {
    actor: 'server',
    area: 'sending',
    confidence: 'likely',
    title: (say) => `${say('host', 'The sending server')} hangs up in the middle of the conversation`,
    detail: (say) =>
      `The connection ended ${say('phase', 'early')}. The last words were: “${say('text', 'none')}”.`,
    nextStep: () => 'Whoever runs the server must look at its log for this time and address.',
  },
  'smtp.stalled': {
    actor: 'server',
    area: 'sending',
    confidence: 'likely',
    title: (say) => `${say('host', 'The sending server')} stops answering in the middle of the conversation`,
    detail: (say) =>
      `Nothing came ${say('phase', 'to the next command')} in ${say('seconds', 'the allowed')} seconds.`,
    nextStep: () =>
      'Try again in a few minutes. If it stays so, whoever runs the server must look at its load and its log.',
  },
  'smtp.not_smtp': {
    actor: 'device',
    area: 'sending',
    confidence: 'certain',
    title: (say) => `Port ${say('port', '')} of ${say('host', 'the server')} does not speak SMTP`,
    detail: (say) => `It answered with ${say('looksLike', 'something else')}: “${say('text', '')}”.`,
    nextStep: () =>
      'Check the server name and the port in the settings: sending is at 465 (TLS) or 587 (STARTTLS).',
  },
  'smtp.breaks_protocol': {
    actor: 'server',
    area: 'sending',
    confidence: 'certain',
    title: (say) => `${say('host', 'The sending server')} sends what no SMTP server may send`,
    detail: (say) =>
      `The conversation was ended here, because ${say('text', 'its answer breaks the limits')}.`,
    nextStep: () =>
      'Whoever runs the server must look at it; something may also stand in between and alter the connection.',
  },
  'smtp.ehlo_refused': {
    actor: 'server',
    area: 'sending',
    confidence: 'certain',
    title: (say) => `${say('host', 'The sending server')} refuses the first command`,
    detail: quoted,
    nextStep: () => 'Whoever runs the server must look at its rules for greetings (EHLO).',
  },
  'smtp.no_starttls': {
    actor: 'server',
    area: 'tls',
    confidence: 'certain',
    title: (say) => `${say('host', 'The sending server')} does not offer STARTTLS`,
    detail: (say) =>
      `The settings ask for it at port ${say('port', '587')}; the server announces only: ${say('capabilities', 'other extensions')}. No password was sent.`,
    nextStep: () =>
      'Set sending to port 465 with TLS if the server has it; otherwise whoever runs the server must switch encryption on.',
  },
  'smtp.no_auth': {
    actor: 'server',
    area: 'auth',
    confidence: 'certain',
    title: (say) => `${say('host', 'The sending server')} offers no sign-in`,
    detail: (say) =>
      `It does not announce AUTH at port ${say('port', 'this port')}, so it cannot know who sends.`,
    nextStep: () =>
      'Check that the port in the settings is the one for users (587 or 465, not 25); otherwise whoever runs the server must switch AUTH on.',
  },
  'smtp.no_usable_mechanism': {
    actor: 'server',
    area: 'auth',
    confidence: 'certain',
    title: (say) => `${say('host', 'The sending server')} offers no way to sign in that this mailbox can use`,
    detail: (say) =>
      `It announces ${say('mechanisms', 'no mechanism')}; the mailbox is set to ${say('signIn', 'another')}.`,
    nextStep: () =>
      'Whoever runs the server must switch on a suitable mechanism, or the mailbox must be set to the one that is offered.',
  },
  'smtp.encryption_required': {
    actor: 'device',
    area: 'tls',
    confidence: 'certain',
    title: (say) => `${say('host', 'The sending server')} wants encryption first`,
    detail: quoted,
    nextStep: () =>
      'Change the connection security of sending in the settings to STARTTLS (587) or TLS (465), then run this again.',
  },
  'smtp.auth_unavailable': {
    actor: 'server',
    area: 'auth',
    confidence: 'certain',
    title: (say) => `${say('host', 'The sending server')} cannot check the sign-in at the moment`,
    detail: (say) => `The password was not judged. ${quoted(say)}`,
    nextStep: () =>
      'Do not change the password. Try again in a few minutes; if it stays so, whoever runs the server must look at its user directory.',
  },
  'smtp.auth_disabled': {
    actor: 'account',
    area: 'auth',
    confidence: 'certain',
    title: () => 'Sending by SMTP sign-in is switched off for this mailbox',
    detail: quoted,
    nextStep: () =>
      'The administrator must decide whether to allow SMTP AUTH for this mailbox (in Exchange: SmtpClientAuthenticationDisabled), or the user sends by another way.',
  },
  'smtp.account_disabled': {
    actor: 'account',
    area: 'auth',
    confidence: 'certain',
    title: () => 'The account may not send: it is locked or switched off',
    detail: quoted,
    nextStep: () =>
      'The administrator must find out why it was locked (often because spam was sent) and unlock it.',
  },
  'smtp.password_expired': {
    actor: 'account',
    area: 'auth',
    confidence: 'certain',
    title: () => 'The password has expired',
    detail: quoted,
    nextStep: () =>
      'The user must set a new password at the provider, and enter it on every device; then run this again.',
  },
  'smtp.app_password_needed': {
    actor: 'account',
    area: 'auth',
    confidence: 'certain',
    title: () => 'Sending with this account needs an app password',
    detail: (say) => `Two-step sign-in is on, so the ordinary password is refused. ${quoted(say)}`,
    nextStep: () =>
      'The user must make an app password in the security settings of the account and enter it here, or sign in with OAuth.',
  },
  'smtp.oauth_needed': {
    actor: 'account',
    area: 'auth',
    confidence: 'likely',
    title: () => 'The sending server no longer accepts passwords; it wants OAuth',
    detail: quoted,
    nextStep: () =>
      'Set the mailbox to OAuth 2 sign-in and use a mail program that supports it. A new password does not help.',
  },
  'smtp.token_refused': {
    actor: 'account',
    area: 'auth',
    confidence: 'certain',
    title: () => 'The sending server refuses the sign-in token',
    detail: (say) => `It has expired, was withdrawn, or does not cover sending. ${quoted(say)}`,
    nextStep: () => 'Sign in again to get a new token that covers SMTP, then run this again.',
  },
  'smtp.auth_failed': {
    actor: 'account',
    area: 'auth',
    confidence: 'certain',
    title: () => 'The sending server refuses the user name or the password',
    detail: quoted,
    nextStep: (say) =>
      `Check the user name for sending (${say('username', 'in the settings')}), then set the password again.`,
  },
} as const satisfies Record<string, CatalogueEntry>
