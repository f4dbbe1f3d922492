import type { CatalogueEntry } from './entry.ts'
import { quoted } from './entry.ts'

const server = (say: (fact: string, otherwise: string) => string) => say('host', 'The server')

/** IMAP sign-in: what the server's answer to it means. */
export const signInFindings = {
  'imap.throttled': {
    actor: 'server',
    area: 'mailbox',
    confidence: 'certain',
    title: (say) => `${server(say)} holds this mailbox back because of too many requests`,
    detail: quoted,
    nextStep: (say) =>
      `Wait ${say('backOff', 'a while')}, close programs and phones that fetch this mailbox in parallel, then run this again.`,
  },
  'imap.too_many_connections': {
    actor: 'account',
    area: 'mailbox',
    confidence: 'certain',
    title: () => 'Too many programs are connected to this mailbox at once',
    detail: quoted,
    nextStep: () =>
      'Close mail programs on other computers and phones, wait ten minutes, then run this again. Whoever runs the server can raise the limit.',
  },
  'imap.unavailable': {
    actor: 'server',
    area: 'mailbox',
    confidence: 'certain',
    title: (say) => `${server(say)} cannot check the sign-in at the moment`,
    detail: (say) => `A part behind it is down; the password was not judged. ${quoted(say)}`,
    nextStep: () =>
      'Do not change the password. Try again in a few minutes; if it stays so, whoever runs the server must look at its user directory.',
  },
  'imap.server_bug': {
    actor: 'server',
    area: 'mailbox',
    confidence: 'certain',
    title: (say) => `${server(say)} reports an error of its own`,
    detail: quoted,
    nextStep: () => 'Whoever runs the server must look at its log at this time.',
  },
  'imap.privacy_required': {
    actor: 'device',
    area: 'auth',
    confidence: 'certain',
    title: (say) => `${server(say)} wants encryption before the password`,
    detail: quoted,
    nextStep: () =>
      'Change the connection security in the settings to TLS (port 993) or STARTTLS, then run this again.',
  },
  'imap.contact_admin': {
    actor: 'account',
    area: 'auth',
    confidence: 'certain',
    title: () => 'The server asks that the administrator be contacted about this account',
    detail: quoted,
    nextStep: () =>
      'The administrator of the mailbox must look at the account: it may be locked, moved, or waiting for something.',
  },
  'imap.web_login_required': {
    actor: 'account',
    area: 'auth',
    confidence: 'certain',
    title: () => 'The provider wants the user to sign in with a browser first',
    detail: quoted,
    nextStep: () =>
      'The user must sign in to webmail once, confirm the security prompt, then run this again.',
  },
  'imap.account_disabled': {
    actor: 'account',
    area: 'auth',
    confidence: 'certain',
    title: () => 'The account is locked or switched off',
    detail: quoted,
    nextStep: () =>
      'The administrator must unlock or re-enable the account; a new password alone does not help.',
  },
  'imap.not_enabled': {
    actor: 'account',
    area: 'auth',
    confidence: 'certain',
    title: () => 'IMAP is switched off for this mailbox',
    detail: quoted,
    nextStep: () =>
      'The administrator (or the user, in webmail’s settings) must switch IMAP on for this mailbox.',
  },
  'imap.password_expired': {
    actor: 'account',
    area: 'auth',
    confidence: 'certain',
    title: () => 'The password has expired',
    detail: quoted,
    nextStep: () =>
      'The user must set a new password at the provider, and enter it on every device; then run this again.',
  },
  'imap.app_password_needed': {
    actor: 'account',
    area: 'auth',
    confidence: 'certain',
    title: () => 'This account needs an app password',
    detail: (say) => `Two-step sign-in is on, so the ordinary password is refused. ${quoted(say)}`,
    nextStep: () =>
      'The user must make an app password in the security settings of the account and enter it here, or sign in with OAuth.',
  },
  'imap.oauth_needed': {
    actor: 'account',
    area: 'auth',
    confidence: 'likely',
    title: () => 'The server no longer accepts passwords; it wants OAuth',
    detail: quoted,
    nextStep: () =>
      'Set the mailbox to OAuth 2 sign-in and use a mail program that supports it. A new password does not help.',
  },
  'imap.token_refused': {
    actor: 'account',
    area: 'auth',
    confidence: 'certain',
    title: () => 'The server refuses the sign-in token',
    detail: (say) => `It has expired, was withdrawn, or is for another mailbox or purpose. ${quoted(say)}`,
    nextStep: (say) =>
      `Sign in again to get a new token${say('scopeHint', '')}, as the owner of this mailbox, then run this again.`,
  },
  'imap.not_authorised': {
    actor: 'account',
    area: 'auth',
    confidence: 'certain',
    title: () => 'The password is right, but this user may not open this mailbox',
    detail: quoted,
    nextStep: () =>
      'The administrator must give this user access to the mailbox, or the user name in the settings must be the mailbox’s own.',
  },
  'imap.auth_failed': {
    actor: 'account',
    area: 'auth',
    confidence: 'certain',
    title: () => 'The server refuses the user name or the password',
    detail: quoted,
    nextStep: (say) =>
      `Check the user name (${say('username', 'in the settings')}) first, then set the password again. If it works in webmail, the account may need an app password.`,
  },
  'imap.alert': {
    actor: 'account',
    area: 'mailbox',
    confidence: 'certain',
    title: () => 'The server has a message that the user must read',
    detail: quoted,
    nextStep: () => 'Do what the message says, or ask the administrator of the mailbox what is meant.',
  },
  'secret.missing': {
    actor: 'account',
    area: 'auth',
    confidence: 'certain',
    title: () => 'There is no password for this mailbox on this computer',
    detail: () => 'Everything up to sign-in was looked at; sign-in itself could not be tried.',
    nextStep: () => 'Enter the password or the token of the mailbox, then run this again.',
  },
} as const satisfies Record<string, CatalogueEntry>
