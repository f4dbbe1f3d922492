import { finds, scripted, type Expected, type Fault } from '../fault.ts'
import { answer, cut, endlessLines, stall, type Act } from '../kit/acts.ts'
import { healthyFolders } from '../kit/mail-store.ts'

const inside = (name: string, on: Readonly<Record<string, Act>>, expected: Expected) =>
  scripted(name, { imap: { on } }, expected)
const selects = (name: string, words: string, expected: Expected) =>
  inside(name, { SELECT: answer(words), EXAMINE: answer(words) }, expected)

/** After sign-in. */
export const mailboxFaults: readonly Fault[] = [
  inside(
    'Exchange signs the user in, but there is no mailbox behind it',
    Object.fromEntries(
      ['LIST', 'SELECT', 'EXAMINE', 'NAMESPACE', 'STATUS'].map((name) => [
        name,
        answer('% BAD User is authenticated but not connected.'),
      ]),
    ),
    finds('imap.authenticated_not_connected', 'account'),
  ),
  selects(
    'The mailbox has no inbox',
    '% NO [NONEXISTENT] Unknown Mailbox: INBOX',
    finds('imap.inbox_missing', 'server'),
  ),
  selects(
    'Another program holds the mailbox',
    '% NO [INUSE] Mailbox is locked by another process',
    finds('imap.in_use', 'account'),
  ),
  selects(
    'The mailbox is damaged',
    '% NO [CORRUPTION] Index is corrupted',
    finds('imap.corrupted', 'server'),
  ),
  selects(
    'The inbox cannot be opened',
    '% NO [NOPERM] Permission denied',
    finds('imap.inbox_unreadable', 'server'),
  ),
  inside(
    'The inbox is read-only',
    {
      SELECT: answer('* 0 EXISTS', '* OK [UIDVALIDITY 7] ok', '* OK [UIDNEXT 1] ok', '% OK [READ-ONLY] done'),
    },
    finds('imap.inbox_read_only', 'server'),
  ),
  inside(
    'The server shows no folder',
    { LIST: answer('% OK done'), LSUB: answer('% OK done') },
    finds('imap.no_folders', 'account'),
  ),
  inside(
    'The connection is cut right after the sign-in',
    { NAMESPACE: cut(), LIST: cut(), SELECT: cut(), EXAMINE: cut() },
    finds('imap.session_failed', 'server'),
  ),
  inside('The inbox is never opened', { SELECT: stall, EXAMINE: stall }, finds('imap.stalled', 'server')),
  inside(
    'The list of folders never ends',
    { LIST: endlessLines('* LIST (\\HasNoChildren) "/" "Folder"') },
    finds('imap.breaks_protocol', 'server'),
  ),
  scripted(
    'The mailbox is full',
    { imap: { quota: { usedKb: 1_048_576, limitKb: 1_048_576 } } },
    finds('imap.over_quota', 'account'),
  ),
  scripted(
    'The mailbox is nearly full',
    { imap: { quota: { usedKb: 1_000_000, limitKb: 1_048_576 } } },
    finds('imap.quota_nearly_full', 'account'),
  ),
  scripted(
    'The server marks no folder for sent mail',
    { folders: healthyFolders.map(([name]) => [name, ''] as const) },
    finds('imap.special_use_missing', 'device'),
  ),
  scripted(
    'Two folders are marked for sent mail',
    { folders: [...healthyFolders, ['Gesendet', '\\Sent']] },
    finds('imap.special_use_doubled', 'server'),
  ),
  scripted(
    'The server has no IDLE',
    { imap: { capabilities: ['IMAP4rev1', 'NAMESPACE', 'SPECIAL-USE', 'UIDPLUS', 'QUOTA', 'AUTH=PLAIN'] } },
    finds('imap.idle_missing', 'server'),
  ),
  inside(
    'The server announces IDLE and refuses it',
    { IDLE: answer('% BAD IDLE not implemented') },
    finds('imap.idle_broken', 'server'),
  ),
  scripted(
    'The server lets no message be stored',
    {
      imap: { on: { APPEND: answer('% NO [CANNOT] Maximum size of appendable message has been exceeded.') } },
      options: { appendProbe: true },
    },
    finds('imap.append_refused', 'server'),
  ),
  scripted(
    'The server is full when a message is stored',
    {
      imap: { on: { APPEND: answer('% NO [OVERQUOTA] Quota exceeded (mailbox for user is full)') } },
      options: { appendProbe: true },
    },
    finds('imap.over_quota', 'account'),
  ),
  scripted(
    'The server accepts a message and loses it',
    { imap: { on: { APPEND: answer('% OK [APPENDUID 7 1] done') } }, options: { appendProbe: true } },
    finds('imap.append_lost', 'server'),
  ),
  scripted(
    'The server does not delete the test message',
    {
      imap: {
        on: Object.fromEntries(
          ['UID STORE', 'UID EXPUNGE', 'EXPUNGE', 'UID MOVE'].map((name) => [
            name,
            answer('% NO [NOPERM] Permission denied'),
          ]),
        ),
      },
      options: { appendProbe: true },
    },
    finds('imap.cleanup_failed', 'account'),
  ),
]
