import { healthy, scripted, type Fault } from '../fault.ts'
import { answer, later } from '../kit/acts.ts'

const everything = { appendProbe: true, roundTrip: true }

/** Nothing is wrong with these, however unusual they are. */
export const healthySetups: readonly Fault[] = [
  scripted('IMAP and SMTP with TLS from the first byte', {}, healthy),
  scripted(
    'IMAP with STARTTLS and submission with STARTTLS',
    { imap: { security: 'starttls' }, smtp: { security: 'starttls' } },
    healthy,
  ),
  scripted('TLS, with a stored message and a round trip', { options: everything }, healthy),
  scripted(
    'STARTTLS, with a stored message and a round trip',
    { imap: { security: 'starttls' }, smtp: { security: 'starttls' }, options: everything },
    healthy,
  ),
  scripted(
    'A chain with an intermediate certificate',
    { imap: { certificate: 'with_intermediate' }, smtp: { certificate: 'with_intermediate' } },
    healthy,
  ),
  scripted(
    'The servers speak TLS 1.2 only',
    { imap: { tls: { maxVersion: 'TLSv1.2' } }, smtp: { tls: { maxVersion: 'TLSv1.2' } } },
    healthy,
  ),
  scripted(
    'An IMAP server with the least that is allowed beside IDLE and special use',
    { imap: { greeting: answer('* OK hello'), capabilities: ['IMAP4rev1', 'IDLE', 'SPECIAL-USE'] } },
    healthy,
  ),
  scripted('A submission server that offers LOGIN only', { smtp: { keywords: ['AUTH LOGIN'] } }, healthy),
  scripted(
    'A submission server with a banner of several lines',
    { smtp: { greeting: answer('220-smtp.harbour.example ESMTP', '220-No unsolicited mail', '220 ready') } },
    healthy,
  ),
  scripted(
    'Sign-in by token (XOAUTH2)',
    {
      subject: { signIn: 'xoauth2' },
      imap: { capabilities: ['IMAP4rev1', 'SASL-IR', 'IDLE', 'SPECIAL-USE', 'NAMESPACE', 'AUTH=XOAUTH2'] },
    },
    healthy,
  ),
  scripted(
    'A password with quotes, a backslash and letters of other alphabets, by SASL',
    { secret: 'pört "side" \\ пароль 密码' },
    healthy,
  ),
  scripted(
    'The same password by LOGIN, because the server has no SASL',
    {
      secret: 'pört "side" \\ пароль 密码',
      imap: { capabilities: ['IMAP4rev1', 'IDLE', 'SPECIAL-USE'] },
      smtp: { keywords: ['AUTH LOGIN'] },
    },
    healthy,
  ),
  scripted(
    'Servers that take a second before they greet',
    {
      imap: { greeting: later('* OK slow and well') },
      smtp: { greeting: later('220 smtp.harbour.example ESMTP') },
    },
    healthy,
  ),
  scripted(
    'Plenty of room in the mailbox',
    { imap: { quota: { usedKb: 52_428, limitKb: 1_048_576 } } },
    healthy,
  ),
  scripted(
    'Folder names in another language, marked by the server',
    {
      folders: [
        ['INBOX', ''],
        ['Gesendet', '\\Sent'],
        ['Entw&APw-rfe', '\\Drafts'],
        ['Spam', '\\Junk'],
        ['Papierkorb', '\\Trash'],
        ['Archiv', '\\Archive'],
      ],
    },
    healthy,
  ),
]
