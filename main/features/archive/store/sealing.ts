import { crc32 } from 'node:zlib'
import { recordTag } from '../../../../core/archive/pack.ts'
import type { ArchiveRecord, MessageRecord } from '../../../../core/archive/pack.ts'
import { decodeRecord } from './frame.ts'
import type { Prepared } from './prepare.ts'
import { sealingBytes } from './seal.ts'
import type { Seal } from './seal.ts'

/**
 * Records that are whole, as their checksum says, but not of this archive or not for these keys. They are no torn
 * writes: what stands there is left where it is.
 */
export const strangers = {
  noKeys: 'the record is encrypted, and this archive has no keys',
  otherKey: 'the record is encrypted under a key that this archive does not have',
  changed: 'the record was changed: its seal does not hold',
  notSealed: 'the record is not encrypted, as everything in this archive is',
  otherArchive: 'the pack belongs to another archive',
} as const
const strange: ReadonlySet<string> = new Set(Object.values(strangers))

/** Whether what is said of a stretch is that it is whole, but strange. */
export function isStrange(problem: string): boolean {
  return strange.has(problem)
}

/** The record in a frame with this tag; in words why there is none. */
export function openRecord(
  tag: number,
  body: Buffer,
  crc: number,
  seal: Seal | null,
): ArchiveRecord | string {
  if (crc32(body) !== crc) return notHeld
  if (tag === recordTag) {
    const record = decodeRecord(body, crc)
    if (record === null) return notHeld
    // Whoever can write to the folder but has no key must not be able to slip mail in.
    if (seal !== null && record.kind !== 'pack') return strangers.notSealed
    const isOther = seal !== null && record.kind === 'pack' && record.archiveId !== seal.archiveId
    return isOther ? strangers.otherArchive : record
  }
  if (seal === null) return strangers.noKeys
  if (!seal.knows(body)) return strangers.otherKey
  const json = seal.openRecord(body)
  return json === null ? strangers.changed : (decodeRecord(json, crc32(json)) ?? strangers.changed)
}

const notHeld = 'the checksum of the record does not hold'

/** A data frame of a message as it was before it was sealed; null when its seal does not hold. */
export function openFrame(frame: Buffer, sha256: string, piece: number, seal: Seal | null): Buffer | null {
  return seal === null ? frame : seal.openData(frame, sha256, piece)
}

/** A record as it goes into an encrypted pack. Its data frames are sealed as they are asked for, once. */
export function sealPrepared(prepared: Prepared, seal: Seal): Prepared {
  const { frames } = prepared
  const record = prepared.record.kind === 'message' ? lengthen(prepared.record) : prepared.record
  const head = seal.record(Buffer.from(JSON.stringify(record)))
  if (record.kind !== 'message') return { ...prepared, record, head }
  return { ...prepared, record, head, frames: sealFrames(frames, record.sha256, seal) }
}

function* sealFrames(frames: Iterable<Uint8Array>, sha256: string, seal: Seal): Generator<Buffer> {
  let piece = 0
  for (const frame of frames) yield seal.data(frame, sha256, piece++)
}

/** Lengths in a record are those of what stands in the pack. */
function lengthen(record: MessageRecord): MessageRecord {
  const count = record.pieces?.length ?? 1
  const frameBytes = record.frameBytes + count * sealingBytes
  if (record.pieces === undefined) return { ...record, frameBytes }
  return { ...record, frameBytes, pieces: record.pieces.map((length) => length + sealingBytes) }
}
