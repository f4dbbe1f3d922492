import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { AppendMessage } from '../ports.ts'
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
  const files = (): ReadonlyMap<number, string> => {
    const names = existsSync(cur) ? readdirSync(cur) : []
    return new Map(
      names.flatMap((name) => {
        const number = nameOf.exec(name)?.[1]
        return number === undefined ? [] : [[Number(number), join(cur, name)] as const]
      }),
    )
  }
  let next: number | null = null
  const write = ({ bytes, flags, internalDateMs }: AppendMessage): number => {
    next ??= Math.max(0, ...files().keys()) + 1
    const uid = next++
    const seconds = Math.max(0, Math.floor((internalDateMs ?? 0) / 1000))
    const unique = `${String(seconds)}.R${String(uid)}.${sha256Of(bytes).slice(0, 12)}`
    const info = flags.flatMap((flag) => letters[flag.toLowerCase()] ?? []).toSorted()
    writeWhole(
      join(folder, 'tmp', unique),
      join(cur, `${unique}${infoMark}${info.join('')}`),
      bytes,
      internalDateMs,
    )
    return uid
  }
  return {
    make: () => parts.forEach((part) => makeFolder(join(folder, part))),
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
