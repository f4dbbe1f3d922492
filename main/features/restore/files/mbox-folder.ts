import {
  closeSync,
  createReadStream,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { fromMboxEntry, mboxFromLine, toMboxEntry } from '../../../../core/archive/mboxrd.ts'
import { splitMbox } from '../../archive/index.ts'
import type { AppendMessage } from '../ports.ts'
import type { FileFolder, FileFormat } from './file-folder.ts'
import { makeFolder } from './file-folder.ts'
import { fileError, sha256Of, writeAll } from './write-file.ts'

const find = (bytes: Uint8Array, start: number) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf('From ', start)

/**
 * One mboxrd file a folder. mbox has no flags, and does not say whether a message ended with a line end; so each
 * message read from one has two possible hashes. The date is in the separator line.
 */
export const mboxFolder: FileFormat = {
  suffix: '.mbox',
  isFolder: (full) => full.endsWith('.mbox') && statSync(full).isFile(),
  open: (full) => openMbox(full),
}

function openMbox(file: string): FileFolder {
  const mark = `${file}.writing`
  let count: number | null = null
  return {
    make: () => {
      makeFolder(dirname(file))
      recover(file, mark)
      if (!existsSync(file)) writeFileSync(file, '')
    },
    isEmpty: () => {
      recover(file, mark)
      return !existsSync(file) || statSync(file).size === 0
    },
    list: async () => {
      const marks = []
      for await (const { uid, bytes } of eachMessage(file, mark)) {
        const facts = { internalDateMs: null, messageId: null, hashes: readings(bytes) }
        marks.push({ uid, sizeBytes: bytes.length, ...facts })
      }
      return marks
    },
    append: async (messages) => {
      if (count === null) {
        count = 0
        for await (const { uid } of eachMessage(file, mark)) count = uid
      }
      const first = count + 1
      appendEntries(file, mark, messages)
      count += messages.length
      return messages.map((_, n) => first + n)
    },
    fetch: async function* (uids) {
      const wanted = new Set(uids)
      for await (const message of eachMessage(file, mark)) if (wanted.has(message.uid)) yield message
    },
  }
}

async function* eachMessage(file: string, mark: string) {
  recover(file, mark)
  if (!existsSync(file)) return
  let uid = 0
  for await (const entry of splitMbox(createReadStream(file))) {
    const bytes = fromMboxEntry(entry, false, find)
    if (bytes !== null) yield { uid: ++uid, bytes }
  }
}

/** `mark` holds the length before an append: what a crash left behind it is taken off, and nothing else ever is. */
function recover(file: string, mark: string): void {
  if (!existsSync(mark)) return
  const length = Number(readFileSync(mark, 'utf8'))
  if (Number.isSafeInteger(length) && existsSync(file) && statSync(file).size > length)
    truncateSync(file, length)
  rmSync(mark)
}

function appendEntries(file: string, mark: string, messages: readonly AppendMessage[]): void {
  try {
    const fd = openSync(file, 'a')
    try {
      writeFileSync(mark, String(fstatSync(fd).size), { flush: true })
      for (const { bytes, internalDateMs } of messages)
        writeAll(fd, toMboxEntry(bytes, Buffer.from(mboxFromLine(null, internalDateMs)), find).bytes)
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    rmSync(mark)
  } catch (cause) {
    throw fileError(cause, file)
  }
}

function readings(bytes: Uint8Array): readonly string[] {
  const whole = sha256Of(bytes)
  return bytes.at(-1) === 0x0a ? [whole, sha256Of(bytes.subarray(0, -1))] : [whole]
}
