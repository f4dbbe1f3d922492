import { AppError } from '../../../../core/errors.ts'
import type { SourceFolder } from '../ports.ts'

/** Folders to pull, and those whose mail comes with another folder. */
export interface ChosenFolders {
  readonly folders: readonly SourceFolder[]
  /** Gmail's labels, shown as folders: their messages are all in "All Mail". */
  readonly labelFolders: readonly string[]
}

/** On Gmail these have all mail once: "All Mail", and what it does not have, Spam and Trash. */
const wholeOfGmail: ReadonlySet<string | null> = new Set(['\\All', '\\Junk', '\\Trash'])

/**
 * All folders, or the named ones. Gmail shows a message in the folder of each of its labels; there "All Mail" is
 * pulled with the labels, and nothing twice (support.google.com: "IMAP for Gmail" extensions). Where "All Mail" is not shown by IMAP,
 * the labels' folders are pulled like anyone's. Errors: `imap.folder_missing`.
 */
export function chooseFolders(
  listed: readonly SourceFolder[],
  named: readonly string[] | null,
  gmailLabels: boolean,
): ChosenFolders {
  if (named !== null) {
    const missing = named.find((path) => !listed.some((folder) => folder.path === path))
    if (missing !== undefined) throw new AppError('imap.folder_missing', { details: { folder: missing } })
    return { folders: listed.filter(({ path }) => named.includes(path)), labelFolders: [] }
  }
  const hasAll = listed.some(({ specialUse }) => specialUse === '\\All')
  if (!gmailLabels || !hasAll) return { folders: listed, labelFolders: [] }
  return {
    folders: listed.filter(({ specialUse }) => wholeOfGmail.has(specialUse)),
    labelFolders: listed.filter(({ specialUse }) => !wholeOfGmail.has(specialUse)).map(({ path }) => path),
  }
}
