import type { CopyState } from '../../core/archive/safety-endpoints.ts'
import type { RepairItem } from '../../core/archive/reports.ts'
import type { Verdict } from '../ui/index.ts'
import { formatBytes, formatCount, formatExact, plural } from './format.ts'

const places = { one: 'damaged place', other: 'damaged places' } as const
const messages = { one: 'message', other: 'messages' } as const

/** Words about checks, second copies and repairs of an archive. */
export const safetyWords = {
  title: 'Safety',
  lead: 'Whether this archive is whole, what brings it back when it is not, and who can read it.',
  notThere: 'The folder of this archive is not there.',
  notThereNow:
    'Connect its disk or share. If it is gone, use a second copy in its place: everything that was copied is there.',
  checks: 'Checks',
  never: 'Never',
  verified: 'Last verified',
  scrubbed: 'Last scrubbed',
  scrubbing: 'Scrub on the way',
  scrubbingAt: (bytes: number) => `${formatBytes(bytes)} read so far; the next run goes on there`,
  neverChecked:
    'Nobody has read this archive back yet. A verification reads every byte and compares it with what was written.',
  whole: (bytes: number, count: number, atMs: number) =>
    `Every byte was read and matched on ${formatExact(atMs)}: ${plural(count, messages)} in ${formatBytes(bytes)}.`,
  damaged: (count: number) => `${plural(count, places)} found.`,
  damagedNow:
    'Repair puts back what a second copy or the mail server still has. The rest of the archive can be read.',
  repairedSince: 'A repair ran since then: verify once more to see that everything is whole.',
  historyBroken: 'Its history was changed: see the tab “History”.',
  verify: 'Verify now',
  scrub: 'Scrub slowly',
  scrubHint:
    'A scrub reads every byte, too, but at most 20 MB a second, so that other work goes on. It can be paused, and goes on where it stopped.',
  repair: 'Repair',
  dryRun: 'What would a repair do?',
  damage: 'Damage',
  dependents: (count: number) =>
    `${plural(count, messages)} more cannot be read either: they share an attachment with it.`,
  noFolder: 'in no folder',
  outcomes: {
    copy: 'Put right',
    stored_again: 'Stored again',
    index: 'Index made anew',
    lost: 'Lost',
  } satisfies Record<RepairItem['outcome'], string>,
  possible: {
    copy: 'Can be put right',
    stored_again: 'Can be stored again',
    index: 'Index to be made anew',
    lost: 'Nobody has it',
  } satisfies Record<RepairItem['outcome'], string>,
  repairs: 'Last repair',
  wouldBe: 'What a repair would do',
} as const

/** Words about second copies. */
export const copyWords = {
  title: 'Second copies',
  none: 'There is one copy of this mail. A second one on another disk or share survives what happens to this disk.',
  add: 'Add a copy',
  addTitle: 'Keep a second copy',
  addAct: 'Make the copy',
  path: 'Folder',
  pathHint:
    'An empty folder on another disk or a mounted network share. Everything but the index goes there, encrypted as it is here.',
  automatic: 'Bring it up to date after every pull',
  sync: 'Bring up to date',
  check: 'Check every byte',
  mend: 'Mend',
  promote: 'Use this copy instead',
  remove: 'Remove',
  menu: (path: string) => `More for the copy at ${path}`,
  automaticOn: 'follows every pull',
  automaticOff: 'only when asked or by a schedule',
  synced: 'last brought up to date:',
  checked: 'last checked:',
  never: 'never',
  removeTitle: 'Take this copy off the list?',
  removeWhat: (path: string) => `The copy at ${path} is no longer brought up to date.`,
  removeCannot: 'Nothing is deleted: its files stay where they are.',
  removeBack: 'Add the same folder again to take it up where it stopped.',
  promoteTitle: 'Use this copy instead of the archive?',
  promoteWhat: (path: string) => `The folder ${path} becomes the archive. Its index is made from its packs.`,
  promoteCannot:
    'Mail that came after it was last brought up to date is not in it, and comes with the next pull where a server still has it.',
  promoteBack: 'The old folder is left alone.',
} as const

/** How a copy stands, as a mark and in words. */
export function copyStateOf(
  state: CopyState,
  behindBytes: number | null,
): { readonly mark: Verdict; readonly says: string } {
  switch (state) {
    case 'in_step':
      return { mark: 'pass', says: 'In step' }
    case 'behind':
      return behindBytes === null || behindBytes === 0
        ? { mark: 'pass', says: 'In step, but for the newest lines of the history' }
        : { mark: 'warning', says: `Behind by ${formatBytes(behindBytes)}` }
    case 'not_reachable':
      return { mark: 'unknown', says: 'Its disk or share is not there' }
    case 'wrong_disk':
      return { mark: 'fail', says: 'Something else is in its place' }
    case 'diverged':
      return { mark: 'fail', says: 'Has changes that the archive does not have' }
    case 'damaged':
      return { mark: 'fail', says: 'Damaged' }
    case 'archive_gone':
      return { mark: 'warning', says: 'There, while the archive itself is not' }
  }
}

/** Words about the history of an archive. */
export const historyWords = {
  lead: 'What was done to this archive, by whom and when. Nothing in it can be changed unnoticed.',
  all: 'Also mail that was added',
  holds: 'The chain holds: no line was changed, taken out or put in.',
  broken: (line: number, problem: string) => `The chain is broken at line ${formatCount(line)}: ${problem}.`,
  brokenNow:
    'Somebody or something changed this file after it was written. Compare it with the history in a second copy.',
  empty: 'Nothing has been entered yet; the first pull begins the history.',
  sign: 'Sign the history',
  signed: (line: number) => `Everything up to line ${formatCount(line)} is signed.`,
  lastHash: 'SHA-256 of the last line',
  lastHashHint: 'Who notes it today can prove later that nothing before it was changed.',
  signatures: (held: number, all: number) => `${formatCount(held)} of ${formatCount(all)} signatures hold`,
  title: 'History of this archive',
  columns: { seq: 'Line', at: 'When', says: 'What' },
  more: 'Show older lines',
  shown: (shown: number, total: number) => `${formatCount(shown)} of ${formatCount(total)} lines`,
} as const
