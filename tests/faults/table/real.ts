import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { finds, healthy, real, type Fault } from '../fault.ts'
import { account } from '../kit/settings.ts'
import { writeOwned } from '../kit/owned-file.ts'
import type { Dovecot } from '../../helpers/servers/dovecot.ts'

const everything = { appendProbe: true, roundTrip: true }

/** A rule of the mailbox (RFC 5228), as a mail program or a burglar sets it up. */
const sieve = (script: string) => (dovecot: Dovecot) =>
  writeOwned(join(dovecot.maildirOf(account.username), '..', '.dovecot.sieve'), script)

/** Another mail program that stays signed in. */
async function anotherProgram(dovecot: Dovecot): Promise<AsyncDisposable> {
  const socket = connect(dovecot.ports.imap, dovecot.host)
  socket.write(`a LOGIN ${account.username} ${account.password}\r\n`)
  for (let said = ''; !said.includes('a OK');) said += String(((await once(socket, 'data')) as [Buffer])[0])
  return {
    async [Symbol.asyncDispose]() {
      if (socket.closed) return
      socket.destroy()
      await once(socket, 'close')
    },
  }
}

/** Dovecot and Postfix as they are found in companies. */
export const realFaults: readonly Fault[] = [
  real(
    'Dovecot: the password is wrong',
    { user: { password: 'another' } },
    finds('imap.auth_failed', 'account'),
  ),
  real(
    'Dovecot: the mailbox is over its quota',
    { user: { quotaBytes: 4_000 }, messages: 10 },
    finds('imap.over_quota', 'account'),
  ),
  real(
    'Dovecot wants TLS, and the settings have none',
    // Dovecot takes a client that comes from the server's own address for a local one, and trusts it.
    {
      security: 'none',
      dovecot: { tls: 'required', extraConfig: 'listen = 127.0.0.1, 127.0.0.2' },
      zone: ['imap.harbour.example A 127.0.0.2'],
    },
    finds('imap.login_disabled', 'device'),
  ),
  real(
    'Dovecot marks no folders',
    { dovecot: { specialFolders: {} } },
    finds('imap.special_use_missing', 'device'),
  ),
  real(
    'Dovecot allows one connection, and another program has it',
    { dovecot: { maxConnectionsPerUser: 1 }, prepare: anotherProgram },
    finds('imap.too_many_connections', 'account'),
  ),
  real(
    'Dovecot and Postfix with an expired certificate',
    { certificate: 'expired' },
    finds('tls.expired', 'server'),
  ),
  real(
    'Postfix does not know the recipient',
    { postfix: { recipients: ['ben@harbour.example'] } },
    finds('smtp.recipient_refused', 'sender'),
  ),
  real(
    'Postfix takes the user for a stranger',
    {
      postfix: {
        domain: 'other.example',
        extraConfig: 'smtpd_relay_restrictions = reject_unauth_destination',
      },
    },
    finds('smtp.relay_denied', 'device'),
  ),
  real(
    'Postfix does not let the user send as this address',
    {
      postfix: {
        extraConfig:
          'smtpd_sender_login_maps = static:ben@harbour.example\nsmtpd_sender_restrictions = reject_sender_login_mismatch',
      },
    },
    finds('smtp.sender_refused', 'sender'),
  ),
  real(
    'Postfix takes only tiny messages',
    { postfix: { extraConfig: 'message_size_limit = 10240' } },
    finds('smtp.size_limit', 'sender'),
  ),
  real(
    'Postfix offers STARTTLS and has no certificate',
    {
      security: 'starttls',
      postfix: {
        extraConfig: 'smtpd_tls_cert_file = /nonexistent.pem\nsmtpd_tls_key_file = /nonexistent.pem',
      },
    },
    finds('tls.starttls_failed', 'server'),
  ),
  real(
    'Postfix has lost its connection to the sign-in service',
    { postfix: { extraConfig: 'smtpd_sasl_path = /nonexistent' } },
    finds('smtp.closed_early', 'server'),
  ),
  real(
    'Postfix refuses every client by a rule',
    { postfix: { submissionOverrides: ['smtpd_client_restrictions=reject', 'smtpd_delay_reject=no'] } },
    finds('smtp.banner_refused', 'server'),
  ),
  real(
    'A Sieve rule moves the mail to another folder',
    { prepare: sieve('require "fileinto";\nfileinto "Archive";\n'), options: { roundTrip: true } },
    finds('roundtrip.in_other_folder', 'account'),
  ),
  real(
    'A Sieve filter takes the mail for junk',
    { prepare: sieve('require "fileinto";\nfileinto "Junk";\n'), options: { roundTrip: true } },
    finds('roundtrip.in_junk', 'domain_owner'),
  ),
  real(
    'A Sieve rule throws the mail away',
    { prepare: sieve('discard;\n'), options: { roundTrip: true } },
    finds('roundtrip.lost', 'server'),
  ),
]

/** Dovecot and Postfix in order. */
export const realHealthySetups: readonly Fault[] = [
  real('Dovecot and Postfix with TLS, a stored message and a round trip', { options: everything }, healthy),
  real(
    'Dovecot and Postfix with STARTTLS, a stored message and a round trip',
    { security: 'starttls', options: everything },
    healthy,
  ),
]
