import { AppError } from '../../../../core/errors.ts'
import { createRewriteIndex } from '../../../../db/archive-index/rewrite.ts'
import { openIndexWriter } from '../../../../db/archive-index/open.ts'
import { archivePaths, listPackNumbers, readArchiveCard } from '../store/folder.ts'
import { openLedger } from '../store/ledger.ts'
import { lockArchive } from '../store/lock.ts'
import { openArchiveReader } from '../store/reader.ts'
import type { ArchiveReader } from '../store/reader.ts'
import { createRemake } from '../store/remake.ts'
import { rewritePack } from '../store/rewrite.ts'
import { openArchiveWriter } from '../store/writer.ts'
import { createPartFinder } from '../../../../db/archive-index/parts.ts'
import type { PartFinder } from '../../../../db/archive-index/parts.ts'
import { keysOf } from '../keys/ring.ts'
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
 * a removed one is made whole before that one leaves. Each pack is done when it is done, so it can be cut off anywhere.
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
    const index = createRewriteIndex(db)
    const { findPlace } = createPartFinder(db)
    const left = packsToWrite(root, listPackNumbers(paths), index.listPacksWithDead())
    writeRemovalJournal(root, left)
    let freedBytes = 0
    for (const [n, pack] of left.entries()) {
      await progress(n, left.length)
      const remake = createRemake(readBy(reader, findPlace))
      const checkpoint = () => progress(n, left.length)
      const deps = { paths, index, ledger, seal, nowMs: Date.now, remake, checkpoint }
      freedBytes += await rewritePack(deps, pack, why)
      writeRemovalJournal(root, left.slice(n + 1))
    }
    index.purge()
    await progress(left.length, left.length)
    return { freedBytes, packs: left.length }
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
