import { formatBytes, formatCount, plural } from './format.ts'

const messages = { one: 'message', other: 'messages' }
const folders = { one: 'folder', other: 'folders' }
const mailboxes = { one: 'mailbox', other: 'mailboxes' }
const places = { one: 'damaged place', other: 'damaged places' }
const copies = { one: 'copy', other: 'copies' }

/** Words of the one look at an archive: whether it is complete, whole, safe, and of use. */
export const standingWords = {
  title: 'How this archive stands',
  lines: {
    complete: 'Complete',
    checked: 'Whole',
    copies: 'Second copy',
    drill: 'Restorable',
    encrypted: 'Encrypted',
    left: 'Old folder',
  },
  ways: {
    complete: 'Archive again',
    checked: 'Check it',
    copies: 'See the copies',
    drill: 'See the drills',
    encrypted: 'See the keys',
    left: 'See what to do',
  },
  nothingPulled: 'Nothing was archived from a server yet.',
  complete: (folderCount: number, mailboxCount: number) =>
    `All ${plural(folderCount, folders)} of ${plural(mailboxCount, mailboxes)} hold what the server had at the last pull.`,
  missing: (count: number, folderCount: number) =>
    `${plural(count, messages)} in ${plural(folderCount, folders)} ${count === 1 ? 'is' : 'are'} missing. Coverage says which and why.`,
  unmeasured: (count: number) =>
    `${plural(count, folders)} ${count === 1 ? 'was' : 'were'} not pulled to the end, so what is missing there is not known.`,
  neverChecked: 'Never read back. A verification reads every byte and compares it with what was written.',
  repairedSince: 'Repaired since the last check. Verify once more.',
  damaged: (count: number) =>
    `${plural(count, places)} found. A repair can put back what a copy or the server has.`,
  historyChanged: 'Every message is whole, but its history was changed.',
  whole: (count: number, bytes: number) =>
    `Every byte was read and matched: ${plural(count, messages)} in ${formatBytes(bytes)}.`,
  noCopy: 'None. What happens to this disk happens to all of this mail.',
  copy: (count: number, path: string, says: string) =>
    count === 1 ? `${path}: ${says}` : `${formatCount(count)} ${copies.other}. ${path}: ${says}`,
  plain: 'No. Whoever can read its folder can read the mail in it.',
  keysUnread: 'Yes, but its key files could not be read.',
  keyNotNoted: 'Yes, but nobody has said that the recovery key is noted.',
  keyNotTested: 'Yes. The recovery key is noted; it was not tested yet.',
  keyTested: 'Yes. The recovery key is noted and was tested.',
  leftPlain: (path: string) => `The mail is still readable by anyone in ${path}.`,
  leftEncrypted: (path: string) => `The folder that it was in before is still there: ${path}.`,
} as const

/** Words about the folder that is left when an archive goes on in another. */
export const leftFolderWords = {
  title: 'Folders from before',
  hint: 'This archive was written anew into another folder. The folder that it was in before stays until it is deleted.',
  plain: 'Not encrypted',
  plainMeans: 'Anyone who can read this folder can read the mail in it.',
  encrypted: 'Encrypted under older keys',
  changed:
    'Something was added or changed in it since. It is not deleted from here, because that would be lost.',
  left: 'left',
  act: 'Delete this folder',
  confirmTitle: 'Delete the folder from before?',
  confirmWhat: (path: string) =>
    `${path} is deleted. All that was in it is in the archive that is used now; that was proved message by message when it was written.`,
  size: (bytes: number) => `${formatBytes(bytes)} on disk`,
  cannot:
    'The files are gone from this folder. Backups of this disk, and disks that keep deleted data, may still have them.',
  wayBack: 'None for this folder. The archive itself, its second copies and its history stay.',
  done: 'The folder from before was deleted.',
} as const
