import { closeSync, fdatasyncSync, ftruncateSync, openSync, renameSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { tilePacks } from '../../../../core/archive/ledger.ts'
import type { LedgerLine, Segment } from '../../../../core/archive/ledger.ts'
import { packName } from '../../../../core/archive/pack.ts'
import { size as inWords } from '../../../../core/archive/outcomes.ts'
import { AppError } from '../../../../core/errors.ts'
import { copyBlocks, mendSegment, openCopiedPack, openPackOf } from './copy-bytes.ts'
import { bytesToCopy, isPrefix, whatIsThere } from './copy-folder.ts'
import type { CopyMark } from './copy-folder.ts'
import { copySideFiles, endRemovalInCopy } from './copy-side-files.ts'
import { translateFileError } from './file-error.ts'
import { archivePaths, syncFolder } from './folder.ts'
import { openLineLog, readLedger, readLedgerTexts } from './ledger.ts'
import { lockArchive } from './lock.ts'

/** What bringing a copy up to date did. */
export interface Synced {
  readonly bytes: number
  readonly replacedPacks: number
  readonly mended: number
  /** Stretches of the archive that are damaged and were copied as they are; files of keys that were not copied. */
  readonly problems: readonly string[]
  readonly ledgerSeq: number
}

interface SyncOptions {
  readonly root: string
  readonly target: string
  readonly expected: Omit<CopyMark, 'format' | 'version'>
  /** Called after each block; may wait, or throw to stop. What was copied stays and is not copied again. */
  readonly onProgress: (done: number, total: number) => Promise<void> | void
}

/** Room that is left on the copy's disk: a full disk stops other programs too. */
const spareBytes = 16 * 1024 * 1024

/**
 * Brings a copy to the state of the archive's ledger, line by line and in its order: a line's bytes are copied,
 * compared with its hash and synced, and then the line itself is written. So the copy's ledger says at any moment what
 * the copy holds, and after a crash the next run goes on behind it. Needs no lock on the archive: what is being
 * written to it has no line yet.
 * Errors: `archive.copy_elsewhere`, `archive.copy_diverged`, `archive.damaged` (the ledger itself), `archive.busy`,
 * `file.disk_full`, `file.*`.
 */
export async function syncCopy(options: SyncOptions): Promise<Synced> {
  const { root, target } = options
  refuseOtherPlace(options)
  const lock = lockArchive(archivePaths(target).lock)
  try {
    const { lines, broken } = readLedger(root)
    if (broken !== null) throw damagedLedger(root, broken.line)
    const texts = readLedgerTexts(root).slice(0, lines.length)
    const log = openLineLog(target)
    try {
      if (!isPrefix(log.texts, texts))
        throw new AppError('archive.copy_diverged', { details: { file: target } })
      refuseFullDisk(target, bytesToCopy(lines, log.texts.length))
      const beside = copySideFiles(root, target)
      const synced = await copyLines(options, lines, texts, log)
      endRemovalInCopy(root, target)
      return { ...synced, problems: [...beside, ...synced.problems] }
    } finally {
      log.close()
    }
  } catch (error) {
    throw translateFileError(error, target)
  } finally {
    lock.release()
  }
}

async function copyLines(
  options: SyncOptions,
  lines: readonly LedgerLine[],
  texts: readonly string[],
  log: ReturnType<typeof openLineLog>,
): Promise<Synced> {
  const { packs } = tilePacks(lines)
  const total = bytesToCopy(lines, log.texts.length)
  const problems: string[] = []
  let bytes = 0
  let replacedPacks = 0
  let mended = 0
  const onBlock = (count: number) => {
    bytes += count
    return options.onProgress(bytes, total)
  }
  const from = log.texts.length
  for (const [at, { seq, entry }] of lines.slice(from).entries()) {
    const isCurrent = 'generation' in entry && entry.generation === packs.get(entry.pack)?.generation
    if (entry.kind === 'appended' && isCurrent) {
      if (!(await copyStretch(options, { seq, ...entry }, onBlock))) problems.push(notAsWritten(entry))
    } else if (entry.kind === 'rewritten' && isCurrent) {
      const whole = { seq, ...entry, from: 0, to: entry.bytes }
      if (!(await replacePack(options, whole, onBlock))) problems.push(notAsWritten(whole))
      replacedPacks++
    } else if (entry.kind === 'repaired' && isCurrent && !entry.storedAgain) {
      // A damaged stretch may have been copied before it was repaired.
      const segment = packs
        .get(entry.pack)
        ?.segments.find((one) => one.from <= entry.offset && entry.offset < one.to)
      if (
        segment !== undefined &&
        segment.seq <= from + at &&
        mendSegment(options.root, options.target, segment)
      )
        mended++
    }
    log.append(texts[from + at] ?? '')
  }
  await options.onProgress(bytes, total)
  return { bytes, replacedPacks, mended, problems, ledgerSeq: lines.at(-1)?.seq ?? 0 }
}

/** Appends a stretch to the copy's pack; false when the archive's own bytes are not what the ledger says. */
async function copyStretch(
  { root, target }: SyncOptions,
  segment: Segment,
  onBlock: (count: number) => Promise<void> | void,
): Promise<boolean> {
  const { pack, from, to, sha256 } = segment
  const source = openPackOf(root, segment)
  const file = join(archivePaths(target).packs, packName(pack))
  const { fd, isNew } = openCopiedPack(file)
  try {
    if (isNew) syncFolder(archivePaths(target).packs)
    const copied = await copyBlocks(source, fd, from, to, onBlock)
    // Behind it may lie what an earlier run began and did not enter.
    ftruncateSync(fd, copied.end)
    fdatasyncSync(fd)
    return copied.sha256 === sha256
  } finally {
    closeSync(fd)
    closeSync(source)
  }
}

/** Puts a pack that was written anew in the place of the old one, whose removed mail is gone with it. */
async function replacePack(
  { root, target }: SyncOptions,
  segment: Segment,
  onBlock: (count: number) => Promise<void> | void,
): Promise<boolean> {
  const { packs } = archivePaths(target)
  const file = join(packs, packName(segment.pack))
  if (segment.to === 0) {
    rmSync(file, { force: true })
    syncFolder(packs)
    return true
  }
  const source = openPackOf(root, segment)
  const fresh = `${file}.new`
  rmSync(fresh, { force: true })
  const fd = openSync(fresh, 'wx+', 0o600)
  try {
    const copied = await copyBlocks(source, fd, 0, segment.to, onBlock)
    fdatasyncSync(fd)
    renameSync(fresh, file)
    syncFolder(packs)
    return copied.sha256 === segment.sha256
  } finally {
    closeSync(fd)
    closeSync(source)
    rmSync(fresh, { force: true })
  }
}

function refuseOtherPlace({ target, expected }: SyncOptions): void {
  const found = whatIsThere(target, expected)
  if (found === 'not_reachable')
    throw new AppError('file.not_found', { details: { file: target }, retryable: true })
  if (found === 'wrong_disk') throw new AppError('archive.copy_elsewhere', { details: { file: target } })
}

function refuseFullDisk(target: string, needed: number): void {
  const { bavail, bsize } = statfsSync(target)
  const free = bavail * bsize
  if (needed > 0 && free < needed + spareBytes)
    throw new AppError('file.disk_full', {
      details: { file: target, needed: inWords(needed), free: inWords(free) },
    })
}

function notAsWritten({ pack, from, to }: Pick<Segment, 'pack' | 'from' | 'to'>): string {
  return `${packName(pack)}, bytes ${from} to ${to}: the archive itself is damaged here; copied as it is.`
}

function damagedLedger(root: string, line: number): AppError {
  return new AppError('archive.damaged', { details: { archive: root, place: `ledger.jsonl, line ${line}` } })
}
