import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { checkChain, ledgerLine, parseLedgerLine } from '../../../../core/archive/ledger.ts'
import type { ChainCheck, LedgerEntry, LedgerLine } from '../../../../core/archive/ledger.ts'
import { translateFileError } from './file-error.ts'
import { archivePaths, syncFolder } from './folder.ts'
import { sha256Of } from './frame.ts'
import { readAt } from './scan.ts'
import { writeWhole } from './write-whole.ts'

/** The ledger of an archive whose lock the caller holds. */
export interface Ledger {
  /** Number of the last line; 0 when there is none yet. */
  readonly seq: () => number
  /** All lines that can be read. Whether the chain holds is for `readLedger`: a damaged line must not stop a pull. */
  entries(): readonly LedgerLine[]
  /** Writes a line and waits until it is on the disk; returns its number. */
  append(entry: LedgerEntry, atMs: number): number
  close(): void
}

const lineFeed = 0x0a
const tailBytes = 4096

/** The ledger's file. */
export function ledgerFile(root: string): string {
  return join(root, 'ledger.jsonl')
}

/**
 * Opens the ledger for appending. A last line that was cut off was never relied on: it is put into `quarantine/`.
 * Errors: `file.*`.
 */
export function openLedger(root: string): Ledger {
  const file = ledgerFile(root)
  const isNew = !existsSync(file)
  const fd = open(file)
  try {
    if (isNew) syncFolder(root)
    let end = dropTornLine(root, fd)
    let last = readLastLine(root, fd, end)
    return {
      seq: () => last?.seq ?? 0,
      entries: () => readLedgerTexts(root).flatMap((text) => parseLedgerLine(text) ?? []),
      append: (entry, atMs) => {
        const line = ledgerLine.parse({
          seq: (last?.seq ?? 0) + 1,
          atMs,
          previous: last?.sha256 ?? null,
          entry,
        })
        const text = Buffer.from(`${JSON.stringify(line)}\n`)
        write(fd, text, end, file)
        end += text.length
        last = { seq: line.seq, sha256: sha256Of(text.subarray(0, -1)) }
        return line.seq
      },
      close: () => closeSync(fd),
    }
  } catch (error) {
    closeSync(fd)
    throw translateFileError(error, file)
  }
}

/** The ledger of a second copy: takes the archive's own lines, as they are. */
export interface LineLog {
  /** The lines that are there and whole. */
  readonly texts: readonly string[]
  /** Writes a line and waits until it is on the disk. */
  append(text: string): void
  close(): void
}

/** Opens a copy's ledger. Lines that are damaged are let go: they come from the archive once more. */
export function openLineLog(root: string): LineLog {
  const file = ledgerFile(root)
  const { lines, broken } = readLedger(root)
  const texts = readLedgerTexts(root)
  // The line before the break may be the one that was hit: only what a later line vouches for is sure.
  const whole = broken === null ? texts : texts.slice(0, Math.max(0, lines.length - 1))
  if (whole.length < texts.length) writeWhole(file, whole.map((text) => `${text}\n`).join(''))
  const fd = open(file)
  let end = dropTornLine(root, fd)
  return {
    texts: whole,
    append: (text) => {
      const line = Buffer.from(`${text}\n`)
      write(fd, line, end, file)
      end += line.length
    },
    close: () => closeSync(fd),
  }
}

/** Reads and checks the ledger; a line that is being written is not there yet. An archive without one has no lines. */
export function readLedger(root: string): ChainCheck {
  return checkChain(readLedgerTexts(root), (line) => sha256Of(Buffer.from(line)))
}

/** The ledger's whole lines as they stand in the file, without their line feeds. */
export function readLedgerTexts(root: string): readonly string[] {
  const file = ledgerFile(root)
  try {
    if (!existsSync(file)) return []
    const lines = readFileSync(file, 'utf8').split('\n')
    // What stands behind the last line feed is a line that is not finished.
    return lines.slice(0, -1)
  } catch (error) {
    throw translateFileError(error, file)
  }
}

/** Number and hash of the ledger's last line; null when it has none. */
function readLastLine(
  root: string,
  fd: number,
  end: number,
): { readonly seq: number; readonly sha256: string } | null {
  if (end === 0) return null
  const start = lineStart(fd, end - 1)
  const bytes = readAt(fd, start, end - 1 - start)
  const line = parseLedgerLine(bytes.toString('utf8'))
  // A last line that is damaged stays where it is, for verify to name; the next one goes on behind it.
  return { seq: line?.seq ?? readLedgerTexts(root).length, sha256: sha256Of(bytes) }
}

/** Ends the file behind its last line feed and returns where that is. */
function dropTornLine(root: string, fd: number): number {
  const { size } = fstatSync(fd)
  const whole = lineStart(fd, size)
  if (whole === size) return size
  const { quarantine } = archivePaths(root)
  mkdirSync(quarantine, { recursive: true })
  writeFileSync(join(quarantine, `ledger.jsonl.${whole}.torn`), readAt(fd, whole, size - whole))
  ftruncateSync(fd, whole)
  fdatasyncSync(fd)
  return whole
}

/** Where the line begins that ends before `end`: behind the last line feed before it. */
function lineStart(fd: number, end: number): number {
  for (let to = end; to > 0; to = Math.max(0, to - tailBytes)) {
    const from = Math.max(0, to - tailBytes)
    const at = readAt(fd, from, to - from).lastIndexOf(lineFeed)
    if (at !== -1) return from + at + 1
  }
  return 0
}

function open(file: string): number {
  try {
    return openSync(file, existsSync(file) ? 'r+' : 'wx+', 0o600)
  } catch (error) {
    throw translateFileError(error, file)
  }
}

function write(fd: number, text: Buffer, position: number, file: string): void {
  try {
    for (let done = 0; done < text.length;)
      done += writeSync(fd, text, done, text.length - done, position + done)
    fdatasyncSync(fd)
  } catch (error) {
    ftruncateSync(fd, position)
    throw translateFileError(error, file)
  }
}
