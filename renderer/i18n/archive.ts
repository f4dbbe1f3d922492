import type { ArchiveState, ExportFormat } from '../../core/archive/types.ts'
import { formatBytes, formatCount, plural } from './format.ts'

const messages = { one: 'message', other: 'messages' }

/** "1,204 messages". */
export const countMessages = (count: number): string => plural(count, messages)

/** What to do about an archive that cannot be used now; the others say it themselves, or need nothing. */
export const nextSteps: Readonly<Partial<Record<ArchiveState, string>>> = {
  index_missing: 'The mail is whole in its packs. Rebuilding reads them once; nothing else is needed.',
  newer: 'Install the newest version of Mail Desk to open it. Nothing in it was changed.',
  not_found: 'Plug in its disk or connect its share. If it was moved, open it where it is now.',
  not_readable: 'Its file archive.json is missing or damaged. Bring it back from a second copy.',
}

/** Words of the list of archives. */
export const archiveWords = {
  place: 'Archive',
  title: 'Archive',
  lead: 'Mail that is kept: pulled from servers, proved whole, and handed over in bundles that anyone can verify.',
  archives: 'Archives',
  create: 'New archive',
  open: 'Open archive or bundle',
  pull: 'Archive a mailbox',
  emptyTitle: 'No archive yet',
  emptyText:
    'An archive keeps the mail of one or many mailboxes in a folder of your choice. Start with a mailbox.',
  columns: {
    name: 'Name',
    messages: 'Messages',
    mail: 'Mail',
    stored: 'On disk',
    last: 'Last message archived',
    path: 'Kept in',
  },
  notYet: 'Nothing yet',
  unknown: 'Not known',
  kinds: { archive: 'Archive', bundle: 'Bundle, read only' },
  states: {
    ready: 'Ready',
    index_missing: 'Index missing: rebuild it first',
    newer: 'Written by a newer Mail Desk',
    not_found: 'Its folder is not there now',
    not_readable: 'Cannot be read',
    key_missing: 'Encrypted: its key is not on this desk',
    key_locked: 'Encrypted: the place of its key is locked',
    keys_damaged: 'Encrypted: the files with its keys are lost',
  } satisfies Readonly<Record<ArchiveState, string>>,
  openTo: (name: string) => `Archive: ${name}`,
} as const

/** Words of the parts of one archive's screen. */
export const archiveTabWords = {
  label: 'Parts of this archive',
  tabs: {
    mail: 'Mail',
    restore: 'Restore and drills',
    safety: 'Safety',
    retention: 'Retention',
    history: 'History',
  },
} as const

/** Words of the screen of one archive. */
export const oneArchiveWords = {
  lead: (count: number | null, mailBytes: number | null) =>
    count === null || mailBytes === null
      ? 'Its contents are not known right now.'
      : `${countMessages(count)}, ${formatBytes(mailBytes)} of mail`,
  retentionLead: 'How long mail is kept here, and what is kept whatever the rules say.',
  lastArchived: 'Last message archived',
  verify: 'Verify archive',
  export: 'Export bundle',
  more: 'More',
  rebuild: 'Rebuild the index',
  forget: 'Take off the list',
  forgetTitle: (name: string) => `Take “${name}” off the list?`,
  forgetWhat: 'Mail Desk no longer shows this archive. Not one of its files is touched.',
  forgetUndone: 'Nothing: the archive itself stays as it is.',
  forgetBack: (path: string) => `Open it again from ${path}.`,
  folder: 'Folder',
  allFolders: 'All folders',
  folderOption: (source: string, path: string, count: number) =>
    `${path} · ${source} · ${formatCount(count)}`,
  find: 'Find in subject, sender, recipients',
  list: 'Messages',
  noMessagesTitle: 'No message here',
  noMessagesText: 'Archive a mailbox into it, and its messages are listed here.',
  noMatch: 'No message has these words in subject, sender or recipients.',
  noSubject: '(no subject)',
  noSender: '(no sender)',
  attachments: (count: number) => plural(count, { one: 'attachment', other: 'attachments' }),
  goneMark: 'No longer on the server',
  shortcuts: 'Archive',
  back: 'Overview',
} as const

/** Words of the reader. */
export const readerWords = {
  from: 'From',
  to: 'To',
  date: 'Date',
  noDate: 'No date',
  views: { html: 'Formatted', text: 'Plain text', source: 'Source' },
  view: 'Show as',
  frameTitle: 'The message, without scripts and without anything from the network',
  remoteOff:
    'Pictures and other content from the network are off. Links are shown with the host that they really lead to.',
  truncated: 'The message is longer than what is shown. Its source and the export hold all of it.',
  problem: (text: string) => `The message could not be read as mail: ${text} Its source is shown as it came.`,
  noBody: 'This message has no text.',
  attachments: 'Attachments',
  save: (name: string) => `Save ${name}`,
  sourceCut: (shown: number, all: number) => `The first ${formatBytes(shown)} of ${formatBytes(all)}.`,
  context: 'This message',
  size: 'Size',
  flags: 'Flags',
  noFlags: 'None',
  labels: 'Labels',
  folder: 'Folder',
  mailbox: 'Mailbox',
  hash: 'SHA-256',
  presence: 'On the server',
  presences: { here: 'There at the last pull', gone: 'No longer there; kept here' },
  headers: 'All headers',
} as const

/** Words of coverage and reports. */
export const coverageWords = {
  title: 'Coverage',
  hint: 'What each server folder had at its last pull, and what the archive lacks of it.',
  emptyTitle: 'Nothing was pulled yet',
  emptyText: 'After a pull, each folder is listed here with what the server had and what is missing.',
  columns: {
    folder: 'Folder',
    server: 'On server',
    archived: 'Archived',
    missing: 'Missing',
    gone: 'Gone from server',
    last: 'Last archived',
    pulled: 'Pulled',
  },
  unknown: 'unknown',
  notMeasured: 'Not measured',
  whole: 'Whole',
  failures: 'Messages that could not be archived',
  failure: (path: string, uid: number) => `${path}, UID ${uid}`,
  reports: 'Runs',
  noReports: 'Each pull, verification and export is reported here.',
  running: 'Running now',
} as const

/** Words of the dialogs. */
export const archiveFormWords = {
  name: 'Name',
  nameHint: 'How the archive is listed.',
  path: 'Folder',
  pathHint:
    'Leave it empty to keep the archive with the other data of Mail Desk. A given folder must be empty or new.',
  createTitle: 'New archive',
  createAct: 'Make archive',
  openTitle: 'Open an archive or a bundle',
  openPath: 'Path',
  openPathHint: 'The folder of an archive, or the zip file of a bundle. The bundle is opened read only.',
  openAct: 'Open',
  checkAct: 'Verify bundle',
  pullTitle: 'Archive a mailbox',
  pullLead:
    'Only what is new is downloaded. Nothing on the server changes, not even which messages are read.',
  mailbox: 'Mailbox',
  mailboxPlaceholder: 'Type a name or an address',
  mailboxHint: 'Its server and its stored password are used.',
  noMailbox: 'No mailbox is connected yet. Connect one under People.',
  into: 'Into archive',
  newArchive: 'A new archive',
  newName: 'Name of the new archive',
  defaultName: 'Mail archive',
  which: 'Folders',
  whichAll: 'All folders',
  whichSome: 'Chosen folders',
  foldersOnServer: 'Folders on the server',
  noneChosen: 'Choose at least one folder.',
  pullAct: 'Archive mailbox',
  pullStarted: 'The pull has started. Its progress is shown here and among the jobs.',
  exportTitle: 'Export a bundle',
  exportLead:
    'A zip with the mail, a manifest of what is in it and what is missing, and checksums that “sha256sum -c” accepts.',
  what: 'What goes in',
  whatAll: (count: number | null) =>
    count === null ? 'The whole archive' : `The whole archive (${countMessages(count)})`,
  whatFolder: (path: string) => `The folder ${path}`,
  whatSearch: (text: string) => `What was found for “${text}”`,
  format: 'Format',
  formats: {
    mboxrd: 'mbox (mboxrd), one file a folder',
    eml: 'EML, one file a message',
    maildir: 'Maildir',
  } satisfies Readonly<Record<ExportFormat, string>>,
  destination: 'Write to',
  destinationHint: 'A new file or an existing folder. Leave it empty for the exports folder of Mail Desk.',
  reason: 'Why it is made',
  reasonHint: 'Goes into the manifest: a case number, a request.',
  exportAct: 'Export bundle',
  exportStarted: (path: string) => `The bundle is being written to ${path}.`,
} as const
