import { createHash } from 'node:crypto'
import { createEntryReading } from '../../../../core/archive/mboxrd-stream.ts'
import { maxPieceBytes } from '../../../../core/archive/pack.ts'
import { decodeMessage, decompressEntry, findFrom } from './frame.ts'
import { readAt } from './scan.ts'
import type { Seal } from './seal.ts'
import { openFrame } from './sealing.ts'

/** What has to be known of a stored message to read it: its record knows it, and so does the index. */
export interface StoredMessage {
  readonly sha256: string
  readonly sizeBytes: number
  readonly frameBytes: number
  readonly entryBytes: number
  readonly newlineAdded: boolean
  readonly pieces?: readonly number[] | undefined
}

/** In words what is wrong with a message; null when it is what its hash says. */
export type Verdict = string | null

/**
 * A message's bytes, chunk by chunk: one chunk for most, many for a large one. Whether they are what the hash says
 * is known only behind the last one and is what the generator returns. `seal` opens the frames of an encrypted archive.
 */
export function* unpackMessage(
  fd: number,
  frameOffset: number,
  stored: StoredMessage,
  seal: Seal | null,
): Generator<Uint8Array, Verdict> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  const chunks =
    stored.pieces === undefined
      ? unpackWhole(fd, frameOffset, stored, seal)
      : unpackPieces(fd, frameOffset, stored, seal)
  for (const chunk of chunks) {
    if (chunk === null) return 'the message cannot be unpacked'
    hash.update(chunk)
    sizeBytes += chunk.length
    yield chunk
  }
  const right = sizeBytes === stored.sizeBytes && hash.digest('hex') === stored.sha256
  return right ? null : 'the message is not what its hash says'
}

/** Goes through a message to its end, for its verdict. */
export function judge(
  message: Generator<Uint8Array, Verdict>,
  onChunk: (chunk: Uint8Array) => void = () => undefined,
): Verdict {
  for (;;) {
    const { done, value } = message.next()
    if (done === true) return value
    onChunk(value)
  }
}

function* unpackWhole(
  fd: number,
  frameOffset: number,
  stored: StoredMessage,
  seal: Seal | null,
): Generator<Uint8Array | null> {
  const frame = openFrame(readAt(fd, frameOffset, stored.frameBytes), stored.sha256, 0, seal)
  yield frame === null ? null : decodeMessage(frame, stored.entryBytes, stored.newlineAdded)
}

function* unpackPieces(
  fd: number,
  frameOffset: number,
  stored: StoredMessage,
  seal: Seal | null,
): Generator<Uint8Array | null> {
  const reading = createEntryReading(stored.newlineAdded, findFrom)
  let offset = frameOffset
  for (const [n, length] of (stored.pieces ?? []).entries()) {
    const frame = openFrame(readAt(fd, offset, length), stored.sha256, n, seal)
    const piece = frame === null ? null : decompressEntry(frame, maxPieceBytes)
    offset += length
    if (piece === null) return yield null
    yield Buffer.concat(reading.add(piece))
  }
  yield reading.end()
}
