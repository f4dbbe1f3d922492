import { formatCount, plural } from './format.ts'

const messages = { one: 'message', other: 'messages' }

/** Words of the search of an archive. */
export const findWords = {
  find: 'Find in headers, text and attachments',
  list: 'Messages found',
  order: 'Order',
  orders: { relevance: 'Best match', newest: 'Newest' },
  help: 'How to search',
  found: (total: number, isExact: boolean) =>
    isExact ? `${plural(total, messages)} found` : `More than ${plural(total, messages)} found`,
  onlyNewest: (total: number) => `; the newest ${formatCount(total)}, best match first`,
  covered: (indexed: number, total: number) =>
    `The text of ${formatCount(indexed)} of ${plural(total, messages)} is searchable so far.`,
  notCovered: (problem: string) => `Not everything is searchable: ${problem}`,
  noMatchTitle: 'Nothing found',
  noMatch: 'No message in this archive has all of that. Fewer words find more.',
  noMatchYet: 'What is not searchable yet may still have it.',
  problemTitle: 'This cannot be searched for',
  inFile: (file: string) => `In ${file}: `,
} as const

/** Words of what was found, counted. */
export const facetWords = {
  title: 'What was found',
  lead: 'A click narrows the search. The counts are of all messages that were found; one that lies in several folders counts in each.',
  nothing: 'Nothing was found, so there is nothing to narrow.',
  leadNewest: (total: number) =>
    `A click narrows the search. The counts are of the newest ${formatCount(total)}.`,
  groups: {
    folders: 'Folders',
    senders: 'Senders',
    years: 'Years',
    sources: 'Mailboxes',
    files: 'Attachments',
  },
  withAttachment: 'With attachment',
  export: 'Export what was found',
  restore: 'Restore what was found',
  narrow: (label: string, count: number) => `Narrow to ${label}: ${plural(count, messages)}`,
} as const

/** Words beside one message. */
export const conversationWords = {
  title: 'Conversation',
  alone: 'No other message of this conversation is in the archive.',
  first: (count: number) => `Only the first ${formatCount(count)} are listed.`,
  unread: 'Not searchable',
  unreadFile: (file: string, problem: string) =>
    file === '' ? problem : `The text of ${file} could not be read: ${problem}`,
  notIndexed: 'The text of this message is not searchable yet.',
} as const

/** Each operator with an example and what it finds. */
export const operatorHelp: readonly (readonly [example: string, meaning: string])[] = [
  ['harbour invoice', 'both words; the last may be unfinished (two letters or more)'],
  ['"harbour invoice"', 'these words one after the other'],
  ['crane OR quay', 'one of them; group with (…)'],
  ['-draft', 'without this word'],
  ['from:ana  to:ben  cc:cleo', 'people'],
  ['subject:meeting  body:tide', 'only there'],
  ['has:attachment  type:pdf  filename:plan', 'attachments'],
  ['before:2025  after:2025-03  on:2025-03-14', 'dates; after: begins with that day'],
  ['after:7d  before:1y', 'days, weeks (w), months (m), years (y) back from now'],
  ['in:Sent  mailbox:ana@…  label:Work', 'where it lies'],
  ['size:>1mb  smaller:10k', 'sizes'],
  ['is:unread  is:flagged  is:gone', 'state; gone: no longer on the server'],
]
