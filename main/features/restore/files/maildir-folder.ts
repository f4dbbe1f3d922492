import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { openFileEach } from './file-each.ts'
import type { FileFolder, FileFormat } from './file-folder.ts'
import { makeFolder } from './file-folder.ts'
import { sha256Of, writeWhole } from './write-file.ts'

const parts = ['tmp', 'new', 'cur'] as const
/** Maildir's own `:2,`; Windows forbids the colon. */
const infoMark = process.platform === 'win32' ? '!2,' : ':2,'
const nameOf = /^\d+\.R(\d+)\.[0-9a-f]{12}[:!]2,/

const letters: Readonly<Record<string, string>> = {
  '\\draft': 'D',
  '\\flagged': 'F',
  '\\answered': 'R',
  '\\seen': 'S',
  '\\deleted': 'T',
}

/** Maildir (cr.yp.to/proto/maildir.html): flags in the name, the date as the file's own. Keywords have no place in it. */
export const maildirFolder: FileFormat = {
  suffix: '',
  isFolder: (full) => existsSync(join(full, 'cur')) && statSync(join(full, 'cur')).isDirectory(),
  open: (full) => openMaildir(full),
}

function openMaildir(folder: string): FileFolder {
  const cur = join(folder, 'cur')
  return openFileEach({
    folder: cur,
    nameOf,
    make: () => parts.forEach((part) => makeFolder(join(folder, part))),
    write: (uid, { bytes, flags, internalDateMs }) => {
      const seconds = Math.max(0, Math.floor((internalDateMs ?? 0) / 1000))
      const unique = `${String(seconds)}.R${String(uid)}.${sha256Of(bytes).slice(0, 12)}`
      const info = flags.flatMap((flag) => letters[flag.toLowerCase()] ?? []).toSorted()
      const file = join(cur, `${unique}${infoMark}${info.join('')}`)
      writeWhole(join(folder, 'tmp', unique), file, bytes, internalDateMs)
    },
  })
}
