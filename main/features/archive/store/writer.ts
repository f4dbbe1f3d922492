import type { ArchiveCard, ArchiveRecord, OccurrenceRecord } from '../../../../core/archive/pack.ts'
import { largeMessageBytes, packTargetBytes } from '../../../../core/archive/pack.ts'
import { AppError } from '../../../../core/errors.ts'
import { createIndexFold } from '../../../../db/archive-index/apply.ts'
import { createPartFinder } from '../../../../db/archive-index/parts.ts'
import { removeIndex } from '../../../../db/archive-index/open.ts'
import type { IndexWriter } from '../../../../db/archive-index/open.ts'
import { listCommitted } from '../../../../db/archive-index/sync.ts'
import { translateSqliteError } from '../../../../db/sqlite-errors.ts'
import { keysOf } from '../keys/ring.ts'
import { raiseCard } from './card.ts'
import { readCopyMark } from './copy-folder.ts'
import { archivePaths } from './folder.ts'
import type { ArchivePaths } from './folder.ts'
import { openIndexOf, settleRewritten } from './generations.ts'
import { openLedger } from './ledger.ts'
import type { Ledger } from './ledger.ts'
import { clearIncoming } from './large.ts'
import { createLargeStore } from './large-store.ts'
import type { LargeStore } from './large-store.ts'
import { lockArchive } from './lock.ts'
import { createPackWriter } from './pack-writer.ts'
import {
  countStored,
  eachChunk,
  placeAll,
  prepareFact,
  prepareMessages,
  prepareReplacement,
} from './prepare.ts'
import type { IncomingMessage, Prepared } from './prepare.ts'
import { recoverIndex } from './recover.ts'
import type { Recovery } from './recover.ts'
import { sealPrepared } from './sealing.ts'
import { createSharing } from './share.ts'
import { createShelf } from './shelf.ts'
import { createSegmentLog, settleLedger } from './segments.ts'
import { endUnderKey } from './under-key.ts'

/** What became of a batch. Everything in it is on the disk and in the index when this is returned. */
export interface Appended {
  /** Messages that the archive did not have yet. */
  readonly stored: number
  /** Messages whose bytes it had already. */
  readonly again: number
}

/** The one writer of an archive. */
export interface ArchiveWriter {
  readonly index: IndexWriter
  /** The archive's record of changes; what is written to the packs is entered by itself. */
  readonly ledger: Ledger
  readonly recovery: Recovery
  /** Stores messages: packs first, then the index; returns when both are durable. */
  append(messages: readonly IncomingMessage[]): Appended
  /** Stores a message once more whose first place is damaged, with every place on a server that it is known from. */
  replace(bytes: Uint8Array, places: readonly [OccurrenceRecord, ...OccurrenceRecord[]]): void
  /** For a message that is too large to be held whole. */
  readonly large: LargeStore
  /** Writes facts that need no bytes: flags, folders, messages that left. */
  record(records: readonly ArchiveRecord[]): void
  close(): void
}

interface WriterOptions {
  readonly root: string
  readonly card: ArchiveCard
  readonly nowMs: () => number
  /** Throw the index away first and make it anew. */
  readonly rebuild?: boolean
  readonly onProgress?: (done: number) => Promise<void> | void
  /** Where one pack ends and the next begins; given by tests. */
  readonly packTargetBytes?: number
}

/** Takes the archive's lock, brings the index up to the packs and opens the last pack. Errors: `archive.busy`. */
export async function openArchiveWriter(options: WriterOptions): Promise<ArchiveWriter> {
  const paths = archivePaths(options.root)
  // A copy that is written to by itself would never again be in step; making its index anew changes none of it.
  if (options.rebuild !== true && readCopyMark(options.root) !== null)
    throw new AppError('archive.is_copy', { details: { file: options.root } })
  // Closed in the opposite order, each also when another one fails (a full disk): above all the lock.
  const opened = new DisposableStack()
  try {
    opened.adopt(lockArchive(paths.lock), (lock) => lock.release())
    const store = await openStore(options, paths, opened)
    clearIncoming(paths.incoming)
    const storing = createStoring(store, paths)
    opened.adopt(storing.large, (large) => large.close())
    const { index, ledger, recovery } = store
    return { index, ledger, recovery, ...storing, close: () => opened.dispose() }
  } catch (error) {
    opened.dispose()
    throw translateSqliteError(error, paths.index)
  }
}

type Store = Awaited<ReturnType<typeof openStore>>

/** Everything that is open while an archive is written to. */
async function openStore(options: WriterOptions, paths: ArchivePaths, opened: DisposableStack) {
  const { root, card, nowMs } = options
  const ledger = opened.adopt(openLedger(root), (one) => one.close())
  if (options.rebuild === true) removeIndex(paths.index)
  const keys = keysOf(root)
  const seal = keys?.seal ?? null
  raiseCard(root, card)
  // Packs that a crash left written anew come first: everything after compares with the ledger and the index.
  const tilings = settleRewritten(ledger, paths, nowMs())
  const index = opened.adopt(openIndexOf(paths, keys?.databaseKey('index')), (db) => db.close())
  const fold = createIndexFold(index)
  const onProgress = options.onProgress ?? (() => undefined)
  const committed = listCommitted(index)
  const { findPart, findPlace } = createPartFinder(index)
  const recovery = await recoverIndex({ paths, committed, tilings, fold, findPlace, seal, onProgress })
  // The ledger of a copy holds the archive's own lines and nothing else.
  const generations =
    readCopyMark(root) === null
      ? settleLedger(ledger, tilings, paths, card, nowMs())
      : new Map<number, number>()
  const segments = createSegmentLog(ledger, (pack) => generations.get(pack) ?? 0, nowMs)
  const targetBytes = options.packTargetBytes ?? packTargetBytes
  const keyId = seal?.keyId ?? null
  const { archiveId } = card
  const { nextNumber } = recovery
  const last = endUnderKey(paths, recovery.last, keyId)
  const packs = createPackWriter({
    ...{ paths, archiveId, keyId, nowMs, targetBytes, segments, last, nextNumber },
  })
  opened.adopt(packs, (one) => one.close())
  const shelf = opened.adopt(createShelf(paths, seal, findPlace), (one) => one.close())
  return { index, ledger, recovery, packs, shelf, fold, seal, findPart }
}

/** What a writer does, on what is open. */
function createStoring({ packs, fold, seal, shelf, findPart }: Store, paths: ArchivePaths) {
  let failure: Error | null = null
  const write = (plain: readonly Prepared[]): void => {
    if (failure !== null) throw failure
    const records = seal === null ? plain : plain.map((one) => sealPrepared(one, seal))
    const { pack, bytes } = packs.end()
    const placed = placeAll(records, pack, bytes)
    const end = packs.write(eachChunk(records))
    try {
      fold.commit(placed, end)
    } catch (error) {
      // The records are in the pack and not in the index: the next opening finds them. Nothing may be written behind
      // them before, or they would be passed over.
      failure = asError(translateSqliteError(error, paths.index))
      throw failure
    }
  }
  const isKnown = (sha256: string) => fold.findMessage(sha256) !== null
  const large = createLargeStore(paths.incoming, write, isKnown, seal !== null)
  const appendLarge = ({ at, bytes }: IncomingMessage): Appended => {
    const id = large.begin(at)
    large.append(id, bytes)
    return large.end(id)
  }
  return {
    large,
    append: (messages: readonly IncomingMessage[]): Appended => {
      const isLarge = ({ bytes }: IncomingMessage) => bytes.length > largeMessageBytes
      const small = messages.filter((one) => !isLarge(one))
      const prepared = prepareMessages(small, isKnown, createSharing(findPart, shelf.stretch))
      if (prepared.length > 0) write(prepared)
      const outcomes = [countStored(prepared), ...messages.filter(isLarge).map(appendLarge)]
      return {
        stored: outcomes.reduce((sum, { stored }) => sum + stored, 0),
        again: outcomes.reduce((sum, { again }) => sum + again, 0),
      }
    },
    replace: (bytes: Uint8Array, places: readonly [OccurrenceRecord, ...OccurrenceRecord[]]): void =>
      write(prepareReplacement(bytes, places)),
    record: (records: readonly ArchiveRecord[]): void => {
      if (records.length > 0) write(records.map((record) => prepareFact(record)))
    },
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
