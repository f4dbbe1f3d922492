import { closeSync, fstatSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { tilePacks } from '../../../../core/archive/ledger.ts'
import type { PackTiling } from '../../../../core/archive/ledger.ts'
import { packName } from '../../../../core/archive/pack.ts'
import { openIndexWriter, removeIndex } from '../../../../db/archive-index/open.ts'
import type { IndexReader, IndexWriter } from '../../../../db/archive-index/open.ts'
import { claimIndex, ownerOf } from '../../../../db/archive-index/owner.ts'
import { listGenerations } from '../../../../db/archive-index/rewrite.ts'
import { readArchiveCard } from './folder.ts'
import type { ArchivePaths } from './folder.ts'
import type { Ledger } from './ledger.ts'
import { readHeaderOf } from './pack-header.ts'
import { hashStretch } from './segments.ts'

const why = 'it was found so when the archive was opened'

/**
 * Enters packs into the ledger that were put in their place before a crash came, and gives the stretches that count
 * from then on. The caller holds the archive's lock.
 */
export function settleRewritten(
  ledger: Ledger,
  paths: ArchivePaths,
  atMs: number,
): ReadonlyMap<number, PackTiling> {
  const before = tilePacks(ledger.entries()).packs
  const anew = [...before].flatMap(([pack, tiling]) => {
    const generation = readHeaderOf(paths, pack)?.generation ?? 0
    return generation > tiling.generation ? [{ pack, generation }] : []
  })
  for (const { pack, generation } of anew) {
    const { bytes, sha256 } = hashPack(paths, pack)
    ledger.append({ kind: 'rewritten', pack, generation, bytes, sha256, why, details: {} }, atMs)
  }
  return anew.length === 0 ? before : tilePacks(ledger.entries()).packs
}

function hashPack(paths: ArchivePaths, pack: number): { readonly bytes: number; readonly sha256: string } {
  const fd = openSync(join(paths.packs, packName(pack)), 'r')
  try {
    const { size } = fstatSync(fd)
    return { bytes: size, sha256: hashStretch(fd, 0, size) }
  } finally {
    closeSync(fd)
  }
}

/**
 * Whether the index knows other packs than these: it is of another archive, or a pack was written anew since the index
 * was told of it. Then its places are no good.
 */
export function isOfOtherPacks(index: IndexReader, paths: ArchivePaths): boolean {
  const owner = ownerOf(index)
  if (owner !== null && owner !== readArchiveCard(paths.root).archiveId) return true
  return [...listGenerations(index)].some(([pack, known]) => {
    const header = readHeaderOf(paths, pack)
    return header !== null && header.generation !== known
  })
}

/** Opens the index for writing; one that is of other packs is thrown away, to be made anew. */
export function openIndexOf(paths: ArchivePaths, key: Uint8Array | null | undefined): IndexWriter {
  const found = openIndexWriter(paths.index, key)
  const index = isOfOtherPacks(found, paths) ? openAnew(found, paths, key) : found
  claimIndex(index, readArchiveCard(paths.root).archiveId)
  return index
}

function openAnew(found: IndexWriter, paths: ArchivePaths, key: Uint8Array | null | undefined): IndexWriter {
  found.close()
  removeIndex(paths.index)
  return openIndexWriter(paths.index, key)
}
