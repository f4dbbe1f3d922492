import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { safeSegment } from '../../../../core/archive/bundle.ts'
import type { AppendMessage } from '../ports.ts'
import type { FileFolder, FileFormat } from './file-folder.ts'
import { makeFolder } from './file-folder.ts'
import { sha256Of, writeWhole } from './write-file.ts'

const nameOf = /^(\d{6,}) .*\.eml$/

/** One `.eml` file a message, named by number and subject. EML has no flags; the date is the file's own. */
export const emlFolder: FileFormat = {
  suffix: '',
  isFolder: (full) => existsSync(full) && statSync(full).isDirectory(),
  open: (full) => openEml(full),
}

function openEml(folder: string): FileFolder {
  const files = (): ReadonlyMap<number, string> => {
    const names = existsSync(folder) ? readdirSync(folder) : []
    return new Map(
      names.flatMap((name) => {
        const number = nameOf.exec(name)?.[1]
        return number === undefined ? [] : [[Number(number), join(folder, name)] as const]
      }),
    )
  }
  let next: number | null = null
  const write = (message: AppendMessage): number => {
    next ??= Math.max(0, ...files().keys()) + 1
    const uid = next++
    const name = safeSegment(`${String(uid).padStart(6, '0')} ${subjectOf(message.bytes).slice(0, 50)}`)
    const temporary = join(folder, `.${String(uid)}.part`)
    writeWhole(temporary, join(folder, `${name}.eml`), message.bytes, message.internalDateMs)
    return uid
  }
  return {
    make: () => {
      makeFolder(folder)
      for (const name of readdirSync(folder))
        if (/^\.\d+\.part$/.test(name)) rmSync(join(folder, name), { force: true })
    },
    isEmpty: () => files().size === 0,
    list: () =>
      Promise.resolve(
        [...files()].map(([uid, file]) => {
          const bytes = readFileSync(file)
          const facts = { messageId: null, internalDateMs: null, hashes: [sha256Of(bytes)] }
          return { uid, sizeBytes: bytes.length, ...facts }
        }),
      ),
    append: (messages) => Promise.resolve(messages.map(write)),
    fetch: async function* (uids) {
      const all = files()
      for (const uid of uids) {
        const file = all.get(uid)
        if (file !== undefined) yield await Promise.resolve({ uid, bytes: readFileSync(file) })
      }
    },
  }
}

/** The Subject's own letters, undecoded: good enough for a file's name. */
function subjectOf(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 16_384)).toString('latin1')
  return /^subject:[ \t]*([^\r\n]*)/im.exec(head)?.[1]?.trim() ?? 'message'
}
