import type { LastRun, Recurrence, Schedule, ScheduleKind, WaitReason } from '../../core/schedules/types.ts'
import { formatCount, plural } from './format.ts'
import { userLocale } from './locale.ts'

const mailboxes = { one: 'mailbox', other: 'mailboxes' }
const hours = { one: 'hour', other: 'hours' }

/** "22:00": minutes after midnight as a time of day. */
export function formatMinute(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

/** Minutes after midnight of "22:00"; null when it is no time of day. */
export function parseMinute(text: string): number | null {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim())
  return match === null ? null : Number(match[1]) * 60 + Number(match[2])
}

/** "Monday"; 0 is Sunday. */
export function weekdayName(weekday: number, style: 'long' | 'short' = 'long'): string {
  // 4 January 1970 was a Sunday.
  const day = Date.UTC(1970, 0, 4 + weekday)
  return new Intl.DateTimeFormat(userLocale, { weekday: style, timeZone: 'UTC' }).format(day)
}

/** "every day at 22:00". */
export function describeRecurrence(recurrence: Recurrence): string {
  switch (recurrence.every) {
    case 'hours':
      return recurrence.hours === 1 ? 'every hour' : `every ${plural(recurrence.hours, hours)}`
    case 'day':
      return `every day at ${formatMinute(recurrence.atMinute)}`
    case 'week': {
      const names = recurrence.weekdays
        .toSorted((a, b) => ((a + 6) % 7) - ((b + 6) % 7))
        .map((day) => weekdayName(day))
      const list = new Intl.ListFormat(userLocale, { type: 'conjunction' }).format(names)
      return `every ${list} at ${formatMinute(recurrence.atMinute)}`
    }
    case 'month':
      return recurrence.day === 'last'
        ? `on the last day of the month at ${formatMinute(recurrence.atMinute)}`
        : `on day ${recurrence.day} of the month at ${formatMinute(recurrence.atMinute)}`
  }
}

/** Words of the screen of schedules. */
export const schedulesWords = {
  place: 'Schedules',
  title: 'Schedules',
  lead: 'What Mail Desk does by itself. Work that was missed is made up for, once; it goes on in the tray while the window is closed.',
  shortcuts: 'Schedules',
  create: 'New schedule',
  emptyTitle: 'Nothing runs by itself yet',
  emptyText:
    'A schedule keeps archives in step, reads them through for damage, and rehearses restoring them.',
  kinds: {
    'archive.pull': 'Archive mailboxes',
    'archive.scrub': 'Read an archive through for damage',
    'archive.syncCopies': 'Bring second copies in step',
    'archive.applyRetention': 'Apply retention rules',
    'restore.drill': 'Run a recovery drill',
    'care.plan': 'Run a clean-up plan',
  } satisfies Readonly<Record<ScheduleKind, string>>,
  columns: { last: 'Last run', next: 'Next run' },
  into: (count: number, archive: string) => `${plural(count, mailboxes)} into ${archive}`,
  goneArchive: 'an archive that is off the list',
  gonePlan: 'a plan that was removed',
  between: (from: string, to: string) => `only between ${from} and ${to}`,
  off: 'Switched off',
  never: 'Never ran',
  running: 'Runs now',
  someRunning: (done: number, all: number) => `Runs now: ${formatCount(done)} of ${formatCount(all)} done`,
  allDone: 'Done',
  failed: (count: number, all: number) =>
    all === 1 ? 'Did not succeed' : `${formatCount(count)} of ${formatCount(all)} did not succeed`,
  states: {
    running: 'runs',
    done: 'done',
    failed: 'failed',
    cancelled: 'cancelled',
    interrupted: 'cut off',
    refused: 'not started',
  } satisfies Readonly<Record<LastRun['state'], string>>,
  waits: {
    window: 'Waits for its time of day',
    battery: 'Waits: the computer runs on battery',
    metered: 'Waits: the network is paid by volume',
    offline: 'Waits: there is no network',
    turn: 'Waits for its turn',
  } satisfies Readonly<Record<WaitReason, string>>,
  due: 'Due now',
  details: 'Show last runs',
  detailsTitle: 'Last runs',
  edit: 'Change',
  runNow: 'Run now',
  started: 'Started. The job centre shows how far it is.',
  remove: 'Remove schedule',
  removeTitle: 'Remove this schedule?',
  removeWhat: 'It is not run any more.',
  removeUndone: 'Nothing: what its runs archived, checked or reported stays.',
  removeBack: 'Make it anew.',
  actionsOf: (what: string) => `More for: ${what}`,
  notHere: 'Schedules run while the window of Mail Desk is open or in the tray, or in `desk serve`.',
  power: {
    battery:
      'This computer does not tell whether it runs on battery, so schedules do not wait for mains power.',
    metered:
      'This computer does not tell whether its network is paid by volume, so schedules do not wait for another one.',
  },
} as const

/** Words of the form of a schedule. */
export const scheduleFormWords = {
  createTitle: 'New schedule',
  changeTitle: 'Change schedule',
  createAct: 'Create schedule',
  changeAct: 'Save changes',
  kind: 'What to do',
  archive: 'Archive',
  plan: 'Clean-up plan',
  noArchives: 'There is no archive yet. Make one first.',
  noPlans: 'There is no clean-up plan yet. Make one under Mailbox care first.',
  mailboxes: 'Mailboxes',
  all: 'All of them',
  noneChosen: 'Choose at least one mailbox.',
  noMailboxes: 'No mailbox is connected yet. Add a person with a mailbox first.',
  often: 'How often',
  every: { hours: 'Every few hours', day: 'Every day', week: 'Every week', month: 'Every month' },
  hours: 'Hours between two starts',
  at: 'At what time (24 hours)',
  atPlaceholder: '22:00',
  badTime: 'A time of day such as 22:00.',
  weekdays: 'On',
  day: 'On which day',
  lastDay: 'Last day of the month',
  dayNumber: (day: number) => `Day ${day}`,
  window: 'Start runs only in one part of the day',
  windowHint: 'A run that has begun may end later.',
  from: 'From',
  to: 'To',
  onBattery: 'Also on battery',
  onMetered: 'Also on a network that is paid by volume',
  enabled: 'Switched on',
} as const

/** How the last runs of a schedule went, in one line. */
export function describeLastRuns(schedule: Pick<Schedule, 'items'>): string {
  const runs = schedule.items.flatMap(({ lastRun }) => (lastRun === null ? [] : [lastRun]))
  if (runs.length === 0) return schedulesWords.never
  const all = schedule.items.length
  const running = runs.filter(({ state }) => state === 'running').length
  if (running > 0)
    return all === 1
      ? schedulesWords.running
      : schedulesWords.someRunning(runs.filter(({ state }) => state === 'done').length, all)
  const failed = runs.filter(({ state }) => state !== 'done').length
  return failed === 0 ? schedulesWords.allDone : schedulesWords.failed(failed, all)
}
