import type { ArchiveRecord, MessageRecord, OccurrenceRecord } from '../../../../core/archive/pack.ts'
import type { PlacedRecord } from '../../../../db/archive-index/apply.ts'
import { giveBack } from '../../../lib/buffer-memory.ts'
import { summarize } from '../mime/summary.ts'
import { encodeMessage, encodeRecord, sha256Of } from './frame.ts'
import type { Sharing } from './share.ts'

/** A message as it came from a server. */
export interface IncomingMessage {
  readonly at: OccurrenceRecord
  readonly bytes: Uint8Array
}

/** A record ready to be written, with the data frames that follow it. */
export interface Prepared {
  readonly record: ArchiveRecord
  readonly head: Buffer
  readonly frames: Iterable<Uint8Array>
  readonly summary: PlacedRecord['summary']
  readonly parts?: PlacedRecord['parts']
}

/** Hashes, recognises and packs a batch. A message that occurs twice in it is stored once, too. */
export function prepareMessages(
  messages: readonly IncomingMessage[],
  isKnown: (sha256: string) => boolean,
  sharing: Sharing,
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
    const { cut, copies, parts } = sharing.share(bytes, sha256)
    const { frame, entryBytes, newlineAdded } = encodeMessage(cut, summary.senderAddress, at.internalDateMs)
    if (copies.length > 0) giveBack(cut)
    const record: ArchiveRecord = {
      kind: 'message',
      sha256,
      sizeBytes: bytes.length,
      frameBytes: frame.length,
      entryBytes,
      newlineAdded,
      at,
      ...(copies.length > 0 && { copies: [...copies] }),
    }
    return { record, head: encodeRecord(record), frames: [frame], summary, parts }
  })
}

/**
 * A message that the archive has in a damaged place, whole and by itself: this is its place from now on. Where else it
 * was is written once more, too: with its first record unreadable, a new index would know nothing of it.
 */
export function prepareReplacement(
  bytes: Uint8Array,
  [at, ...others]: readonly [OccurrenceRecord, ...OccurrenceRecord[]],
): readonly Prepared[] {
  const summary = summarize(bytes)
  const { frame, entryBytes, newlineAdded } = encodeMessage(bytes, summary.senderAddress, at.internalDateMs)
  const record: MessageRecord = {
    kind: 'message',
    sha256: sha256Of(bytes),
    sizeBytes: bytes.length,
    frameBytes: frame.length,
    entryBytes,
    newlineAdded,
    at,
    replaces: true,
  }
  const { sha256 } = record
  const again = others.map((place) => prepareFact({ kind: 'again', sha256, matchedBy: 'hash', at: place }))
  return [{ record, head: encodeRecord(record), frames: [frame], summary }, ...again]
}

/** Where the records will be, when they are written from byte `start` of a pack on. */
export function placeAll(records: readonly Prepared[], pack: number, start: number): readonly PlacedRecord[] {
  let offset = start
  return records.map(({ record, head, summary, parts = [] }) => {
    const placed = { pack, offset, record, frameOffset: offset + head.length, summary, parts }
    offset += head.length + (record.kind === 'message' ? record.frameBytes : 0)
    return placed
  })
}

/** What is written, in order. Frames may be made as they are asked for. */
export function* eachChunk(records: readonly Prepared[]): Generator<Uint8Array> {
  for (const { head, frames } of records) {
    yield head
    yield* frames
  }
}

/** A record that no data frame follows. */
export function prepareFact(record: ArchiveRecord): Prepared {
  return { record, head: encodeRecord(record), frames: [], summary: null }
}

/** How many of the records are messages that are new to the archive, and how many it has already. */
export function countStored(records: readonly Prepared[]): { stored: number; again: number } {
  const stored = records.filter(({ record }) => record.kind === 'message').length
  return { stored, again: records.length - stored }
}
