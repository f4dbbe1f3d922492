import type { ItemState, MessageState } from '../../core/care/plans.ts'
import type { CleanupRule, KeepReason } from '../../core/care/rule.ts'
import { formatBytes, formatCount, plural } from './format.ts'

const messages = { one: 'message', other: 'messages' }
const mailboxes = { one: 'mailbox', other: 'mailboxes' }
const days = { one: 'day', other: 'days' }

/** Words of plans and their runs. */
export const planWords = {
  title: 'Clean-up plans',
  lead: 'A plan lists what it would take, archives it, proves of each message that the archive has it, and only then removes it. What was removed can be put back.',
  create: 'New plan',
  more: 'More',
  moreOf: (name: string) => `More for “${name}”`,
  edit: 'Change plan',
  save: 'Save plan',
  remove: 'Remove plan',
  removeTitle: (name: string) => `Remove the plan “${name}”?`,
  removeWhat: 'The plan goes. What its runs did stays listed and can still be put back.',
  removeUndone: 'The plan itself: it would have to be made again.',
  removeBack: 'Make the same plan again.',
  emptyTitle: 'No plan yet',
  emptyText:
    'Start with mail that is old and heavy: “older than 2 years, with attachments over 1 MB”. A preview changes nothing.',
  noArchive: 'A plan needs an archive to put mail into. Make one first.',
  makeArchive: 'New archive',
  preview: 'Preview plan',
  previewStarted: 'The list is being made. Nothing changes on any server.',
  plans: 'Plans',
  runs: 'Runs',
  noRuns: 'No run yet. Preview a plan to see what it would take.',
  columns: {
    plan: 'Plan',
    rule: 'Takes',
    mailboxes: 'Mailboxes',
    schedule: 'By itself',
    acts: 'What to do',
    run: 'Run of',
    when: 'When',
    state: 'State',
    amount: 'Messages',
    mailbox: 'Mailbox',
    note: 'To know',
  },
  allMailboxes: 'All mailboxes',
  countMailboxes: (count: number) => plural(count, mailboxes),
  removalOn: 'Removes',
  removalOff: 'Lists only',
  name: 'Name',
  defaultName: 'Old and heavy mail',
  archive: 'Archive to put mail into',
  archiveHint: 'Where the mail is kept.',
  olderThan: 'Older than (days)',
  olderHint: '730 days are two years. 0: any age.',
  attachmentsOver: 'Attachments over (MB)',
  attachmentsHint: 'Together, as transferred. 0: does not matter.',
  largerThan: 'Larger than (MB)',
  largerHint: 'The whole message. 0: any size.',
  senders: 'From these senders',
  sendersHint: 'Addresses or domains, one a line. Empty: from anybody.',
  folders: 'Only in these folders',
  foldersHint: 'Paths as the server names them, one a line, with the folders below them. Empty: in all.',
  duplicatesOnly: 'Only extra copies',
  duplicatesHint: 'By Message-ID and size; of each group a flagged one or the oldest stays.',
  keepUnread: 'Keep what is unread',
  keepHint: 'Flagged messages, drafts and messages under a legal hold are always kept.',
  compareAgain: 'Download each message again and compare',
  compareHint: 'Slower. Without it, the archive reads its own copy back and compares it with its hash.',
  removalField: 'Remove when it runs on a schedule',
  removalHint: 'Off: a scheduled run only lists. Turn it on when you trust the list.',
  which: 'For which mailboxes',
  whichAll: 'All mailboxes',
  whichSome: 'Chosen mailboxes',
  noCondition: 'Name at least one condition: age, size, attachments, senders or extra copies.',
  carryOut: (count: number) => `Archive and remove ${plural(count, messages)}`,
  carryTitle: (count: number) => `Archive and remove ${plural(count, messages)}?`,
  carryWhat: (folders: string) =>
    `Exactly the messages of this list are archived into “${folders}”, proved one by one, and then removed from the server. What cannot be proved stays.`,
  carryUndone:
    'On the server, the numbers (UIDs) of the messages: put back, they are new messages to mail programs.',
  carryBack: '“Put back” restores bytes, flags and dates from the archive into the same folders.',
  carryStarted: 'The clean-up has started.',
  putBack: (count: number) => `Put back ${plural(count, messages)}`,
  putBackStarted: 'The messages are being put back.',
  you: 'You',
  nobody: 'Nobody',
  nowDecide: 'Look through the list. Then archive and remove, or leave it: a preview changes nothing.',
  nowGoOn:
    'Go on with the clean-up: what nobody knows is asked of the server first. Or put back what was removed.',
  nowFailed:
    'Read the reason beside the mailbox or the message. What failed is still on the server or in the archive; try again when the cause is gone.',
  nowDone: 'Nothing. What was removed is in the archive and can be put back from here.',
  runLead: (name: string) => `Run of “${name}”`,
  listed: 'Messages',
  show: 'Show',
  all: 'All',
  backToPlans: 'All plans',
  nothingTaken: 'No message of this mailbox meets the rule.',
  countMessages: (count: number, sizeBytes: number) =>
    `${plural(count, messages)} · ${formatBytes(sizeBytes)}`,
  notComplete: (shown: number, total: number) => `The first ${formatCount(shown)} of ${formatCount(total)}.`,
} as const

/** What an item of a run is doing. */
export const itemStateWords: Readonly<Record<ItemState, string>> = {
  waiting: 'Waits for its turn',
  listing: 'Being listed',
  previewed: 'Waits for your decision',
  archiving: 'Being archived',
  proving: 'Being proved',
  removing: 'Being removed',
  done: 'Done',
  failed: 'Failed',
  interrupted: 'Cut off',
  undoing: 'Being put back',
  undone: 'Put back',
}

/** Where one message is. */
export const messageStateWords: Readonly<Record<MessageState, string>> = {
  kept: 'Kept',
  listed: 'Would be removed',
  proved: 'In the archive, proved',
  removing: 'Being removed',
  removed: 'Removed, in the archive',
  marked: 'Marked as deleted, in the archive',
  failed: 'Left on the server',
  restoring: 'Being put back',
  restored: 'Put back',
}

/** Why a message is kept. */
export const keepReasonWords: Readonly<Record<KeepReason, string>> = {
  flagged: 'it is flagged',
  draft: 'it is a draft',
  unread: 'it is unread',
  kept_flag: 'a keyword keeps it',
  held: 'a legal hold keeps it',
  deleted_already: 'it is marked as deleted already',
  first_copy: 'it is the copy that stays',
  no_date: 'its age is not known',
}

/** A rule in one line. */
export function ruleLine(rule: CleanupRule): string {
  const parts = [
    ...(rule.duplicatesOnly ? ['extra copies'] : []),
    ...(rule.olderThanDays === null ? [] : [`older than ${plural(rule.olderThanDays, days)}`]),
    ...(rule.largerThanBytes === null ? [] : [`larger than ${formatBytes(rule.largerThanBytes)}`]),
    ...(rule.attachmentsOverBytes === null
      ? []
      : [`attachments over ${formatBytes(rule.attachmentsOverBytes)}`]),
    ...(rule.senders.length === 0 ? [] : [`from ${rule.senders.join(', ')}`]),
    ...(rule.folders === null ? [] : [`in ${rule.folders.join(', ')}`]),
    ...(rule.keepUnread ? ['read'] : []),
  ]
  const line = parts.join(' · ')
  return line.charAt(0).toUpperCase() + line.slice(1)
}
