import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { safeSegment } from '../../../../core/archive/bundle.ts'
import { openFileEach } from './file-each.ts'
import type { FileFolder, FileFormat } from './file-folder.ts'
import { makeFolder } from './file-folder.ts'
import { writeWhole } from './write-file.ts'

const nameOf = /^(\d{6,}) .*\.eml$/

/** One `.eml` file a message, named by number and subject. EML has no flags; the date is the file's own. */
export const emlFolder: FileFormat = {
  suffix: '',
  isFolder: (full) => existsSync(full) && statSync(full).isDirectory(),
  open: (full) => openEml(full),
}

function openEml(folder: string): FileFolder {
  return openFileEach({
    folder,
    nameOf,
    make: () => {
      makeFolder(folder)
      for (const name of readdirSync(folder))
        if (/^\.\d+\.part$/.test(name)) rmSync(join(folder, name), { force: true })
    },
    write: (uid, { bytes, internalDateMs }) => {
      const name = safeSegment(`${String(uid).padStart(6, '0')} ${subjectOf(bytes).slice(0, 50)}`)
      writeWhole(join(folder, `.${String(uid)}.part`), join(folder, `${name}.eml`), bytes, internalDateMs)
    },
  })
}

/** The Subject's own letters, undecoded: good enough for a file's name. */
function subjectOf(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 16_384)).toString('latin1')
  return /^subject:[ \t]*([^\r\n]*)/im.exec(head)?.[1]?.trim() ?? 'message'
}
