import { existsSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { safeSegment } from '../../../../core/archive/bundle.ts'
import type { ExportFormat } from '../../../../core/archive/types.ts'
import { AppError } from '../../../../core/errors.ts'
import type { MailTarget } from '../ports.ts'
import type { FileFormat } from './file-folder.ts'
import { emlFolder } from './eml-folder.ts'
import { maildirFolder } from './maildir-folder.ts'
import { mboxFolder } from './mbox-folder.ts'

const formats: Readonly<Record<ExportFormat, FileFormat>> = {
  eml: emlFolder,
  maildir: maildirFolder,
  mboxrd: mboxFolder,
}

/**
 * A folder on this workstation as a target. Folder names are made safe for every system; what was written is synced
 * before it is reported. Errors: `file.*`.
 */
export function createFileTarget(root: string, format: ExportFormat): MailTarget {
  const kind = formats[format]
  const base = resolve(root)
  const locate = (path: string): string => {
    const full = join(base, ...path.split('/').map(safeSegment))
    if (relative(base, full).startsWith('..'))
      throw new AppError('file.not_writable', { details: { file: full } })
    return `${full}${kind.suffix}`
  }
  const at = (path: string) => kind.open(locate(path))
  return {
    abilities: { largestBytes: null, undoable: false, batchMessages: 200 },
    names: () =>
      Promise.resolve({
        delimiter: '/',
        namespace: '',
        folders: listFolders(base, kind).map((path) => ({ path, specialUse: null })),
      }),
    quota: () => Promise.resolve(roomOn(base)),
    createFolder: (path) => {
      at(path).make()
      return Promise.resolve(null)
    },
    deleteFolder: (path) => {
      rmSync(locate(path), { recursive: true, force: true })
      return Promise.resolve()
    },
    state: (path) =>
      Promise.resolve({
        uidValidity: '1',
        // How many there are is for the list to say; here it matters only whether there is one.
        messages: at(path).isEmpty() ? 0 : 1,
        permanentFlags: null,
        readOnly: false,
      }),
    listMarks: (path) => at(path).list(),
    append: async (path, messages) => ({
      kind: 'appended',
      uidValidity: '1',
      uids: await at(path).append(messages),
    }),
    fetch: (path, uids) => at(path).fetch(uids),
    remove: () => Promise.resolve(0),
    close: () => Promise.resolve(),
  }
}

/** Free room on the disk, as a quota: what is used is not known and counts as nothing. */
function roomOn(base: string) {
  let existing = base
  while (!existsSync(existing) && existing !== resolve(existing, '..')) existing = resolve(existing, '..')
  const { bavail, bsize } = statfsSync(existing)
  return { usedBytes: 0, limitBytes: bavail * bsize }
}

function listFolders(base: string, kind: FileFormat, below = ''): readonly string[] {
  const full = join(base, below)
  if (!existsSync(full)) return []
  return readdirSync(full, { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    const own = kind.isFolder(join(base, path))
      ? [kind.suffix === '' ? path : path.slice(0, -kind.suffix.length)]
      : []
    return [...own, ...(entry.isDirectory() ? listFolders(base, kind, path) : [])]
  })
}
