import { fstatSync } from 'node:fs'
import { largeMessageBytes, packName } from '../../../../core/archive/pack.ts'
import { AppError } from '../../../../core/errors.ts'
import { createPartFinder } from '../../../../db/archive-index/parts.ts'
import type { MessagePlace } from '../../../../db/archive-index/read.ts'
import type { SearchReader } from '../../../../db/archive-text/open.ts'
import { giveBack } from '../../../lib/buffer-memory.ts'
import { keysOf } from '../keys/ring.ts'
import { archivePaths } from './folder.ts'
import { isOfOtherPacks } from './generations.ts'
import { openIndexes } from './open-indexes.ts'
import { readRecord } from './scan.ts'
import type { Seal } from './seal.ts'
import { createShelf } from './shelf.ts'
import { unpackMessage } from './unpack.ts'

/** A larger message is not handed out whole: it would take several times its size of memory. */
export const maxWholeBytes = 64 * 1024 * 1024

/** An archive open for reading; any number of them may be open beside one writer. */
export interface ArchiveReader {
  /** The index, with the text index beside it. */
  readonly index: SearchReader
  /**
   * A message's bytes, compared with its hash. Errors: `archive.damaged`, `file.not_found`, and `file.too_large`
   * beyond `maxWholeBytes`.
   */
  readMessage(place: MessagePlace): Uint8Array
  /**
   * A message's bytes, whatever its size, in memory of their own: for those who have to hand it on as one. Errors: as
   * `streamMessage`.
   */
  readWhole(place: MessagePlace): Uint8Array
  /** As `readWhole`, into memory that has room for the message. */
  readInto(place: MessagePlace, target: Uint8Array): Uint8Array
  /**
   * A message's bytes in chunks of a few megabytes. Whether they are what the hash says shows behind the last one:
   * believe none before the end was reached. Errors: as `readMessage`, but for the size.
   */
  streamMessage(place: MessagePlace): Generator<Uint8Array, void>
  /** Goes through a message to its end, whatever its size. Errors: as `streamMessage`. */
  checkMessage(place: MessagePlace): void
  /** The first bytes of a message, without reading the rest of a large one (so its hash is not compared). */
  readHead(place: MessagePlace, maxBytes: number): Uint8Array
  close(): void
}

/** Opens an archive's index; packs are opened as they are needed. Errors: `archive.index_missing`. */
export function openArchiveReader(root: string): ArchiveReader {
  const paths = archivePaths(root)
  const keys = keysOf(root)
  const indexes = openIndexes(paths, keys)
  const { index } = indexes
  const seal = keys?.seal ?? null
  if (isOfOtherPacks(index, paths)) {
    indexes.close()
    throw new AppError('archive.index_missing', { details: { file: paths.index } })
  }
  const shelf = createShelf(paths, seal, createPartFinder(index).findPlace, generationsIn(index))

  const streamMessage = function* (place: MessagePlace): Generator<Uint8Array, void> {
    const fd = shelf.fd(place.pack)
    const stored = { ...place, pieces: piecesOf(fd, place, seal) }
    const damaged = yield* unpackMessage(fd, place.frameOffset, stored, shelf)
    if (damaged === null) return
    const at = `${packName(place.pack)}, byte ${place.recordOffset}`
    throw new AppError('archive.damaged', { details: { archive: root, place: at } })
  }
  return {
    index,
    readInto: (place, target) => pour(streamMessage(place), target),
    readWhole: (place) => pour(streamMessage(place), new Uint8Array(place.sizeBytes)),
    readMessage: (place) => {
      const { sizeBytes } = place
      if (sizeBytes > maxWholeBytes)
        throw new AppError('file.too_large', { details: { file: 'The message', limit: '64 MiB' } })
      return joined(streamMessage(place))
    },
    streamMessage,
    checkMessage: (place) => {
      for (const chunk of streamMessage(place)) giveBack(chunk)
    },
    readHead: (place, maxBytes) =>
      place.sizeBytes > largeMessageBytes
        ? joined(firstOf(streamMessage(place), maxBytes))
        : joined(streamMessage(place)).subarray(0, maxBytes),
    close: () => {
      shelf.close()
      indexes.close()
    },
  }
}

function generationsIn(index: SearchReader): (pack: number) => number | null {
  const find = index.prepare('SELECT generation FROM packs WHERE number = ?').pluck()
  return (pack) => (find.get(pack) as number | undefined) ?? null
}

/** The pieces of a large message stand in its record alone; a record that cannot be read is damage like any other. */
function piecesOf(fd: number, place: MessagePlace, seal: Seal | null): readonly number[] | undefined {
  if (place.sizeBytes <= largeMessageBytes) return undefined
  const found = readRecord(fd, place.recordOffset, fstatSync(fd).size, seal)
  return typeof found !== 'string' && found.record.kind === 'message' ? found.record.pieces : undefined
}

function pour(chunks: Iterable<Uint8Array>, target: Uint8Array): Uint8Array {
  let at = 0
  for (const chunk of chunks) {
    // A record that lies about its size is damage; the chunks say so at their end.
    target.set(chunk.subarray(0, Math.max(0, target.length - at)), at)
    at += chunk.length
    giveBack(chunk)
  }
  return target
}

function joined(chunks: Iterable<Uint8Array>): Uint8Array {
  const all: Uint8Array[] = []
  for (const chunk of chunks) all.push(chunk)
  return all.length === 1 && all[0] !== undefined ? all[0] : Buffer.concat(all)
}

function* firstOf(chunks: Iterable<Uint8Array>, maxBytes: number): Generator<Uint8Array> {
  let left = maxBytes
  for (const chunk of chunks) {
    yield chunk.subarray(0, left)
    left -= chunk.length
    if (left <= 0) return
  }
}
