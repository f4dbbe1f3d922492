import type { CopyState } from '../../core/archive/safety-endpoints.ts'
import { formatCount, formatDay, formatExact, plural } from './format.ts'

const tickets = { one: 'ticket', other: 'tickets' }
const replies = { one: 'reply', other: 'replies' }

/** Words of the Today screen: one line for each thing that needs somebody, with the action. */
export const todayWords = {
  title: 'Today',
  greeting: (name: string) => (name === '' ? 'What needs you now.' : `What needs you now, ${name}.`),
  attention: 'Needs somebody now',
  due: 'Due next',
  running: 'Running',
  calmTitle: 'Nothing needs you now',
  calmText:
    'Tickets that come due, replies that could not be sent, work that failed, damage to archives, copies that lag behind and mailboxes that fill appear here.',
  emptyTitle: 'This desk is empty',
  emptyText: 'Connect a mailbox, explore the practice company, or open an archive.',
  emptyAction: 'See the three ways to begin',
  open: 'Open tickets',
  mine: 'Mine',
  unassignedTile: 'Unassigned',
  breachingTile: 'Due within the hour',
  openRule: 'Tickets with the status open.',
  mineRule: 'Tickets with the status open that are assigned to you.',
  unassignedRule: 'Tickets with the status open that nobody has taken.',
  breachingRule: 'Tickets whose running clock ends within the next hour, overdue ones included.',
  overdue: (count: number) => `${plural(count, tickets)} overdue`,
  overdueDetail: 'The time for a first answer or a solution is over.',
  breaching: (count: number) => `${plural(count, tickets)} due within the hour`,
  breachingDetail: 'The clock for a first answer or a solution ends soon.',
  unassigned: (count: number) => `${plural(count, tickets)} without a technician`,
  unassignedDetail: 'Nobody has taken over yet.',
  repliesFailed: (count: number) => `${plural(count, replies)} could not be sent`,
  repliesFailedDetail: 'Not delivered to the requester.',
  repliesQueued: (count: number) => `${plural(count, replies)} ${count === 1 ? 'waits' : 'wait'} to be sent`,
  repliesQueuedDetail: 'Sent as soon as the helpdesk mailbox can be reached.',
  noHelpdeskDetail: 'No helpdesk mailbox is chosen, so nothing can leave.',
  jobFailed: (title: string) => `${title} failed`,
  jobInterrupted: (title: string) => `${title} was interrupted`,
  vaultLocked: 'The password vault is locked',
  vaultLockedDetail: 'Diagnoses, archiving and sending need a passphrase first.',
  noStore: 'There is no place for passwords yet',
  noStoreDetail: 'Set a passphrase for the vault before a mailbox is connected.',
  unanswered: 'Not everything could be checked',
  unansweredDetail:
    'Jobs, passwords, settings, archives or schedules did not answer, so something may be missing here.',
  actions: {
    openQueue: 'Open the queue',
    triage: 'Assign tickets',
    review: 'See the replies',
    openArchive: 'Open the archive',
    openDiagnosis: 'Open the diagnosis',
    openCare: 'Open mailbox care',
    chooseMailbox: 'Choose a mailbox',
    unlock: 'Unlock the vault',
    setPassphrase: 'Set a passphrase',
  },
  more: (count: number) => `and ${formatCount(count)} more`,
} as const

const mailboxes = { one: 'mailbox', other: 'mailboxes' }

/** Words about kept mail on Today: what is wrong, and what to do now. */
export const keepingWords = {
  damaged: (name: string) => `“${name}” is damaged`,
  repair: 'Repair the archive',
  copy: (name: string, says: string) =>
    `Second copy of “${name}”: ${says.charAt(0).toLowerCase()}${says.slice(1)}`,
  copyDetail: (state: CopyState, path: string, syncedAtMs: number | null) =>
    [
      `${path}, ${syncedAtMs === null ? 'never brought up to date' : `brought up to date ${formatExact(syncedAtMs)}`}.`,
      copyNow[state],
    ].join(' '),
  seeCopies: 'See the copies',
  noDrill: (name: string) => `Nobody has tried to restore from “${name}” yet`,
  noDrillDetail: 'A drill restores a sample, compares every byte and cleans up after itself.',
  drillFailed: (name: string) => `The last drill of “${name}” failed`,
  drillFailedDetail: 'Mail did not come back as it was archived. The record says which messages and why.',
  drillCutOff: (name: string) => `The last drill of “${name}” did not come to its end`,
  drillCutOffDetail: 'It proved nothing. Run it again.',
  seeDrills: 'See the drills',
  restoreStopped: (name: string, target: string) =>
    `A restore from “${name}” to ${target} stopped before its end`,
  restoreStoppedDetail: 'Go on with it, or take back what it added. Nothing is added twice.',
  removalCutOff: (name: string) => `A removal from “${name}” was cut off`,
  removalCutOffDetail: 'The removed mail is out of sight, but still on the disk. Finish the removal.',
  goOn: 'Go on',
  schedule: (kind: string, archive: string | null) => (archive === null ? kind : `${kind}, “${archive}”`),
  scheduleFailed: (what: string, failed: number, all: number) =>
    all === 1
      ? `${what}: the last scheduled run did not succeed`
      : `${what}: ${formatCount(failed)} of ${plural(all, mailboxes)} did not succeed`,
  scheduleLate: (what: string, dueAtMs: number) => `${what}: due since ${formatExact(dueAtMs)}`,
  scheduleLateDetail: 'Schedules run while Mail Desk is open, in its window or in the tray.',
  seeSchedules: 'See the schedules',
  fills: (address: string, atMs: number | null) =>
    atMs === null
      ? `The mailbox ${address} is full`
      : `The mailbox ${address} will be full on ${formatDay(atMs)}`,
  fillsDetail: 'Mail to it is refused when it is full. Worked out from its growth at the last scan.',
  manyFill: (count: number) => `${plural(count, mailboxes)} are full or will be within 30 days`,
  fillsFirst: (address: string, atMs: number | null) =>
    atMs === null ? `${address} is full.` : `${address} comes first, on ${formatDay(atMs)}.`,
  makeRoom: 'Make room',
  cleanUpCutOff: (address: string) => `A clean-up of ${address} was cut off`,
  cleanUpCutOffDetail: 'What it removed was proved first. Go on with it, or put the mail back.',
} as const

const copyNow: Readonly<Record<CopyState, string>> = {
  in_step: '',
  behind: 'Bring it up to date.',
  not_reachable: 'Connect its disk or share, or take the copy off the list.',
  wrong_disk: 'Connect the right disk or share.',
  diverged: 'Compare the history of both.',
  damaged: 'Mend it from the archive.',
  archive_gone: 'Use it in place of the archive if that does not come back.',
}
