import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeMessage } from './messages.ts'
import { own } from './servers/instance.ts'

/** How to fill a Maildir. */
export interface FillOptions {
  /** Folder as IMAP names it with `/`; `INBOX` when left out. */
  readonly folder?: string
  /** Number of the first message: a second call with a higher one adds different messages. */
  readonly from?: number
  /** Milliseconds since the epoch that becomes the first message's INTERNALDATE. */
  readonly startMs?: number
  /** Bytes of message `n`; `makeMessage` when left out. */
  readonly message?: (n: number) => Buffer
}

/**
 * Writes `count` messages straight into a Maildir, faster than any protocol, and returns the SHA-256 of each.
 * Lines end in CRLF on disk, so what IMAP gives is byte for byte the file.
 */
export function fillMaildir(maildir: string, count: number, options: FillOptions = {}): string[] {
  const { folder = 'INBOX', from = 0, startMs = Date.UTC(2026, 0, 1), message = makeMessage } = options
  const path = folderPath(maildir, folder)
  for (const name of [
    dirname(maildir),
    maildir,
    path,
    ...['cur', 'new', 'tmp'].map((part) => join(path, part)),
  ]) {
    mkdirSync(name, { recursive: true })
    own(name)
  }
  if (folder !== 'INBOX') {
    writeFileSync(join(path, 'maildirfolder'), '')
    own(join(path, 'maildirfolder'))
  }
  return Array.from({ length: count }, (_, index) => {
    const bytes = message(from + index)
    const seconds = Math.floor(startMs / 1000) + (from + index) * 60
    const flags = ['', 'S', 'RS', 'FS'][(from + index) % 4] ?? ''
    const file = `${seconds}.M${from + index}P1.lab,S=${bytes.length},W=${bytes.length}:2,${flags}`
    writeFileSync(join(path, 'cur', file), bytes)
    own(join(path, 'cur', file))
    return sha256(bytes)
  })
}

/** The SHA-256 of every message in a folder of a Maildir, sorted. */
export function hashMaildir(maildir: string, folder = 'INBOX'): string[] {
  const path = folderPath(maildir, folder)
  return ['cur', 'new']
    .flatMap((part) =>
      readdirSync(join(path, part)).map((file) => sha256(readFileSync(join(path, part, file)))),
    )
    .sort()
}

/** Maildir++: INBOX is the root, `A/B` is the folder `.A.B`. */
function folderPath(maildir: string, folder: string): string {
  return folder === 'INBOX' ? maildir : join(maildir, `.${folder.replaceAll('/', '.')}`)
}

/** Hexadecimal SHA-256. */
export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
