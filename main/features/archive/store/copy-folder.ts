import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, rmdirSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { z } from 'zod'
import { tilePacks } from '../../../../core/archive/ledger.ts'
import type { LedgerLine } from '../../../../core/archive/ledger.ts'
import { AppError } from '../../../../core/errors.ts'
import { translateFileError } from './file-error.ts'
import { archivePaths, readArchiveCard, syncFolder } from './folder.ts'
import { readLedger, readLedgerTexts } from './ledger.ts'
import { writeWhole } from './write-whole.ts'

/**
 * `copy.json` in a second copy: says of which archive it is and which copy of it. Everything else in the folder is as
 * in the archive itself, but for the index; without this file the folder is an archive in its own right.
 */
const copyMark = z.strictObject({
  format: z.literal('mail-desk-archive-copy'),
  version: z.literal(1),
  copyId: z.string(),
  archiveId: z.string(),
})
export type CopyMark = z.infer<typeof copyMark>

/** How a copy stands, as its folder shows. */
export type CopyStanding =
  | { readonly state: 'in_step' }
  | { readonly state: 'behind'; readonly behindBytes: number; readonly behindLines: number }
  | { readonly state: 'not_reachable' | 'wrong_disk' | 'diverged' | 'archive_gone' }

/** What of an archive's folder belongs into a copy, beside the packs and the ledger. Keys first: packs need them. */
export const sideFiles = ['archive.json', 'keys.json', 'keys-copy.json', 'README.txt'] as const
const ownFiles = [
  ...[...sideFiles, 'copy.json', 'ledger.jsonl', 'removal.json', 'packs', 'quarantine', 'incoming'],
  ...['index.sqlite', 'text.sqlite'].flatMap((name) => [name, `${name}-wal`, `${name}-shm`]),
  ...['writer.lock', 'writer.lock-journal', 'text.lock', 'text.lock-journal'],
]

/** The mark of a second copy; null where the folder is none. */
export function readCopyMark(folder: string): CopyMark | null {
  const file = join(folder, 'copy.json')
  try {
    if (!existsSync(file)) return null
    const parsed = copyMark.safeParse(JSON.parse(readFileSync(file, 'utf8')))
    return parsed.success ? parsed.data : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw translateFileError(error, file)
  }
}

/**
 * Begins a second copy in a folder that is empty or not there yet; one that is a copy of this archive already is taken
 * up again. Errors: `record.conflict` (something else is there, or it is the archive itself), `file.*`.
 */
export function beginCopy(root: string, target: string, copyId: string): CopyMark {
  const { archiveId } = readArchiveCard(root)
  refuseNested(root, target)
  try {
    const known = readCopyMark(target)
    if (known?.archiveId === archiveId) return known
    mkdirSync(target, { recursive: true, mode: 0o700 })
    if (readdirSync(target).length > 0) throw conflict('folder that is not empty', target)
    const mark: CopyMark = { format: 'mail-desk-archive-copy', version: 1, copyId, archiveId }
    mkdirSync(archivePaths(target).packs)
    writeWhole(join(target, 'copy.json'), `${JSON.stringify(mark, null, 2)}\n`)
    syncFolder(target)
    return mark
  } catch (error) {
    throw translateFileError(error, target)
  }
}

/** Compares a copy with its archive by their ledgers: no pack is read. */
export function lookAtCopy(
  root: string,
  target: string,
  expected: Omit<CopyMark, 'format' | 'version'>,
): CopyStanding {
  const found = whatIsThere(target, expected)
  if (found !== null) return { state: found }
  if (!existsSync(archivePaths(root).card)) return { state: 'archive_gone' }
  const { lines } = readLedger(root)
  const texts = readLedgerTexts(root)
  const had = readLedgerTexts(target)
  if (!isPrefix(had, texts)) return { state: 'diverged' }
  const missing = lines.slice(had.length)
  if (missing.length === 0) return { state: 'in_step' }
  return { state: 'behind', behindBytes: bytesToCopy(lines, had.length), behindLines: missing.length }
}

/** What is wrong with the place of a copy; null when the expected copy is there. */
export function whatIsThere(
  target: string,
  expected: Omit<CopyMark, 'format' | 'version'>,
): 'not_reachable' | 'wrong_disk' | null {
  try {
    const mark = readCopyMark(target)
    if (mark?.copyId === expected.copyId && mark.archiveId === expected.archiveId) return null
    // The mount point of a disk that is not plugged in is an empty folder.
    const isEmpty = !existsSync(target) || readdirSync(target).length === 0
    return mark === null && isEmpty ? 'not_reachable' : 'wrong_disk'
  } catch {
    // A share that answers with an error is as good as away; the reason is the system's and changes by the minute.
    return 'not_reachable'
  }
}

/** Whether one ledger is the beginning of another. The chain makes one comparison enough. */
export function isPrefix(had: readonly string[], texts: readonly string[]): boolean {
  return had.length <= texts.length && (had.length === 0 || had.at(-1) === texts[had.length - 1])
}

/** Bytes of packs that the lines behind the first `from` ask to be copied. */
export function bytesToCopy(lines: readonly LedgerLine[], from: number): number {
  const { packs } = tilePacks(lines)
  return lines.slice(from).reduce((sum, { entry }) => {
    if (entry.kind !== 'appended' && entry.kind !== 'rewritten') return sum
    if (entry.generation !== packs.get(entry.pack)?.generation) return sum
    return sum + (entry.kind === 'appended' ? entry.to - entry.from : entry.bytes)
  }, 0)
}

/** Deletes the files of an archive or a copy, and the folder when nothing else is in it. What the desk did not put there stays. */
export function deleteArchiveFiles(target: string): void {
  // What says whose files they are comes last: a deletion that was cut off can be gone on with.
  const marks = ['archive.json', 'copy.json']
  try {
    for (const name of ownFiles.filter((one) => !marks.includes(one)))
      rmSync(join(target, name), { recursive: true, force: true })
    for (const name of marks) rmSync(join(target, name), { force: true })
    if (readdirSync(target).length === 0) rmdirSync(target)
  } catch (error) {
    throw translateFileError(error, target)
  }
}

/** Makes a copy an archive in its own right. */
export function promoteCopy(target: string): void {
  try {
    rmSync(join(target, 'copy.json'))
    syncFolder(target)
  } catch (error) {
    throw translateFileError(error, target)
  }
}

/** An archive is never its own copy, nor one inside the other: deleting one would delete both. */
function refuseNested(root: string, target: string): void {
  const own = realOf(root)
  const other = realOf(resolve(target))
  if (own === other) throw conflict('archive itself', target)
  if (other.startsWith(own + sep) || own.startsWith(other + sep))
    throw conflict('folder around the archive', target)
}

/** The real path, of which the last parts may not exist yet. */
function realOf(path: string): string {
  if (existsSync(path)) return realpathSync(path)
  const parent = dirname(path)
  return parent === path ? path : join(realOf(parent), path.slice(parent.length))
}

function conflict(what: string, file: string): AppError {
  return new AppError('record.conflict', { details: { what, file } })
}
