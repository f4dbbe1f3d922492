import { describeKind } from '../../core/archive/imports.ts'
import type { ImportPreview, ImportReport } from '../../core/archive/imports.ts'
import type { MboxVariant } from '../../core/archive/mbox-variants.ts'
import { countMessages } from './archive.ts'
import { formatBytes, formatCount, plural } from './format.ts'

const folders = { one: 'folder', other: 'folders' }

/** Words of the import. */
export const importWords = {
  open: 'Import mail',
  title: 'Import mail from files',
  lead: 'mbox, Maildir, EML, Apple Mail, Google Takeout, another archive or a bundle; a file, a folder or a zip. The files stay as they are. It can be run again: what is there already is passed over.',
  path: 'Path',
  pathHint: 'A file, a folder, or a zip that need not be unpacked.',
  secret: 'Passphrase or age identity',
  secretHint: 'Only for an encrypted bundle.',
  look: 'Look what is there',
  act: 'Import mail',
  started: 'The import has started. Its progress is shown here and among the jobs.',
  found: ({ kind, folders: found, messages, isEstimate, bytes }: ImportPreview) =>
    kind === 'nothing'
      ? 'Found no mail there.'
      : `Found: ${describeKind(kind)}, ${plural(found.length, folders)}, ${isEstimate ? 'about ' : ''}${countMessages(messages)}, ${formatBytes(bytes)}.`,
  estimate: 'The count is estimated from the first megabytes of each mbox file.',
  foldersFound: 'Folders',
  moreFolders: (count: number) => `and ${plural(count, { one: 'more', other: 'more' })}`,
  ignored: (count: number) =>
    `${plural(count, { one: 'file holds', other: 'files hold' })} no mail and will be passed over.`,
  source: 'Whose mail it is',
  sourceHint: 'The mailbox under which the folders are listed.',
  keepsSource: 'The mail keeps the mailboxes and folders that it had.',
  variant: 'Kind of the mbox files',
  variantAuto: 'Recognise each by itself',
  variants: {
    mboxrd: 'mboxrd: “>From ” and “>>From ” are undone',
    mboxo: 'mboxo: only “>From ” is undone',
    mboxcl: 'mboxcl: lengths stated, “>From ” is undone',
    mboxcl2: 'mboxcl2: lengths stated, nothing is quoted',
  } satisfies Readonly<Record<MboxVariant, string>>,
  recognised: (path: string, variant: string, why: string) => `${path}: ${variant}. ${why}`,
} as const

/** One line on what an import brought in. */
export function importLine(report: ImportReport): string {
  const { stored, again, known, failed, noted, format, path } = report
  return [
    `${countMessages(stored + again)} new from ${path} (${format})`,
    ...(known > 0 ? [`${formatCount(known)} there already`] : []),
    ...(failed > 0 ? [`${formatCount(failed)} could not be imported`] : []),
    ...(noted > 0 ? [`${formatCount(noted)} with remarks`] : []),
  ].join('; ')
}
