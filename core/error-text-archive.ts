import { assertNever } from './errors.ts'
import type { AppErrorCode } from './errors.ts'

/** What happened, and what to do next. */
export type Words = readonly [sentence: string, nextStep: string]
/** A fact of the case by its name, or what stands in its place. */
export type Fact = (name: string, otherwise: string) => string
/** Failures of archives, bundles and restores. */
export type ArchiveErrorCode = Extract<AppErrorCode, `${'archive' | 'bundle' | 'restore'}.${string}`>

/** The words for failures of archives, bundles and restores. */
// One line a code: it is a table, and splitting it would only hide which code lacks its words.
// eslint-disable-next-line max-lines-per-function
export function archiveErrorWords(code: ArchiveErrorCode, fact: Fact): Words {
  const file = fact('file', 'the file')
  switch (code) {
    case 'archive.damaged':
      return [
        `The archive ${fact('archive', '')} is damaged at ${fact('place', 'a place that verify names')}.`,
        'Run “Verify archive” to see what is affected; the rest stays readable.',
      ]
    case 'archive.newer':
      return ['The archive was written by a newer Mail Desk.', 'Install the newest version to open it.']
    case 'archive.busy':
      return ['Another program is writing to this archive.', 'Wait until it is done.']
    case 'archive.index_missing':
      return [
        'The index of this archive is missing or of another version.',
        'Rebuild the index; the packs have everything that it needs.',
      ]
    case 'archive.read_only':
      return [
        'This archive is a read-only copy of a bundle.',
        'Pull the mailbox into an archive of your own.',
      ]
    case 'archive.copy_elsewhere':
      return [
        `What is at ${file} is not the second copy that belongs there.`,
        'Connect the right disk or share, or take this copy off the list.',
      ]
    case 'archive.changed_since':
      return [
        `Something was added or changed in ${file} after the archive went on in another folder, so it was not deleted.`,
        'Open that folder as an archive of its own on another desk, or compare the history of both, before you delete it by hand.',
      ]
    case 'archive.copy_diverged':
      return [
        `The second copy at ${file} has changes that the archive does not have: one of the two was used as an archive by itself, or put back from a backup.`,
        'Look at the history of both. Then take the copy off the list and make a new one, or use it instead of the archive.',
      ]
    case 'archive.is_copy':
      return [
        `${file} is a second copy; only bringing it up to date may change it.`,
        'If the archive itself is gone, choose “Use this copy instead”, or run “archive copy promote”.',
      ]
    case 'archive.not_an_archive':
      return [
        `${file} is not a Mail Desk archive or bundle.`,
        'Choose a folder that contains `packs`, or a bundle’s zip file.',
      ]
    case 'archive.key_missing':
      return [
        'This archive is encrypted, and its key is not on this desk.',
        'Unlock it with its recovery key: open the archive and choose “Unlock”, or run “archive keys unlock”.',
      ]
    case 'archive.keys_damaged':
      return [
        'The archive is encrypted, and both files with its keys are lost or damaged.',
        'Put keys.json or keys-copy.json back from a second copy or a backup of the archive; any copy will do.',
      ]
    case 'archive.recovery_key_mistyped':
      return [
        fact('problem', 'This is not a recovery key.'),
        'Compare it with what you noted and correct it.',
      ]
    case 'archive.recovery_key_wrong':
      return [
        'This recovery key is typed correctly, but it is not the one of this archive.',
        'Look for the one that was noted with this archive’s name and date; an older one was replaced.',
      ]
    case 'archive.not_encrypted':
      return ['This archive is not encrypted, so it has no keys.', 'Encrypt it first.']
    case 'archive.bad_query':
      return [
        `The search cannot be understood. ${fact('problem', '')}`.trim(),
        'Correct it; nothing was done, so that nothing is done to other mail than you mean.',
      ]
    case 'bundle.damaged':
      return [
        'The bundle is not what its manifest says.',
        'Ask for it again; the report names the files that differ.',
      ]
    case 'bundle.locked':
      return [
        'This bundle is encrypted.',
        'Give its passphrase, or the age identity (AGE-SECRET-KEY-…) that it was encrypted to.',
      ]
    case 'bundle.wrong_secret':
      return [
        'This passphrase or identity does not open the bundle.',
        'Check it with whoever sent the bundle; the file itself was not changed.',
      ]
    case 'restore.nothing_to_try':
      return ['There is no message in this archive to try.', 'Archive a mailbox into it first.']
    case 'restore.folder_refused':
      return [
        `The target does not let the folder ${fact('folder', 'that was wanted')} be made: ${fact('response', 'it gave no reason')}.`,
        'Choose another mailbox or folder, or have the right granted.',
      ]
    case 'restore.not_undoable':
      return [
        `${fact('target', 'The target')} does not name what it was given, so what was added cannot be told from the rest.`,
        'Remove it by hand; the list of the restore says what was added to which folder.',
      ]
    default:
      return assertNever(code)
  }
}
