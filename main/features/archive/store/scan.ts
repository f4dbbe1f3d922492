import { readSync } from 'node:fs'
import {
  frameMagic,
  maxRecordBytes,
  recordHeadBytes,
  recordMagic,
  recordTag,
  sealedRecordTag,
} from '../../../../core/archive/pack.ts'
import type { ArchiveRecord } from '../../../../core/archive/pack.ts'
import type { Seal } from './seal.ts'
import { isStrange, openRecord } from './sealing.ts'

/** A record found in a pack. The data frames of a message are there, but were not read beyond their beginning. */
export interface FoundRecord {
  readonly kind: 'record'
  readonly offset: number
  readonly record: ArchiveRecord
  readonly frameOffset: number
  /** Where the next record begins. */
  readonly end: number
}

/** A stretch of a pack that is no record. `torn`: it reaches to the end of the file, as a write that was cut off does. */
export interface BadStretch {
  readonly kind: 'bad'
  readonly offset: number
  readonly end: number
  readonly torn: boolean
  readonly problem: string
}

const readAheadBytes = 4096
const searchBytes = 1 << 20

/**
 * Walks a pack from `start` to `size`. After a damaged stretch it goes on at the next record whose checksum
 * holds, so that one bad sector costs only the messages that it hits. Data frames are not unpacked. `seal` opens the records
 * of an encrypted archive, and is null for another.
 */
export function* scanPack(
  fd: number,
  start: number,
  size: number,
  seal: Seal | null,
): Generator<FoundRecord | BadStretch> {
  let offset = start
  while (offset < size) {
    const found = readRecord(fd, offset, size, seal)
    if (typeof found !== 'string') {
      yield found
      offset = found.end
      continue
    }
    const next = findNextRecord(fd, offset + 1, size, seal)
    const torn = next === null && !isStrange(found)
    yield { kind: 'bad', offset, end: next ?? size, torn, problem: found }
    offset = next ?? size
  }
}

/** The record at an offset, or in words why there is none. */
export function readRecord(
  fd: number,
  offset: number,
  size: number,
  seal: Seal | null,
): FoundRecord | string {
  const head = readAt(fd, offset, Math.min(readAheadBytes, size - offset))
  const length = recordLength(head)
  if (length === null) return 'no record begins here'
  const frameOffset = offset + recordHeadBytes + length
  if (frameOffset > size) return 'the record is cut off'
  const whole = recordHeadBytes + length <= head.length ? head : readAt(fd, offset, recordHeadBytes + length)
  const body = whole.subarray(recordHeadBytes, recordHeadBytes + length)
  const record = openRecord(whole.readUInt32LE(8), body, whole.readUInt32LE(12), seal)
  if (typeof record === 'string') return record
  if (record.kind !== 'message') return { kind: 'record', offset, record, frameOffset, end: frameOffset }
  const end = frameOffset + record.frameBytes
  if (end > size) return 'the message is cut off'
  const behind = frameOffset - offset
  const mark = behind + 4 <= head.length ? head.subarray(behind) : readAt(fd, frameOffset, 4)
  const magic = seal === null ? frameMagic : recordMagic
  if (mark.length < 4 || mark.readUInt32LE(0) !== magic) return 'the message does not follow its record'
  return { kind: 'record', offset, record, frameOffset, end }
}

/** Length of what a record head announces; null when it is no record head. */
function recordLength(head: Buffer): number | null {
  if (head.length < recordHeadBytes) return null
  const tag = head.readUInt32LE(8)
  if (head.readUInt32LE(0) !== recordMagic || (tag !== recordTag && tag !== sealedRecordTag)) return null
  const length = head.readUInt32LE(4) - 8
  return length > 0 && length <= maxRecordBytes ? length : null
}

/** Where the next record begins whose own checksum holds; null when there is none up to the end. */
function findNextRecord(fd: number, from: number, size: number, seal: Seal | null): number | null {
  const mark = Buffer.alloc(4)
  mark.writeUInt32LE(recordMagic)
  for (let base = from; base < size; base += searchBytes) {
    // Three bytes of overlap: a mark may lie across two reads.
    const block = readAt(fd, base, Math.min(searchBytes + 3, size - base))
    for (let at = block.indexOf(mark); at !== -1; at = block.indexOf(mark, at + 1)) {
      const found = readRecord(fd, base + at, size, seal)
      if (typeof found !== 'string') return base + at
    }
  }
  return null
}

/** Reads exactly `length` bytes, or fewer where the file ends. */
export function readAt(fd: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  let got = 0
  while (got < length) {
    const n = readSync(fd, bytes, got, length - got, offset + got)
    if (n === 0) break
    got += n
  }
  return bytes.subarray(0, got)
}
