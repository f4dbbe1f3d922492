import { tilePacks } from '../../../../core/archive/ledger.ts'
import type { ArchiveCard, ArchiveRecord, OccurrenceRecord } from '../../../../core/archive/pack.ts'
import { largeMessageBytes, packTargetBytes } from '../../../../core/archive/pack.ts'
import { createIndexFold } from '../../../../db/archive-index/apply.ts'
import type { PlacedRecord } from '../../../../db/archive-index/apply.ts'
import { openIndexWriter, removeIndex } from '../../../../db/archive-index/open.ts'
import type { IndexWriter } from '../../../../db/archive-index/open.ts'
import { listCommitted } from '../../../../db/archive-index/sync.ts'
import { keysOf } from '../keys/ring.ts'
import { summarize } from '../mime/summary.ts'
import { archivePaths } from './folder.ts'
import { encodeMessage, encodeRecord, sha256Of } from './frame.ts'
import { openLedger } from './ledger.ts'
import type { Ledger } from './ledger.ts'
import { clearIncoming } from './large.ts'
import { countStored, createLargeStore, prepareFact } from './large-store.ts'
import type { LargeStore, Prepared } from './large-store.ts'
import { lockArchive } from './lock.ts'
import { createPackWriter } from './pack-writer.ts'
import { recoverIndex } from './recover.ts'
import type { Recovery } from './recover.ts'
import { sealPrepared } from './sealing.ts'
import { createSegmentLog, settleLedger } from './segments.ts'
import { endUnderKey } from './under-key.ts'

/** A message as it came from a server. */
export interface IncomingMessage {
  readonly at: OccurrenceRecord
  readonly bytes: Uint8Array
}

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
  const { card, nowMs } = options
  const paths = archivePaths(options.root)
  const lock = lockArchive(paths.lock)
  try {
    const ledger = openLedger(options.root)
    if (options.rebuild === true) removeIndex(paths.index)
    const keys = keysOf(options.root)
    const seal = keys?.seal ?? null
    const index = openIndexWriter(paths.index, keys?.databaseKey('index'))
    const fold = createIndexFold(index)
    const onProgress = options.onProgress ?? (() => undefined)
    const tilings = tilePacks(ledger.entries()).packs
    const committed = listCommitted(index)
    const recovery = await recoverIndex({ paths, committed, tilings, fold, seal, onProgress })
    const generations = settleLedger(ledger, tilings, paths, card, nowMs())
    const segments = createSegmentLog(ledger, (pack) => generations.get(pack) ?? 0, nowMs)
    const targetBytes = options.packTargetBytes ?? packTargetBytes
    const { archiveId } = card
    const keyId = seal?.keyId ?? null
    const { nextNumber } = recovery
    const last = endUnderKey(paths, recovery.last, keyId)
    const packs = createPackWriter({
      ...{ paths, archiveId, keyId, nowMs, targetBytes, segments, last, nextNumber },
    })

    const write = (plain: readonly Prepared[]): void => {
      const records = seal === null ? plain : plain.map((one) => sealPrepared(one, seal))
      const { pack, bytes } = packs.end()
      const placed = placeAll(records, pack, bytes)
      fold.commit(placed, packs.write(eachChunk(records)))
    }
    clearIncoming(paths.incoming)
    const isKnown = (sha256: string) => fold.findMessage(sha256) !== null
    const large = createLargeStore(paths.incoming, write, isKnown, seal !== null)
    return {
      index,
      ledger,
      recovery,
      append: (messages) => {
        const small = messages.filter(({ bytes }) => bytes.length <= largeMessageBytes)
        const prepared = prepare(small, isKnown)
        if (prepared.length > 0) write(prepared)
        const outcome = countStored(prepared)
        for (const { at, bytes } of messages.filter((one) => !small.includes(one))) {
          const id = large.begin(at)
          large.append(id, bytes)
          const { stored, again } = large.end(id)
          outcome.stored += stored
          outcome.again += again
        }
        return outcome
      },
      large,
      record: (records) => {
        if (records.length > 0) write(records.map((record) => prepareFact(record)))
      },
      close: () => {
        large.close()
        packs.close()
        ledger.close()
        index.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Hashes, recognises and packs a batch. A message that occurs twice in it is stored once, too. */
function prepare(
  messages: readonly IncomingMessage[],
  isKnown: (sha256: string) => boolean,
): readonly Prepared[] {
  const seen = new Set<string>()
  return messages.map(({ at, bytes }) => {
    const sha256 = sha256Of(bytes)
    if (seen.has(sha256) || isKnown(sha256)) {
      const record: ArchiveRecord = { kind: 'again', sha256, matchedBy: 'hash', at }
      return prepareFact(record)
    }
    seen.add(sha256)
    const summary = summarize(bytes)
    const { frame, entryBytes, newlineAdded } = encodeMessage(bytes, summary.senderAddress, at.internalDateMs)
    const record: ArchiveRecord = {
      kind: 'message',
      sha256,
      sizeBytes: bytes.length,
      frameBytes: frame.length,
      entryBytes,
      newlineAdded,
      at,
    }
    return { record, head: encodeRecord(record), frames: [frame], summary }
  })
}

function placeAll(records: readonly Prepared[], pack: number, start: number): readonly PlacedRecord[] {
  let offset = start
  return records.map(({ record, head, summary }) => {
    const placed = { pack, offset, record, frameOffset: offset + head.length, summary }
    offset += head.length + (record.kind === 'message' ? record.frameBytes : 0)
    return placed
  })
}

function* eachChunk(records: readonly Prepared[]): Generator<Uint8Array> {
  for (const { head, frames } of records) {
    yield head
    yield* frames
  }
}
