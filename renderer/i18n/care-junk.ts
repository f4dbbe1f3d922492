import type { Recovery } from '../../core/care/junk-endpoints.ts'
import { plural } from './format.ts'

const messages = { one: 'message', other: 'messages' }

/** Words of looking through junk. */
export const junkWords = {
  title: 'Find mail in junk',
  lead: 'Looks through the junk folders of one or many mailboxes, says why the filter put a message there as far as its headers tell, and moves it back with the reason kept.',
  criteria: 'What is missing',
  from: 'Sender',
  fromHint: 'An address or a domain, or part of one.',
  subject: 'Words of the subject',
  subjectHint: 'As they stand there, in this order.',
  messageId: 'Message-ID',
  messageIdHint: 'If the sender can tell it.',
  where: 'Where to look',
  oneMailbox: 'One mailbox',
  allMailboxes: 'All mailboxes',
  mailbox: 'Mailbox',
  mailboxHint: 'Whose junk folders to look through.',
  mailboxPlaceholder: 'Type a name or an address',
  noMailbox: 'No mailbox is connected yet. Connect one under People.',
  find: 'Look through junk',
  found: 'Found',
  nothingTitle: 'Nothing was found',
  nothingText:
    'The message is in no junk folder that was looked through. It may not have arrived: diagnose the mailbox, or ask the sender for a bounce.',
  diagnose: 'Diagnose the mailbox',
  startTitle: 'Nothing was looked for yet',
  startText: 'Say who it came from or what it was about. Nothing changes until you move a message.',
  looking: 'Still looking',
  looked: (address: string, folders: readonly string[]) =>
    folders.length === 0 ? `${address}: it has no junk folder` : `${address}: ${folders.join(', ')}`,
  more: (found: number) => `${plural(found, messages)} match; the newest are listed.`,
  columns: {
    choose: 'Take',
    subject: 'Subject',
    from: 'From',
    date: 'Date',
    folder: 'Folder',
    why: 'Why it is in junk',
    state: 'State',
    reason: 'Reason',
    act: 'Way back',
  },
  choose: (subject: string) => `Choose “${subject}”`,
  noSigns: 'The headers do not say',
  signs: 'Why the filter put it here, as its headers say',
  noSignsText: 'No header says why. The server or the owner’s own rule may have moved it.',
  header: 'Header of the message',
  headerCut: 'The first 64 kB are shown.',
  preview: 'Read-only preview. Only headers are read; the message stays unread.',
  chooseToSee: 'Choose a message to see its headers.',
  noSubject: '(no subject)',
  moveTo: (count: number) => `Move ${plural(count, messages)} back`,
  moveTitle: 'Move out of junk',
  target: 'To folder',
  reason: 'Why it is not junk',
  reasonHint:
    'Kept here, and with the ticket if there is one: “invoice of a known supplier, asked for by Ana”.',
  tellFilter: 'Tell the server’s filter',
  tellFilterHint:
    'Takes the keyword $Junk off and sets $NotJunk, where the server keeps keywords. Some filters learn from it.',
  withTicket: 'The ticket gets a note of it as evidence.',
  moved: (count: number) => `${plural(count, messages)} moved out of junk.`,
  notMovedTitle: 'Not every message was moved',
  notMoved: 'The list “Moved out of junk” says why.',
  recoveries: 'Moved out of junk',
  noRecoveries:
    'None yet. Each message that is moved back is listed with its reason, and can be moved into junk again.',
  undo: 'Move back to junk',
  undone: 'Moved back to where it was.',
  toTicket: 'Go to the ticket',
} as const

/** What became of a recovery. */
export const recoveryStateWords: Readonly<Record<Recovery['state'], string>> = {
  moving: 'Not known whether it moved',
  moved: 'Moved',
  copied: 'Copied; the original is marked as deleted',
  failed: 'Not moved',
  undone: 'Moved back',
}
