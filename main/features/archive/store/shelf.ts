import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { stretchOf } from '../../../../core/archive/copies.ts'
import { packName } from '../../../../core/archive/pack.ts'
import type { CopyRange } from '../../../../core/archive/pack.ts'
import type { MessagePlace } from '../../../../db/archive-index/read.ts'
import { translateFileError } from './file-error.ts'
import type { ArchivePaths } from './folder.ts'
import type { Seal } from './seal.ts'
import { unpackCut } from './unpack.ts'

/** The packs of an archive to read from. Whoever makes one closes it. */
export interface Shelf {
  /** Opens what is encrypted; null where the archive is not. */
  readonly seal: Seal | null
  /** A pack's file, opened when it is first needed. Errors: `file.not_found`. */
  fd(pack: number): number
  /** Bytes that a message has in common with an earlier one; null when they cannot be had. */
  stretch(copy: CopyRange): Uint8Array | null
  close(): void
}

/** The same attachment is often wanted again soon. */
const keptBytes = 8 * 1024 * 1024

interface OpenPack {
  readonly fd: number
  readonly generation: number | null
}

/**
 * Opens the packs of an archive; `findPlace` says where a message is, `generationOf` of which writing of a pack these
 * places are: a pack that was written anew meanwhile is opened again.
 */
export function createShelf(
  paths: ArchivePaths,
  seal: Seal | null,
  findPlace: (sha256: string) => MessagePlace | null,
  generationOf: (pack: number) => number | null = () => null,
): Shelf {
  const open = new Map<number, OpenPack>()
  const before: OpenPack[] = []
  const kept = createKeptOrigins()

  const fd = (pack: number): number => {
    const generation = generationOf(pack)
    const known = open.get(pack)
    if (known?.generation === generation) return known.fd
    // Somebody may be in the middle of reading from it.
    if (known !== undefined) before.push(known)
    const file = join(paths.packs, packName(pack))
    try {
      const opened = openSync(file, 'r')
      open.set(pack, { fd: opened, generation })
      return opened
    } catch (error) {
      throw translateFileError(error, file)
    }
  }
  const readOrigin = (sha256: string): Origin | null => {
    const place = findPlace(sha256)
    if (place === null) return null
    const cut = unpackCut(fd(place.pack), place.frameOffset, place, seal)
    return cut === null ? null : { cut, copies: place.copies }
  }
  return {
    seal,
    fd,
    stretch: ({ from, start, length }) => {
      const origin = kept.get(from) ?? readOrigin(from)
      if (origin === null) return null
      kept.put(from, origin)
      return stretchOf(origin.cut, origin.copies, start, length)
    },
    close: () => {
      for (const { fd: opened } of [...open.values(), ...before]) closeSync(opened)
      open.clear()
      before.length = 0
    },
  }
}

/** A message without the stretches that it takes from others. */
interface Origin {
  readonly cut: Uint8Array
  readonly copies: readonly CopyRange[]
}

/** Keeps those that were used last, up to a sum of bytes. */
function createKeptOrigins() {
  const origins = new Map<string, Origin>()
  let bytes = 0
  return {
    get: (sha256: string): Origin | undefined => origins.get(sha256),
    put: (sha256: string, origin: Origin): void => {
      const before = origins.get(sha256)
      // Deleted and set again: a map keeps the order in which its keys came.
      origins.delete(sha256)
      origins.set(sha256, origin)
      bytes += origin.cut.length - (before?.cut.length ?? 0)
      for (const [oldest, { cut }] of origins) {
        if (bytes <= keptBytes || oldest === sha256) return
        origins.delete(oldest)
        bytes -= cut.length
      }
    },
  }
}
