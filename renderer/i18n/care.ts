import { describeForecast } from '../../core/care/outcomes.ts'
import type { Forecast } from '../../core/care/forecast.ts'
import { formatBytes, formatCount, plural } from './format.ts'

const messages = { one: 'message', other: 'messages' }
const mailboxes = { one: 'mailbox', other: 'mailboxes' }

/** Words of the list of mailboxes. */
export const careWords = {
  place: 'Mailbox care',
  title: 'Mailbox care',
  lead: 'What fills mailboxes, clean-ups that prove what they keep before they remove it, and mail that went to junk.',
  mailboxes: 'Mailboxes',
  find: 'Find a mailbox',
  scan: 'Scan mailbox',
  scanAll: (count: number) => `Scan ${plural(count, mailboxes)}`,
  scanStarted: 'The scan has started. It reads sizes and headers; nothing changes on the server.',
  plans: 'Clean-up plans',
  junk: 'Find mail in junk',
  running: 'Running now',
  emptyTitle: 'No mailbox yet',
  emptyText: 'Connect a mailbox under People; then its use, its forecast and its clean-ups are here.',
  toPeople: 'Go to People',
  noMatch: 'No mailbox has these words in its address or its person’s name.',
  columns: { mailbox: 'Mailbox', use: 'Used', scanned: 'Last scan', forecast: 'Forecast', next: 'What next' },
  notScanned: 'Not scanned yet',
  noImap: 'No IMAP server is set',
  noQuota: 'The server tells no quota',
  usedOf: (used: number, limit: number) => `${formatBytes(used)} of ${formatBytes(limit)}`,
  used: (used: number) => `${formatBytes(used)}, no limit told`,
  shareOf: (share: number, limit: number) =>
    `${formatCount(Math.round(share * 100))} % of ${formatBytes(limit)}`,
  percent: (share: number) => `${formatCount(Math.round(share * 100))} %`,
  look: 'Look what fills it',
  review: 'Review the preview',
  goOn: 'Go on with the clean-up',
  openTo: (address: string) => `Care: ${address}`,
} as const

/** A forecast in a few words; how it was made is in `describeForecast`. */
export function forecastShort(forecast: Forecast): string {
  if (forecast.kind === 'fills') return describeForecast(forecast).split(' (')[0] ?? ''
  return describeForecast(forecast).replace(/ \(.*\)\.$/, '.')
}

/** Words of the storage view. */
export const storageWords = {
  lead: (scannedWhen: string) => `As of the scan ${scannedWhen}. It stays readable offline.`,
  never: 'This mailbox was not scanned yet',
  neverText:
    'A scan reads what each folder holds: sizes, dates, senders, names of attachments. No text of any mail is read, and nothing changes on the server.',
  full: 'This mailbox is full: new mail is refused or bounces.',
  nearlyFull: (share: string) => `This mailbox is nearly full: ${share} is used.`,
  fillsSoon: (when: string) => `This mailbox fills soon. ${when}`,
  fine: 'There is room in this mailbox.',
  unknownState: 'How full this mailbox may become is not known: the server tells no limit.',
  who: 'You, with the owner’s consent',
  nobody: 'Nobody',
  nowClean:
    'Make a clean-up plan: it archives, proves and then removes old and heavy mail, and can be undone.',
  nowNothing: 'Nothing. Scan again now and then: the forecast is drawn from the scans.',
  makePlan: 'Make a clean-up plan',
  tiles: { used: 'Used', messages: 'Messages', fills: 'Fills', duplicates: 'Extra copies' },
  usedRule:
    'What the server counts against the quota of INBOX (RFC 9208). The sum of the messages may differ a little.',
  messagesRule: 'Messages in all folders that could be read; of a provider with labels each is counted once.',
  duplicatesRule:
    'Messages with the same Message-ID and the same size, beyond the first of each. Their bytes were not compared.',
  ofLimit: (limit: number) => ` of ${formatBytes(limit)}`,
  tabs: {
    folders: 'Folders',
    largest: 'Largest',
    senders: 'Senders',
    years: 'Years',
    types: 'Attachments',
    duplicates: 'Duplicates',
  },
  treemap: 'Folders by size',
  treemapHint:
    'Each area is a folder; its size is what it holds itself. Arrow keys go through them; the table below says the same.',
  areaOf: (path: string, sizeBytes: number, count: number) =>
    `${path}: ${formatBytes(sizeBytes)}, ${plural(count, messages)}`,
  others: 'Smaller folders',
  columns: {
    folder: 'Folder',
    own: 'Itself',
    all: 'With folders below',
    messages: 'Messages',
    size: 'Size',
    share: 'Share',
    subject: 'Subject',
    from: 'From',
    date: 'Date',
    sender: 'Sender',
    year: 'Year',
    type: 'Type',
    copies: 'Copies',
    extra: 'Extra',
  },
  failed: (problem: string) => `Not read: ${problem}`,
  noSubject: '(no subject)',
  nothing: 'Nothing here.',
  typesHint: 'By what the parts say they are; sizes are as transferred, a third more than the files.',
  notComparable: (count: number) => `${plural(count, messages)} without a Message-ID could not be compared.`,
  runs: 'Clean-ups of this mailbox',
  noRuns: 'None yet. What a clean-up did, and the way back, is listed here.',
} as const
