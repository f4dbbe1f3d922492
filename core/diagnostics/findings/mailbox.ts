import type { CatalogueEntry } from './entry.ts'
import { quoted } from './entry.ts'

/** What is inside the mailbox, after sign-in. */
export const mailboxFindings = {
  'imap.authenticated_not_connected': {
    actor: 'account',
    area: 'mailbox',
    confidence: 'likely',
    title: () => 'The sign-in was accepted, but no mailbox is behind it',
    detail: (say) =>
      `Exchange answers so when the licence or the mailbox is missing, when a delegate lacks permission, and after a wrong password. ${quoted(say)}`,
    nextStep: () =>
      'The administrator must check the licence and the permissions of the mailbox; then set the password again.',
  },
  'imap.inbox_missing': {
    actor: 'server',
    area: 'mailbox',
    confidence: 'certain',
    title: () => 'The mailbox has no inbox',
    detail: (say) => `The server signs the user in and then does not know INBOX. ${quoted(say)}`,
    nextStep: () =>
      'Whoever runs the server must repair or create the mailbox; ask first whether it was moved to another server.',
  },
  'imap.in_use': {
    actor: 'account',
    area: 'mailbox',
    confidence: 'certain',
    title: () => 'Another program holds the mailbox',
    detail: quoted,
    nextStep: () =>
      'Close other mail programs of this mailbox and wait a few minutes; a backup or a move may be under way.',
  },
  'imap.corrupted': {
    actor: 'server',
    area: 'mailbox',
    confidence: 'certain',
    title: () => 'The mailbox is damaged on the server',
    detail: quoted,
    nextStep: () => 'Do not delete anything. Whoever runs the server must repair the mailbox or restore it.',
  },
  'imap.inbox_unreadable': {
    actor: 'server',
    area: 'mailbox',
    confidence: 'certain',
    title: () => 'The inbox cannot be opened',
    detail: quoted,
    nextStep: () => 'Whoever runs the server must check the permissions and the state of this mailbox.',
  },
  'imap.inbox_read_only': {
    actor: 'server',
    area: 'mailbox',
    confidence: 'certain',
    title: () => 'The inbox can be read but not changed',
    detail: () => 'The server opens it READ-ONLY: nothing can be marked, moved or deleted.',
    nextStep: () =>
      'The administrator must check the permissions of the mailbox; a hold, a move or a full disk also does this.',
  },
  'imap.no_folders': {
    actor: 'account',
    area: 'mailbox',
    confidence: 'likely',
    title: () => 'The sign-in works, but the server shows no folder',
    detail: () =>
      'LIST came back empty. The wrong user may be signed in, IMAP may be off, or the licence missing.',
    nextStep: () => 'The administrator must check which user this is, whether IMAP is on, and the licence.',
  },
  'imap.session_failed': {
    actor: 'server',
    area: 'mailbox',
    confidence: 'likely',
    title: (say) => `${say('host', 'The server')} fails after the sign-in`,
    detail: (say) => `It answered ${say('command', 'the next command')} with: “${say('text', 'nothing')}”.`,
    nextStep: () => 'Try again once. If it stays so, whoever runs the server must look at its log.',
  },
  'imap.over_quota': {
    actor: 'account',
    area: 'mailbox',
    confidence: 'certain',
    title: () => 'The mailbox is full',
    detail: (say) => `${say('usage', 'Its quota is used up')}. New mail is turned away until there is room.`,
    nextStep: () =>
      'Archive or delete large and old mail (and empty the bin), or let the administrator raise the quota.',
  },
  'imap.append_refused': {
    actor: 'server',
    area: 'mailbox',
    confidence: 'certain',
    title: () => 'The server does not let a message be stored in this mailbox',
    detail: quoted,
    nextStep: () =>
      'Whoever runs the server must check the permissions, the size limits and the disk of this mailbox.',
  },
  'imap.append_lost': {
    actor: 'server',
    area: 'mailbox',
    confidence: 'certain',
    title: () => 'The server loses or alters a message that is stored in this mailbox',
    detail: (say) => `A small test message was accepted, and then ${say('text', 'not found again')}.`,
    nextStep: () =>
      'Whoever runs the server must check the storage of this mailbox now; keep a copy of important mail.',
  },
  'imap.cleanup_failed': {
    actor: 'account',
    area: 'mailbox',
    confidence: 'certain',
    title: () => 'A test message could not be removed again',
    detail: (say) =>
      `“${say('subject', 'The test message')}” is still in ${say('folder', 'the mailbox')}: ${say('text', 'the server refused')}.`,
    nextStep: () => 'Delete it by hand; nothing else was changed.',
  },
  'imap.quota_nearly_full': {
    actor: 'account',
    area: 'mailbox',
    confidence: 'certain',
    title: (say) => `The mailbox is ${say('percent', 'nearly 100')} % full`,
    detail: (say) => `${say('usage', 'Little room is left')}. Once it is full, new mail is turned away.`,
    nextStep: () => 'Archive or delete large and old mail, or let the administrator raise the quota.',
  },
  'imap.special_use_doubled': {
    actor: 'server',
    area: 'mailbox',
    confidence: 'certain',
    title: (say) => `There are several folders for ${say('roles', 'the same purpose')}`,
    detail: (say) =>
      `The server marks ${say('folders', 'more than one folder')} alike, so programs put mail into different ones.`,
    nextStep: () =>
      'The administrator should leave the mark on one of them; move the mail of the others there.',
  },
  'imap.special_use_missing': {
    actor: 'device',
    area: 'mailbox',
    confidence: 'certain',
    title: (say) => `The server does not say which folder is for ${say('roles', 'some purposes')}`,
    detail: () => 'Programs then guess by name, or make a second folder in another language.',
    nextStep: () => 'Choose these folders by hand in the settings of each mail program.',
  },
  'imap.idle_missing': {
    actor: 'server',
    area: 'mailbox',
    confidence: 'certain',
    title: () => 'New mail is not announced at once',
    detail: () =>
      'The server does not have IDLE (RFC 2177): programs see new mail only when they look, often every 15 minutes.',
    nextStep: () => 'Let the mail program look more often; whoever runs the server can switch IDLE on.',
  },
  'imap.idle_broken': {
    actor: 'server',
    area: 'mailbox',
    confidence: 'certain',
    title: () => 'The server announces IDLE and then does not do it',
    detail: quoted,
    nextStep: () => 'Switch push off in the mail program for now; whoever runs the server must repair IDLE.',
  },
} as const satisfies Record<string, CatalogueEntry>
