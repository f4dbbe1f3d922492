import type { MessageRecord } from '../../../../core/archive/pack.ts'
import { AppError } from '../../../../core/errors.ts'
import { encodeRecord } from '../store/frame.ts'
import type { Prepared } from '../store/prepare.ts'
import { readAt } from '../store/scan.ts'
import type { FoundRecord } from '../store/scan.ts'
import { sealingBytes } from '../store/seal.ts'
import type { Seal } from '../store/seal.ts'
import { openFrame, sealPrepared } from '../store/sealing.ts'

/**
 * A record of an archive as it goes into another one under other keys, or under none. The frames of a message are
 * opened and sealed as they are asked for. Errors: `archive.damaged` from the frames.
 */
export function convertRecord(found: FoundRecord, fd: number, from: Seal | null, to: Seal | null): Prepared {
  const { record } = found
  if (record.kind === 'pack') {
    const header = { ...record, generation: record.generation + 1, keyId: to?.keyId ?? null }
    return { record: header, head: encodeRecord(header), frames: [], summary: null }
  }
  const plain = record.kind === 'message' ? shorten(record, from) : record
  const frames = record.kind === 'message' ? plainFrames(record, found, fd, from) : []
  const prepared = { record: plain, head: encodeRecord(plain), frames, summary: null }
  return to === null ? prepared : sealPrepared(prepared, to)
}

/** The record as it was before its frames were sealed. */
function shorten(record: MessageRecord, seal: Seal | null): MessageRecord {
  if (seal === null) return record
  const pieces = record.pieces?.map((length) => length - sealingBytes)
  const frameBytes = record.frameBytes - sealingBytes * (pieces?.length ?? 1)
  return { ...record, frameBytes, ...(pieces !== undefined && { pieces }) }
}

function* plainFrames(
  record: MessageRecord,
  found: FoundRecord,
  fd: number,
  seal: Seal | null,
): Generator<Buffer> {
  let offset = found.frameOffset
  for (const [n, length] of (record.pieces ?? [record.frameBytes]).entries()) {
    const frame = openFrame(readAt(fd, offset, length), record.sha256, n, seal)
    if (frame === null)
      throw new AppError('archive.damaged', {
        details: { place: `byte ${offset}, message ${record.sha256}` },
      })
    yield frame
    offset += length
  }
}
