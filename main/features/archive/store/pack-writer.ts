import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, writevSync } from 'node:fs'
import { join } from 'node:path'
import { packFormat, packName } from '../../../../core/archive/pack.ts'
import { AppError } from '../../../../core/errors.ts'
import { giveBack } from '../../../lib/buffer-memory.ts'
import { translateFileError } from './file-error.ts'
import { syncFolder } from './folder.ts'
import type { ArchivePaths } from './folder.ts'
import { encodeRecord } from './frame.ts'
import type { Following, SegmentLog } from './segments.ts'

const groupBytes = 8 * 1024 * 1024

/** The end of the pack that is being written. */
export interface PackEnd {
  readonly pack: number
  readonly bytes: number
}

/** Appends to the last pack. Nothing that it was given is safe before `write` has returned. */
export interface PackWriter {
  /** Where the next byte will be; begins a new pack when the last one is full. */
  end(): PackEnd
  /**
   * Writes the chunks at the end and waits until they are on the disk. On failure the pack is as before. They are
   * asked for one after the other and never held all at once, and are gone afterwards.
   */
  write(chunks: Iterable<Uint8Array>): PackEnd
  close(): void
}

interface PackWriterOptions {
  readonly paths: ArchivePaths
  readonly archiveId: string
  /** The data key of an encrypted archive's records; null where they are not encrypted. */
  readonly keyId: string | null
  /** The pack to go on with; null begins a new one with the number `nextNumber`. */
  readonly last: PackEnd | null
  readonly nextNumber: number
  readonly nowMs: () => number
  readonly targetBytes: number
  /** Is told of everything that was written, for the ledger. */
  readonly segments: SegmentLog
}

/** Opens the packs of an archive for appending. The caller holds the archive's lock. */
export function createPackWriter(options: PackWriterOptions): PackWriter {
  const { paths, last, nowMs, targetBytes, segments } = options
  let current = last === null ? null : { ...last, fd: openPack(paths, last.pack, 'r+') }

  const begin = (pack: number) => {
    const fd = openPack(paths, pack, 'wx')
    syncFolder(paths.packs)
    const header = encodeRecord({
      kind: 'pack',
      format: packFormat,
      archiveId: options.archiveId,
      number: pack,
      createdAtMs: nowMs(),
      generation: 0,
      keyId: options.keyId,
    })
    append(fd, [header], 0, join(paths.packs, packName(pack)), segments.follow(pack, 0))
    return { pack, bytes: header.length, fd }
  }
  const open = () => {
    if (current !== null && current.bytes < targetBytes) return current
    const full = current
    current = begin(full === null ? options.nextNumber : full.pack + 1)
    if (full !== null) closeSync(full.fd)
    return current
  }
  return {
    end: () => {
      const { pack, bytes } = open()
      return { pack, bytes }
    },
    write: (chunks) => {
      const { pack, bytes, fd } = open()
      const end = append(fd, chunks, bytes, join(paths.packs, packName(pack)), segments.follow(pack, bytes))
      current = { pack, bytes: end, fd }
      return { pack, bytes: end }
    },
    close: () => {
      segments.flush()
      if (current !== null) closeSync(current.fd)
      current = null
    },
  }
}

function openPack(paths: ArchivePaths, pack: number, flags: 'r+' | 'wx'): number {
  const file = join(paths.packs, packName(pack))
  try {
    return openSync(file, flags, 0o600)
  } catch (error) {
    throw translateFileError(error, file)
  }
}

/** Writes the chunks at a position, which must be the file's end, and returns where they end. */
function append(
  fd: number,
  chunks: Iterable<Uint8Array>,
  position: number,
  file: string,
  following: Following,
): number {
  // A pack that is longer than what is accounted for means that somebody else wrote to it.
  if (fstatSync(fd).size !== position) throw new AppError('archive.damaged', { details: { place: file } })
  try {
    let end = position
    for (const group of inGroups(chunks)) {
      for (const chunk of group) following.add(chunk)
      end = writeAll(fd, group, end)
      giveBack(...group)
    }
    fdatasyncSync(fd)
    following.keep()
    return end
  } catch (error) {
    ftruncateSync(fd, position)
    throw translateFileError(error, file)
  }
}

/** `writev` takes at most 1,024 buffers (IOV_MAX); and what is made as it is asked for shall not pile up. */
function* inGroups(chunks: Iterable<Uint8Array>): Generator<Uint8Array[]> {
  let group: Uint8Array[] = []
  let bytes = 0
  for (const chunk of chunks) {
    group.push(chunk)
    bytes += chunk.length
    if (group.length < 1000 && bytes < groupBytes) continue
    yield group
    group = []
    bytes = 0
  }
  if (group.length > 0) yield group
}

/** `writev` may write fewer bytes than it was given. Returns where the last one went. */
function writeAll(fd: number, chunks: readonly Uint8Array[], position: number): number {
  let at = position
  let rest = [...chunks]
  while (rest.length > 0) {
    let written = writevSync(fd, rest, at)
    at += written
    let whole = 0
    while (whole < rest.length && written >= (rest[whole]?.length ?? 0)) written -= rest[whole++]?.length ?? 0
    rest = rest.slice(whole)
    const first = rest[0]
    if (written > 0 && first !== undefined) rest[0] = first.subarray(written)
  }
  return at
}
