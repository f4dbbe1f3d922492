import { hash } from 'node:crypto'
import { constants, crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { createQuoting } from '../../../../core/archive/mboxrd-stream.ts'
import { fromMboxEntry, mboxFromLine, toMboxEntry } from '../../../../core/archive/mboxrd.ts'
import type { FindFrom } from '../../../../core/archive/mboxrd.ts'
import { archiveRecord, recordHeadBytes, recordMagic, recordTag } from '../../../../core/archive/pack.ts'
import type { ArchiveRecord } from '../../../../core/archive/pack.ts'
import { giveBack } from '../../../lib/buffer-memory.ts'

const fromWord = Buffer.from('From ')
const lineFeed = 0x0a
// Level 1: beyond it the processor costs more time than the disk saves (measured).
const params = { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 }
const leastChunkBytes = 1024

/** Node's own search, many times faster than the portable one. */
export const findFrom: FindFrom = (bytes, start) => asBuffer(bytes).indexOf(fromWord, start)

/** The same memory as a Buffer. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** SHA-256 in hex. */
export function sha256Of(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex')
}

/** A record as a skippable zstd frame. */
export function encodeRecord(record: ArchiveRecord): Buffer {
  const json = Buffer.from(JSON.stringify(record))
  const bytes = Buffer.allocUnsafe(recordHeadBytes + json.length)
  bytes.writeUInt32LE(recordMagic, 0)
  bytes.writeUInt32LE(json.length + 8, 4)
  bytes.writeUInt32LE(recordTag, 8)
  bytes.writeUInt32LE(crc32(json), 12)
  json.copy(bytes, recordHeadBytes)
  return bytes
}

/** The record in the JSON of a skippable frame; null when checksum or shape is wrong. */
export function decodeRecord(json: Buffer, crc: number): ArchiveRecord | null {
  if (crc32(json) !== crc) return null
  try {
    return archiveRecord.parse(JSON.parse(json.toString('utf8')))
  } catch {
    // The checksum held, so this was written by something else; to the caller both are "not our record".
    return null
  }
}

/** A message as one mboxrd entry, chunk by chunk. The message's own chunks are gone afterwards. */
export function* toMboxrdChunks(
  message: Iterable<Uint8Array>,
  sender: string | null,
  atMs: number | null,
): Generator<Uint8Array> {
  let before: Uint8Array = Buffer.from(mboxFromLine(sender, atMs), 'latin1')
  const quoting = createQuoting(findFrom)
  let lastByte = lineFeed
  for (const chunk of message) {
    lastByte = chunk.at(-1) ?? lastByte
    const quoted = Buffer.concat([before, ...quoting.add(chunk)])
    giveBack(chunk)
    yield quoted
    before = Buffer.alloc(0)
  }
  yield Buffer.concat([before, quoting.end(), Buffer.alloc(lastByte === lineFeed ? 1 : 2, lineFeed)])
}

/** The message of an mboxrd entry; null when the bytes are none. */
export function fromMboxrd(entry: Uint8Array, newlineAdded: boolean): Uint8Array | null {
  return fromMboxEntry(entry, newlineAdded, findFrom)
}

/** A message as a data frame, with what its record has to say of it. */
export function encodeMessage(
  message: Uint8Array,
  sender: string | null,
  atMs: number | null,
): { readonly frame: Buffer; readonly entryBytes: number; readonly newlineAdded: boolean } {
  const entry = toMboxEntry(message, Buffer.from(mboxFromLine(sender, atMs), 'latin1'), findFrom)
  const frame = compressEntry(entry.bytes)
  const entryBytes = entry.bytes.length
  giveBack(entry.bytes)
  return { frame, entryBytes, newlineAdded: entry.newlineAdded }
}

/** An entry, or a piece of one, as a data frame. */
export function compressEntry(entry: Uint8Array): Buffer {
  // Node returns a piece of its output chunk, and puts many together by copying: one that is just large enough.
  const chunkSize = Math.max(leastChunkBytes, entry.length + (entry.length >> 8))
  return zstdCompressSync(entry, { params, chunkSize })
}

/** What a data frame holds; null when it is damaged or holds more than it may. */
export function decompressEntry(frame: Uint8Array, maxBytes: number): Buffer | null {
  try {
    // One chunk that holds all of it: Node would put many together by copying.
    const chunkSize = Math.max(leastChunkBytes, maxBytes + 1)
    return zstdDecompressSync(frame, { maxOutputLength: Math.max(1, maxBytes), chunkSize })
  } catch {
    return null
  }
}

/**
 * The message in a data frame; null when the frame or the entry in it is damaged. The hash is not compared here.
 */
export function decodeMessage(
  frame: Uint8Array,
  entryBytes: number,
  newlineAdded: boolean,
): Uint8Array | null {
  const entry = decompressEntry(frame, entryBytes)
  if (entry?.length !== entryBytes) return null
  const message = fromMboxEntry(entry, newlineAdded, findFrom)
  if (message?.buffer !== entry.buffer) giveBack(entry)
  return message
}
