import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AppendMessage } from '../ports.ts'
import type { FileFolder } from './file-folder.ts'
import { sha256Of } from './write-file.ts'

/** A folder in which every message is a file of its own, numbered in its name. */
export interface FileEach {
  readonly folder: string
  /** Its first group is the message's number. */
  readonly nameOf: RegExp
  readonly make: () => void
  /** Writes a message under a number that is free. */
  readonly write: (uid: number, message: AppendMessage) => void
}

/** What EML trees and Maildirs have in common; they differ in names and in how a file is written. */
export function openFileEach({ folder, nameOf, make, write }: FileEach): FileFolder {
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
  const append = (message: AppendMessage): number => {
    next ??= Math.max(0, ...files().keys()) + 1
    const uid = next++
    write(uid, message)
    return uid
  }
  return {
    make,
    isEmpty: () => files().size === 0,
    list: () =>
      Promise.resolve(
        [...files()].map(([uid, file]) => {
          const bytes = readFileSync(file)
          const facts = { messageId: null, internalDateMs: null, hashes: [sha256Of(bytes)] }
          return { uid, sizeBytes: bytes.length, ...facts }
        }),
      ),
    append: (messages) => Promise.resolve(messages.map(append)),
    fetch: async function* (uids) {
      const all = files()
      for (const uid of uids) {
        const file = all.get(uid)
        if (file !== undefined) yield await Promise.resolve({ uid, bytes: readFileSync(file) })
      }
    },
  }
}
