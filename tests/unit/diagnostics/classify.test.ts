import { describe, expect, test } from 'vitest'
import {
  backOffOf,
  classifyImapRefusal,
  classifyImapSignIn,
} from '../../../core/diagnostics/classify-imap.ts'
import { classifySmtpRefusal } from '../../../core/diagnostics/classify-smtp.ts'
import type { SmtpPhase } from '../../../core/diagnostics/classify-smtp.ts'
import { parseImapStatus } from '../../../core/diagnostics/imap-reply.ts'
import { parseSmtpReply } from '../../../core/diagnostics/smtp-reply.ts'

describe('What servers say, as findings', () => {
  test.each([
    ['NO [AUTHENTICATIONFAILED] Authentication failed.', 'imap.auth_failed'],
    ['NO LOGIN failed.', 'imap.auth_failed'],
    ['NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)', 'imap.auth_failed'],
    ['NO [EXPIRED] x', 'imap.password_expired'],
    ['NO [ALERT] Application-specific password required', 'imap.app_password_needed'],
    ['NO [WEBALERT https://x] Web login required.', 'imap.web_login_required'],
    ['NO Server Unavailable. 15', 'imap.oauth_needed'],
    ['NO [UNAVAILABLE] Temporary authentication failure.', 'imap.unavailable'],
    ['NO Temporary authentication failure', 'imap.unavailable'],
    ['NO [ALERT] Read this', 'imap.alert'],
    ['NO [CONTACTADMIN] x', 'imap.contact_admin'],
    ['NO [CONTACTADMIN] IMAP is disabled for this account.', 'imap.not_enabled'],
    ['NO [LIMIT] x', 'imap.too_many_connections'],
    ['BAD Request is throttled. Suggested Backoff Time: 1000 milliseconds', 'imap.throttled'],
    ['BAD User is authenticated but not connected.', 'imap.authenticated_not_connected'],
  ])('IMAP sign-in: %s is %s', (line, code) => {
    expect(classifyImapSignIn(parseImapStatus(line)!, 'password')).toBe(code)
  })

  test('a token that is refused is not called a wrong password', () => {
    expect(classifyImapSignIn(parseImapStatus('NO [AUTHENTICATIONFAILED] failed')!, 'token')).toBe(
      'imap.token_refused',
    )
  })

  test('words after sign-in that settle nothing leave the general finding', () => {
    expect(classifyImapRefusal(parseImapStatus('NO Who knows')!, 'imap.session_failed')).toBe(
      'imap.session_failed',
    )
  })

  test.each([
    ['Suggested Backoff Time: 43217 milliseconds', '44 seconds'],
    ['Backoff Time: 600000', '10 minutes'],
    ['later', null],
  ])('%s asks to wait %s', (text, words) => {
    expect(backOffOf(text)).toBe(words)
  })

  test.each<[SmtpPhase, string, string]>([
    ['auth', '535 5.7.8 Error: authentication failed', 'smtp.auth_failed'],
    ['auth', '535 5.7.3 Authentication unsuccessful', 'smtp.auth_failed'],
    [
      'auth',
      '535 5.7.139 Authentication unsuccessful, basic authentication is disabled.',
      'smtp.oauth_needed',
    ],
    ['auth', '454 4.7.0 Temporary authentication failure', 'smtp.auth_unavailable'],
    ['auth', '432 4.7.12 A password transition is needed', 'smtp.password_expired'],
    ['mail', '550 5.7.60 Client does not have permissions to send as this sender', 'smtp.sender_refused'],
    ['mail', '530 5.7.0 Must issue a STARTTLS command first', 'smtp.encryption_required'],
    ['mail', '530 5.7.1 Authentication required', 'smtp.relay_denied'],
    ['rcpt', '552 5.2.2 over quota', 'smtp.mailbox_full'],
    ['rcpt', '550 5.1.1 User unknown', 'smtp.recipient_refused'],
    ['rcpt', '553 5.7.1 <a@b>: Sender address rejected: not owned by user', 'smtp.sender_refused'],
    ['rcpt', '450 4.7.1 try again', 'smtp.greylisted'],
    ['data', '554 5.7.1 Spam', 'smtp.policy_refused'],
    ['data', '552 5.3.4 Message too big', 'smtp.size_limit'],
    ['data', '550 5.6.0 What is this', 'smtp.refused'],
    ['banner', '554 go away', 'smtp.banner_refused'],
  ])('SMTP %s: %s is %s', (phase, line, code) => {
    expect(classifySmtpRefusal(parseSmtpReply([line])!, phase)).toBe(code)
  })

  test('a token that is refused for sending is not called a wrong password', () => {
    expect(classifySmtpRefusal(parseSmtpReply(['535 5.7.8 no'])!, 'auth', 'token')).toBe('smtp.token_refused')
  })
})
