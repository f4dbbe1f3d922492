import { createHash } from 'node:crypto'
import { putBack } from '../../../../core/archive/copies.ts'
import { createEntryReading } from '../../../../core/archive/mboxrd-stream.ts'
import { maxPieceBytes } from '../../../../core/archive/pack.ts'
import type { CopyRange } from '../../../../core/archive/pack.ts'
import { giveBack } from '../../../lib/buffer-memory.ts'
import { decodeMessage, decompressEntry, findFrom } from './frame.ts'
import { readAt } from './scan.ts'
import type { Seal } from './seal.ts'
import { openFrame } from './sealing.ts'
import type { Shelf } from './shelf.ts'

/** What has to be known of a stored message to read it: its record knows it, and so does the index. */
export interface StoredMessage {
  readonly sha256: string
  readonly sizeBytes: number
  readonly frameBytes: number
  readonly entryBytes: number
  readonly newlineAdded: boolean
  readonly pieces?: readonly number[] | undefined
  readonly copies?: readonly CopyRange[] | undefined
}

const cannotBeUnpacked = 'the message cannot be unpacked'

/** In words what is wrong with a message; null when it is what its hash says. */
export type Verdict = string | null

/**
 * A message's bytes, chunk by chunk: one chunk for most, many for a large one. Whether they are what the hash says
 * is known only behind the last one and is what the generator returns. What it has in common with other messages is
 * taken from the shelf. A chunk belongs to whoever takes it.
 */
export function* unpackMessage(
  fd: number,
  frameOffset: number,
  stored: StoredMessage,
  shelf: Shelf,
): Generator<Uint8Array, Verdict> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  const chunks =
    stored.pieces === undefined
      ? unpackWhole(fd, frameOffset, stored, shelf)
      : unpackPieces(fd, frameOffset, stored, shelf)
  for (const chunk of chunks) {
    if (typeof chunk === 'string') return chunk
    hash.update(chunk)
    sizeBytes += chunk.length
    yield chunk
  }
  const right = sizeBytes === stored.sizeBytes && hash.digest('hex') === stored.sha256
  return right ? null : 'the message is not what its hash says'
}

/** Goes through a message to its end, for its verdict. Chunks are gone when `onChunk` returns. */
export function judge(
  message: Generator<Uint8Array, Verdict>,
  onChunk: (chunk: Uint8Array) => void = () => undefined,
): Verdict {
  for (;;) {
    const { done, value } = message.next()
    if (done === true) return value
    onChunk(value)
    giveBack(value)
  }
}

/** A message that is not in pieces, without what it takes from others; null when its frame is damaged. */
export function unpackCut(
  fd: number,
  frameOffset: number,
  stored: StoredMessage,
  seal: Seal | null,
): Uint8Array | null {
  const { sha256, frameBytes, entryBytes, newlineAdded } = stored
  const kept = readAt(fd, frameOffset, frameBytes)
  const frame = openFrame(kept, sha256, 0, seal)
  const message = frame === null ? null : decodeMessage(frame, entryBytes, newlineAdded)
  giveBack(kept, frame ?? kept)
  return message
}

function* unpackWhole(
  fd: number,
  frameOffset: number,
  stored: StoredMessage,
  shelf: Shelf,
): Generator<Uint8Array | string> {
  const { copies = [] } = stored
  const cut = unpackCut(fd, frameOffset, stored, shelf.seal)
  if (cut === null) {
    yield cannotBeUnpacked
    return
  }
  const from = copies.find((copy) => shelf.stretch(copy) === null)?.from
  const message = copies.length === 0 ? cut : putBack(cut, copies, (copy) => shelf.stretch(copy))
  if (message !== cut) giveBack(cut)
  yield message ?? `what it shares with the message ${from ?? ''} cannot be read there`
}

function* unpackPieces(
  fd: number,
  frameOffset: number,
  stored: StoredMessage,
  shelf: Shelf,
): Generator<Uint8Array | string> {
  const reading = createEntryReading(stored.entryBytes, stored.newlineAdded, findFrom)
  let offset = frameOffset
  for (const [n, length] of (stored.pieces ?? []).entries()) {
    const kept = readAt(fd, offset, length)
    const frame = openFrame(kept, stored.sha256, n, shelf.seal)
    const piece = frame === null ? null : decompressEntry(frame, maxPieceBytes)
    giveBack(kept, frame ?? kept)
    offset += length
    if (piece === null) {
      yield cannotBeUnpacked
      return
    }
    const parts = reading.add(piece)
    const chunk = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)
    if (chunk.buffer !== piece.buffer) giveBack(piece)
    yield chunk
  }
  yield reading.end() ?? cannotBeUnpacked
}
