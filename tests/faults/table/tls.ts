import { finds, scripted, type Fault } from '../fault.ts'
import { answer, cut, garbage, reset, stall, type Act } from '../kit/acts.ts'

const settings = (security: 'tls' | 'starttls' | 'none') => ({ security }) as const

/** Agrees to STARTTLS and puts words of its own behind the agreement, still in the clear (CVE-2011-0411 and kin). */
const injectWords: Act = ({ wire, tag }) =>
  wire.say(`${tag} OK begin TLS`, '* CAPABILITY IMAP4rev1 AUTH=PLAIN X-INJECTED')

/** Agrees to STARTTLS and then does this instead of a handshake. */
const thenInstead =
  (agreement: string, act: Act): Act =>
  async (call) => {
    await answer(agreement)(call)
    await call.wire.bytes(1)
    await act(call)
  }

const imapCapabilities = (capabilities: string): Act => answer(`* CAPABILITY ${capabilities}`, '% OK done')

/** Encryption. */
export const tlsFaults: readonly Fault[] = [
  scripted(
    'The certificate of the IMAP server has expired',
    { imap: { certificate: 'expired' } },
    finds('tls.expired', 'server'),
  ),
  scripted(
    'The certificate of the submission server has expired (STARTTLS)',
    { smtp: { certificate: 'expired', security: 'starttls' } },
    finds('tls.expired', 'server'),
  ),
  scripted(
    'The certificate is valid only from next week on',
    { imap: { certificate: 'not_yet_valid' } },
    finds('tls.not_yet_valid', 'server'),
  ),
  scripted(
    'The certificate is for another server name',
    { imap: { certificate: 'wrong_name' } },
    finds('tls.name_mismatch', 'server'),
  ),
  scripted(
    'The certificate of the submission server is for another name',
    { smtp: { certificate: 'wrong_name' } },
    finds('tls.name_mismatch', 'server'),
  ),
  scripted(
    'The certificate vouches for itself',
    { imap: { certificate: 'self_signed' } },
    finds('tls.self_signed', 'server'),
  ),
  scripted(
    'The certificate comes from an authority that nobody knows',
    { imap: { certificate: 'unknown_authority' } },
    finds('tls.untrusted_chain', 'server'),
  ),
  scripted(
    'The server does not send its intermediate certificate',
    { imap: { certificate: 'missing_intermediate' } },
    finds('tls.incomplete_chain', 'server'),
  ),
  scripted(
    'A firewall opens the encrypted connection and signs with its own authority',
    { imap: { certificate: 'intercepted' }, smtp: { certificate: 'intercepted' } },
    finds('tls.intercepted', 'network'),
  ),
  scripted(
    'The certificate is one for clients',
    { imap: { certificate: 'for_clients' } },
    finds('tls.bad_certificate', 'server'),
  ),
  scripted(
    'The certificate expires in three days',
    { imap: { certificate: 'expires_soon' } },
    finds('tls.expires_soon', 'server'),
  ),
  scripted(
    'The certificate has an RSA key of 1024 bits',
    { imap: { certificate: 'weak_key', tls: { ciphers: 'DEFAULT:@SECLEVEL=0' } } },
    finds('tls.weak_key', 'server'),
  ),
  scripted(
    'The server speaks TLS 1.1 at most',
    { imap: { tls: { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' } } },
    finds('tls.old_version', 'server'),
  ),
  scripted(
    'The settings say TLS, the IMAP port wants STARTTLS',
    { imap: settings('starttls'), subject: { imap: 'tls' } },
    finds('tls.plaintext_on_tls_port', 'device'),
  ),
  scripted(
    'The settings say STARTTLS, the IMAP port wants TLS at once',
    { imap: settings('tls'), subject: { imap: 'starttls' } },
    finds('tls.tls_on_plaintext_port', 'device'),
  ),
  scripted(
    'The settings say STARTTLS, the SMTP port wants TLS at once',
    { smtp: settings('tls'), subject: { smtp: 'starttls' } },
    finds('tls.tls_on_plaintext_port', 'device'),
  ),
  scripted(
    'The settings say no encryption, the IMAP port wants TLS at once',
    { imap: settings('tls'), subject: { imap: 'none' } },
    finds('tls.tls_on_plaintext_port', 'device'),
  ),
  scripted(
    'The settings say TLS, the SMTP port wants STARTTLS',
    { smtp: settings('starttls'), subject: { smtp: 'tls' } },
    finds('tls.plaintext_on_tls_port', 'device'),
  ),
  scripted(
    'The settings say no encryption, and the servers allow it',
    { imap: settings('none'), smtp: settings('none') },
    finds('tls.not_used', 'device'),
  ),
  scripted(
    'A firewall overwrites the offer of STARTTLS in the IMAP capabilities',
    {
      imap: {
        ...settings('starttls'),
        greeting: answer('* OK ready'),
        on: { CAPABILITY: imapCapabilities('IMAP4rev1 XXXXXXXX AUTH=PLAIN') },
      },
    },
    finds('tls.starttls_stripped', 'network'),
  ),
  scripted(
    'A firewall overwrites the offer of STARTTLS in the EHLO answer',
    {
      smtp: {
        ...settings('starttls'),
        offersStartTls: false,
        keywords: ['SIZE 52428800', 'XXXXXXXA', 'AUTH PLAIN'],
      },
    },
    finds('tls.starttls_stripped', 'network'),
  ),
  scripted(
    'The server wants encryption before the password, and the offer of it is taken out',
    {
      imap: {
        ...settings('starttls'),
        offersStartTls: false,
        capabilities: ['IMAP4rev1', 'LOGINDISABLED'],
      },
    },
    finds('tls.starttls_stripped', 'network'),
  ),
  scripted(
    'The server offers STARTTLS and then refuses it',
    { imap: { ...settings('starttls'), on: { STARTTLS: answer('% NO TLS is not available') } } },
    finds('tls.starttls_failed', 'server'),
  ),
  scripted(
    'The submission server offers STARTTLS and has no certificate (454)',
    {
      smtp: {
        ...settings('starttls'),
        on: { STARTTLS: answer('454 4.7.0 TLS not available due to local problem') },
      },
    },
    finds('tls.starttls_failed', 'server'),
  ),
  scripted(
    'After STARTTLS the handshake is answered with garbage',
    { imap: { ...settings('starttls'), on: { STARTTLS: thenInstead('% OK begin TLS', garbage) } } },
    finds('tls.starttls_failed', 'server'),
  ),
  scripted(
    'After STARTTLS the submission server hangs up',
    { smtp: { ...settings('starttls'), on: { STARTTLS: thenInstead('220 2.0.0 Ready', cut()) } } },
    finds('tls.starttls_failed', 'server'),
  ),
  scripted(
    'The server puts words of its own behind the STARTTLS agreement',
    { imap: { ...settings('starttls'), on: { STARTTLS: injectWords } } },
    finds('tls.starttls_injection', 'server'),
  ),
  scripted(
    'The TLS handshake is reset',
    { imap: { onConnect: thenInstead('', reset) } },
    finds('tls.handshake_failed', 'server'),
  ),
  scripted(
    'The TLS handshake is never answered',
    { imap: { onConnect: stall } },
    finds('tls.timed_out', 'server'),
  ),
]
