import type { DrillRecord } from '../../core/restore/drill.ts'
import type { ItemState, MappedFolder, RestoreReport, RestoreSummary } from '../../core/restore/types.ts'
import { countMessages } from './archive.ts'
import { formatBytes, formatCount, formatDuration, plural } from './format.ts'

const folders = { one: 'folder', other: 'folders' }
const day = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10)

/** Words of the restore dialog. */
export const restoreFormWords = {
  open: 'Restore',
  title: 'Restore mail',
  lead: 'What the target has already is not added again, and nothing there is changed or removed.',
  what: 'What to restore',
  whatAll: (count: number | null) =>
    count === null ? 'The whole archive' : `The whole archive (${countMessages(count)})`,
  whatFolder: (path: string) => `The folder ${path}`,
  whatSearch: (text: string) => `What was found for “${text}”`,
  whatMessage: 'The message that is open',
  where: 'Where to',
  targets: { mailbox: 'A mailbox', files: 'Files on this computer' },
  mailbox: 'Mailbox',
  mailboxHint: 'Its server and its stored password are used.',
  mailboxPlaceholder: 'Type a name or an address',
  noMailbox: 'No mailbox is connected yet. Connect one under People.',
  path: 'Folder on this computer',
  pathHint: 'It is made when it is not there.',
  format: 'Format',
  formats: {
    eml: 'EML, one file a message',
    mboxrd: 'mbox (mboxrd), one file a folder',
    maildir: 'Maildir',
  },
  into: 'Into which folders',
  intos: { below: 'Below a new folder', same: 'Where it came from' },
  prefix: 'Name of the new folder',
  prefixDefault: (atMs: number) => `Restored ${day(atMs)}`,
  more: 'More choices',
  useSpecial: 'Use the target’s own Sent, Drafts, Junk and Trash',
  leaveOutGone: 'Leave out what was no longer on the server at the last pull',
  keepDeleted: 'Restore the mark “deleted” too',
  labels: 'Gmail’s labels',
  labelChoices: {
    leave_out: 'Leave out',
    keywords: 'As keywords, where the target takes any',
    folders: 'As folders, with a copy in each',
  },
  preview: 'Where the mail goes',
  previewWaits: 'Choose where to, and this shows which folder goes where.',
  from: 'From',
  to: 'To',
  messages: 'Messages',
  state: 'Folder',
  exists: 'There already',
  made: 'Will be made',
  hows: {
    same_name: '',
    special_use: 'The target’s own name for it',
    chosen: 'Chosen by hand',
    below_prefix: '',
  } satisfies Readonly<Record<MappedFolder['how'], string>>,
  total: (messages: number, bytes: number) => `${countMessages(messages)}, ${formatBytes(bytes)} at most`,
  fits: 'It fits into the mailbox.',
  fitsNot: (free: number) =>
    `It may not fit: the mailbox has ${formatBytes(Math.max(0, free))} left. What is there already takes no room again.`,
  fitsUnknown: 'The target does not say how much room it has.',
  notUndoable: 'This server does not number what it takes, so this cannot be taken back by a click.',
  tryAct: 'Look first, change nothing',
  act: 'Restore now',
} as const

/** Words of the list of restores and of one restore. */
export const restoreWords = {
  lead: 'Bring mail back, and prove by drills that it can be brought back.',
  restores: 'Restores',
  none: 'Nothing was restored from this archive yet.',
  back: 'All restores and drills',
  pageTitle: (summary: Pick<RestoreSummary, 'targetName' | 'dryRun'>) =>
    summary.dryRun ? `Dry run of a restore to ${summary.targetName}` : `Restore to ${summary.targetName}`,
  pageLead: (archiveName: string) => `From “${archiveName}”.`,
  line: (report: RestoreReport | null, dryRun: boolean) => {
    if (report === null) return 'Ended before it could report; resume it to go on.'
    const { restored, restoredBytes, alreadyThere, refused, unreadable, notTried } = report
    return [
      `${countMessages(restored)} ${dryRun ? 'would be restored' : 'restored'} (${formatBytes(restoredBytes)})`,
      ...(alreadyThere > 0 ? [`${formatCount(alreadyThere)} there already`] : []),
      ...(refused > 0 ? [`${formatCount(refused)} refused`] : []),
      ...(unreadable > 0 ? [`${formatCount(unreadable)} not readable`] : []),
      ...(notTried > 0 ? [`${formatCount(notTried)} not tried`] : []),
    ].join('; ')
  },
  running: 'Running',
  dryRunNote: 'Nothing was changed. This is what a restore would do now.',
  restoreNow: (count: number) => `Restore ${countMessages(count)}`,
  resume: 'Resume restore',
  undo: (count: number) => `Remove ${countMessages(count)}`,
  undoTitle: 'Remove what this restore added?',
  undoWhat: (target: string) =>
    `The messages that this restore added to ${target} are removed there. What was there before stays, and so does the archive.`,
  undoCannot: 'Flags that somebody has set on them since then are lost.',
  undoBack: 'Restore them again: the archive has them all.',
  removedNote: (count: number) => `${countMessages(count)} of these removed there again.`,
  undoStarted: 'The messages are being removed.',
  folders: 'Folders',
  columns: {
    folder: 'Folder',
    restored: 'Restored',
    wouldRestore: 'Would be restored',
    there: 'There already',
    refused: 'Refused',
    unreadable: 'Not readable',
    note: 'Note',
  },
  created: 'Made',
  wouldCreate: 'Will be made',
  messages: 'Messages',
  show: 'Show',
  filters: { problems: 'Problems', all: 'All messages' },
  noProblems: 'No message was refused, and all could be read.',
  noMessages: 'No message was looked at yet.',
  states: {
    restored: 'Restored',
    already_there: 'There already',
    refused: 'Refused',
    unreadable: 'Not readable in the archive',
    would_restore: 'Would be restored',
    removed: 'Removed again',
  } satisfies Readonly<Record<ItemState, string>>,
  stateNames: { running: 'Running', done: 'Done', stopped: 'Stopped' },
  noSubject: '(no subject)',
  serverSaid: (words: string) => `The server said: ${words}`,
  more: (left: number) => `${formatCount(left)} more`,
  facts: { began: 'Began', took: 'Took', waited: 'Waited for the server', rate: 'Rate' },
  rate: (bytes: number, ms: number) => `${formatBytes((bytes / ms) * 1000)} a second`,
} as const

/** Words of drills. */
export const drillWords = {
  title: 'Recovery drills',
  none: 'No drill yet. A drill restores a sample into a scratch folder, fetches it back, compares every byte, and removes it again. It proves that the archive can be used when it is needed.',
  never: 'Never tried. A drill proves that the archive can be used when it is needed.',
  run: 'Run a drill',
  last: 'Last drill',
  formTitle: 'Run a recovery drill',
  lead: 'A sample is restored into a folder of its own, fetched back, and compared byte by byte; then the folder is removed. Nothing else in the mailbox is touched.',
  sample: 'What is tried',
  samples: { sample: 'A sample', all: 'Every message' },
  count: 'Messages at random',
  countHint: 'The newest, the largest, and one of every folder are tried as well.',
  act: 'Run drill',
  started: 'The drill has begun. Its progress is among the jobs.',
  proved: 'What was proved',
  notProved: 'What was not proved',
  remarks: 'Messages with remarks',
  recoveryTime: 'Recovery time',
  recoveryPoint: 'Recovery point',
  time: ({ messagesPerSecond, megabytesPerSecond, wholeArchiveMs }: DrillRecord['recovery']) =>
    messagesPerSecond === null || megabytesPerSecond === null
      ? 'Not measured'
      : `${formatCount(Math.round(messagesPerSecond))} messages and ${megabytesPerSecond.toFixed(1)} MB a second${wholeArchiveMs === null ? '' : `; at this rate the whole archive takes ${formatDuration(wholeArchiveMs)} (worked out, not measured)`}`,
  point: ({ newestArchivedAgeMs, oldestPullAgeMs }: DrillRecord['recoveryPoint']) =>
    [
      newestArchivedAgeMs === null
        ? 'nothing archived yet'
        : `the newest message was archived ${formatDuration(newestArchivedAgeMs)} before the drill`,
      oldestPullAgeMs === null
        ? 'not every folder was ever pulled to its end'
        : `every folder was pulled within the last ${formatDuration(oldestPullAgeMs)}`,
    ].join('; '),
  tried: (record: DrillRecord) =>
    `${formatCount(record.sample.messages)} of ${countMessages(record.archive.messages)}, in ${plural(record.recoveryPoint.folders.filter(({ sampled }) => sampled > 0).length, folders)}`,
  triedLabel: 'Tried',
  signedBy: 'Signed with',
  notSigned: 'This record is not signed: the desk had no place for a key.',
  save: 'Save record',
  saved: (path: string) => `Saved to ${path}, with a page for people beside it.`,
  failed: 'The drill did not come to its end.',
  running: 'Running now',
  leftBehind: 'Its scratch folder is still there. It is removed at the next start, or by the next drill.',
  verdicts: { pass: 'Passed', warning: 'Passed with remarks', fail: 'Failed' } satisfies Readonly<
    Record<DrillRecord['verdict'], string>
  >,
  line: (record: DrillRecord) => {
    const { identical, altered, refused, different, missing, unreadable } = record.counts
    return [
      `${formatCount(identical)} of ${formatCount(record.sample.messages)} came back without one byte changed`,
      ...(altered > 0 ? [`${formatCount(altered)} altered in passing`] : []),
      ...(refused > 0 ? [`${formatCount(refused)} refused`] : []),
      ...(different + missing + unreadable > 0
        ? [`${formatCount(different + missing + unreadable)} lost or not the same`]
        : []),
    ].join('; ')
  },
  next: {
    pass: null,
    warning:
      'Look at the messages with remarks: what the server alters or refuses here, it will alter or refuse in earnest.',
    fail: 'Look at the messages with remarks, verify the archive, and run the drill again.',
  } satisfies Readonly<Record<DrillRecord['verdict'], string | null>>,
  history: 'Earlier drills',
} as const
