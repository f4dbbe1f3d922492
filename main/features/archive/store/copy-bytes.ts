import { createHash } from 'node:crypto'
import { closeSync, constants, existsSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Segment } from '../../../../core/archive/ledger.ts'
import { packName } from '../../../../core/archive/pack.ts'
import { AppError } from '../../../../core/errors.ts'
import { archivePaths, syncFolder } from './folder.ts'
import { readAt } from './scan.ts'
import { readPackHeader } from './pack-header.ts'
import { hashStretch } from './segments.ts'

const blockBytes = 1 << 20

/**
 * Opens a pack of a copy for writing; `isNew`: there was none. A link is not followed: on a share that others can write
 * to it may lead to any file of this computer. Errors: those of the system, ELOOP for a link.
 */
export function openCopiedPack(file: string): { readonly fd: number; readonly isNew: boolean } {
  const isNew = !existsSync(file)
  // Windows has no such flag, and makes links for administrators alone.
  const existing = constants.O_RDWR | ((constants.O_NOFOLLOW as number | undefined) ?? 0)
  return { fd: openSync(file, isNew ? 'wx+' : existing, 0o600), isNew }
}

/** Writes a damaged stretch of the copy once more, when the archive has it whole; true when that was needed and done. */
export function mendSegment(root: string, target: string, segment: Segment): boolean {
  const file = join(archivePaths(target).packs, packName(segment.pack))
  const { from, to, sha256 } = segment
  const { fd, isNew } = openCopiedPack(file)
  try {
    if (hashStretch(fd, from, to) === sha256) return false
    const source = openPackOf(root, segment)
    try {
      if (hashStretch(source, from, to) !== sha256) return false
      for (let at = from; at < to; at += blockBytes)
        writeAt(fd, readAt(source, at, Math.min(blockBytes, to - at)), at)
      fdatasyncSync(fd)
      if (isNew) syncFolder(archivePaths(target).packs)
      return true
    } finally {
      closeSync(source)
    }
  } finally {
    closeSync(fd)
  }
}

/** The archive's pack, which must be of the generation that is to be copied. */
export function openPackOf(root: string, { pack, generation }: Segment): number {
  const file = join(archivePaths(root).packs, packName(pack))
  const fd = openSync(file, 'r')
  const found = readPackHeader(fd)?.generation ?? null
  if (found === null || found === generation) return fd
  closeSync(fd)
  // It is being written anew right now; its new line comes in a moment.
  throw new AppError('archive.busy', { details: { file }, retryable: true })
}

/** Copies a stretch of one file into another, and says what it was and how far it went. */
export async function copyBlocks(
  source: number,
  fd: number,
  from: number,
  to: number,
  onBlock: (count: number) => Promise<void> | void,
): Promise<{ readonly sha256: string; readonly end: number }> {
  const hash = createHash('sha256')
  let at = from
  while (at < to) {
    const block = readAt(source, at, Math.min(blockBytes, to - at))
    if (block.length === 0) break
    hash.update(block)
    writeAt(fd, block, at)
    at += block.length
    await onBlock(block.length)
  }
  return { sha256: hash.digest('hex'), end: at }
}

function writeAt(fd: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length;)
    done += writeSync(fd, bytes, done, bytes.length - done, position + done)
}
