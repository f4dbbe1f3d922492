import { packName } from '../../../../core/archive/pack.ts'
import { AppError } from '../../../../core/errors.ts'
import { createRewriteIndex } from '../../../../db/archive-index/rewrite.ts'
import { openIndexWriter } from '../../../../db/archive-index/open.ts'
import { archivePaths, listPackNumbers, readArchiveCard } from '../store/folder.ts'
import { openLedger, readLedger } from '../store/ledger.ts'
import { lockArchive } from '../store/lock.ts'
import { openArchiveReader } from '../store/reader.ts'
import type { ArchiveReader } from '../store/reader.ts'
import { createRemake } from '../store/remake.ts'
import { rewritePack } from '../store/rewrite.ts'
import { settledPlaces } from '../store/verify.ts'
import { openArchiveWriter } from '../store/writer.ts'
import { createPartFinder } from '../../../../db/archive-index/parts.ts'
import type { PartFinder } from '../../../../db/archive-index/parts.ts'
import { keysOf } from '../keys/ring.ts'
import { refuseHeldRemoval } from './holds.ts'
import { readRemovalJournal, writeRemovalJournal } from './journal.ts'

/** What came back. */
export interface Freed {
  readonly freedBytes: number
  /** Packs that were written anew. */
  readonly packs: number
}

type Progress = (done: number, total: number | null) => Promise<void>

const why = 'mail that was removed left the disk'

/**
 * Writes the packs of a removal anew without what was removed, from the last to the first: a message that copies from
 * a removed one is made whole before that one leaves. Where that one lies behind it (it was damaged and stored once
 * more), its pack is written twice. Errors: as `refuseHeldRemoval`, `archive.damaged`, `file.*`. Each pack is done when it is done, so it can be cut off anywhere.
 */
export async function leaveDisk(root: string, progress: Progress): Promise<Freed> {
  if (readRemovalJournal(root).length === 0) return { freedBytes: 0, packs: 0 }
  const paths = archivePaths(root)
  // Opening for writing brings index and ledger up to packs that were written anew before a crash.
  const writer = await openArchiveWriter({ root, card: readArchiveCard(root), nowMs: Date.now })
  writer.close()
  const lock = lockArchive(paths.lock)
  const keys = keysOf(root)
  const seal = keys?.seal ?? null
  const db = openIndexWriter(paths.index, keys?.databaseKey('index'))
  const reader = openArchiveReader(root)
  const ledger = openLedger(root)
  try {
    refuseHeldRemoval(root)
    const index = createRewriteIndex(db)
    const { findPlace } = createPartFinder(db)
    const isSettled = settledPlaces(readLedger(root).lines)
    const named = packsToWrite(root, listPackNumbers(paths), index.listPacksWithDead())
    let freedBytes = 0
    let packs = 0
    for (let left = named, again: number[] = []; left.length > 0; left = again, again = []) {
      writeRemovalJournal(root, left)
      for (const [n, pack] of left.entries()) {
        await progress(packs, named.length)
        const remake = createRemake(readBy(reader, findPlace))
        const checkpoint = () => progress(packs, named.length)
        const deps = { paths, index, ledger, seal, nowMs: Date.now, remake, isSettled, checkpoint }
        const written = await rewritePack(deps, pack, why)
        freedBytes += written.freedBytes
        if (!written.keptForOthers) packs++
        // The first time through has written every pack anew that takes bytes from this one.
        else if (left === named) again.push(pack)
        else throw new AppError('archive.damaged', { details: { archive: root, place: packName(pack) } })
        writeRemovalJournal(root, [...again, ...left.slice(n + 1)])
      }
    }
    index.purge()
    await progress(packs, packs)
    return { freedBytes, packs }
  } finally {
    ledger.close()
    reader.close()
    db.close()
    lock.release()
  }
}

function readBy(reader: ArchiveReader, findPlace: PartFinder['findPlace']): (sha256: string) => Uint8Array {
  return (sha256) => {
    const place = findPlace(sha256)
    if (place === null) throw new AppError('record.not_found', { details: { what: 'message' } })
    return reader.readMessage(place)
  }
}

/** Those that the journal names, and those with messages that copy from what was removed; the last one first. */
function packsToWrite(
  root: string,
  there: readonly number[],
  withDead: readonly number[],
): readonly number[] {
  const named = readRemovalJournal(root)
  const wanted = new Set([...(named.includes(0) ? there : named), ...withDead])
  return there.filter((pack) => wanted.has(pack)).toSorted((a, b) => b - a)
}
