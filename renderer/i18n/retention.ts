import type { LegalHold, MailCriteria, RetentionEffect, RetentionRule } from '../../core/archive/retention.ts'
import { countMessages } from './archive.ts'
import { formatBytes, formatCount, plural } from './format.ts'
import { userLocale } from './locale.ts'

const places = { one: 'place in a folder', other: 'places in folders' }
const days = { one: 'day', other: 'days' }
const years = { one: 'year', other: 'years' }
const packs = { one: 'file', other: 'files' }

const list = (items: readonly string[]): string =>
  new Intl.ListFormat(userLocale, { type: 'disjunction' }).format(items)
const day = (atMs: number): string =>
  new Intl.DateTimeFormat(userLocale, { dateStyle: 'medium', timeZone: 'UTC' }).format(atMs)

/** "2 years", "90 days". */
export function formatAge(olderThanDays: number): string {
  return olderThanDays % 365 === 0 ? plural(olderThanDays / 365, years) : plural(olderThanDays, days)
}

/** What criteria narrow mail to: "in Newsletters, from @shop.example". */
export function describeCriteria(criteria: MailCriteria): string {
  const { sources, folders, labels, senders, people } = criteria
  return [
    sources.length === 0 ? '' : `of ${list(sources)}`,
    folders.length === 0 ? '' : `in ${list(folders)} and below`,
    labels.length === 0 ? '' : `labelled ${list(labels)}`,
    senders.length === 0 ? '' : `from ${list(senders)}`,
    people.length === 0 ? '' : `owned, sent or received by ${list(people)}`,
  ]
    .filter((part) => part !== '')
    .join(', ')
}

/** A rule as one sentence. */
export function describeRule(rule: RetentionRule): string {
  const what = describeCriteria(rule.criteria)
  const age =
    rule.ageOf === 'date'
      ? `older than ${formatAge(rule.olderThanDays)}`
      : `archived more than ${formatAge(rule.olderThanDays)} ago`
  return `Mail ${what === '' ? '' : `${what}, `}${age}${rule.onlyGone ? ', that is no longer on the server' : ''}.`
}

/** A hold as one sentence. */
export function describeHold({ criteria }: LegalHold): string {
  const { fromMs, toMs } = criteria
  const what = describeCriteria(criteria)
  const span =
    fromMs === null && toMs === null
      ? ''
      : fromMs === null
        ? `, up to ${day(toMs ?? 0)}`
        : toMs === null
          ? `, since ${day(fromMs)}`
          : `, from ${day(fromMs)} to ${day(toMs)}`
  return `${what === '' ? 'All mail of this archive' : `Mail ${what}`}${span}.`
}

/** Words of the screen on how long mail is kept. */
export const retentionWords = {
  tab: 'Retention',
  rules: 'Retention rules',
  rulesLead:
    'A rule removes old mail from this archive for good. It is simulated first, and a hold always beats it. Nothing is removed on a server.',
  noRules: 'No rule: everything is kept.',
  addRule: 'New rule',
  simulate: 'Simulate',
  change: 'Change',
  remove: 'Remove rule',
  ruleRemoved: 'The rule was removed.',
  bySchedule: 'A schedule may apply it',
  onlyByHand: 'Only simulated by schedules',
  holds: 'Legal holds',
  holdsLead:
    'What a hold names is kept whatever the rules say. Holds are written into the archive and go with it.',
  noHolds: 'No hold.',
  addHold: 'Place a hold',
  lift: 'Lift hold',
  placed: (by: string) => `Placed by ${by}`,
  unfinished: (count: number) =>
    `A removal was cut off. Its mail is out of sight, but still in ${plural(count, packs)} on the disk.`,
  finish: 'Finish the removal',
  actionsOf: (name: string) => `More for: ${name}`,
} as const

/** Words of a simulation and of what follows from it. */
export const simulationWords = {
  title: (name: string) => `What “${name}” would remove`,
  nothing: 'Nothing falls under this rule now.',
  removed: 'Would be removed',
  removedValue: ({ messages, mailBytes, occurrences }: RetentionEffect) =>
    `${countMessages(messages)} (${formatBytes(mailBytes)}) in ${plural(occurrences, places)}`,
  removedHint: 'A message counts when no folder of the archive has it any more.',
  held: 'Kept by a hold',
  heldValue: ({ held, heldBy }: RetentionEffect) =>
    held === 0
      ? 'None'
      : `${plural(held, places)}: ${heldBy.map(({ name, occurrences }) => `${name} (${formatCount(occurrences)})`).join(', ')}`,
  stillThere: 'Still on the server',
  stillThereValue: (count: number) =>
    count === 0 ? 'None' : `${plural(count, places)}; they stay there and are not archived again`,
  span: 'Dates',
  spanValue: ({ oldestMs, newestMs }: RetentionEffect) =>
    oldestMs === null || newestMs === null ? 'Not known' : `${day(oldestMs)} to ${day(newestMs)}`,
  sample: (count: number) => `The newest ${formatCount(count)} of them`,
  apply: 'Remove this mail',
  applyTitle: (count: number) => `Remove ${countMessages(count)} for good?`,
  applyWhat:
    'The mail leaves the packs, the index, the text index, and the second copies when they are next brought in step.',
  applyUndone: 'Everything: removed mail cannot be brought back from this archive.',
  applyBack: 'Export a bundle of it first, if it may be needed.',
  typed: 'remove',
  started: 'The removal has started. The job centre shows how far it is.',
  by: 'Decided by',
  noSubject: '(no subject)',
  columns: { date: 'Date', from: 'From', subject: 'Subject', folder: 'Folder', size: 'Size' },
} as const

/** Words of the forms. */
export const retentionFormWords = {
  ruleTitle: 'Retention rule',
  ruleAct: 'Save rule',
  name: 'Name',
  nameHint: 'It stands in the record of every removal.',
  olderThan: 'Older than, in days',
  olderHint: '365 for a year, 3650 for ten.',
  ageOf: 'Age counts from',
  ageOfs: { date: 'Date of the message', archived: 'Day it was archived' },
  onlyGone: 'Only mail that is no longer on the server',
  bySchedule: 'A schedule may apply it without asking',
  byScheduleHint: 'Otherwise a schedule only simulates it and reports.',
  sources: 'Mailboxes',
  folders: 'Folders, with what is below them',
  labels: 'Gmail labels',
  senders: 'Senders',
  sendersHint: 'Addresses, or domains such as @shop.example.',
  people: 'People',
  peopleHint: 'Mail they own, sent or were sent, by address.',
  onePerLine: 'One on each line. Empty means any.',
  needsOne: 'A rule names at least a mailbox, a folder, a label, a sender or a person.',
  holdTitle: 'Place a legal hold',
  holdAct: 'Place hold',
  reason: 'Why',
  by: 'Decided by',
  from: 'Mail since',
  to: 'Mail up to',
  dateHint: 'As 2024-01-31; empty means no limit.',
  badDate: 'A date such as 2024-01-31.',
  liftTitle: (name: string) => `Lift the hold “${name}”?`,
  liftAct: 'Lift hold',
  liftWhat: 'Rules may remove this mail again from the next time they are applied.',
} as const
