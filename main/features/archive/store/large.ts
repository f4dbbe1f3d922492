import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../../../core/errors.ts'
import { createQuoting } from '../../../../core/archive/mboxrd-stream.ts'
import { mboxFromLine } from '../../../../core/archive/mboxrd.ts'
import { pieceBytes } from '../../../../core/archive/pack.ts'
import type { MessageRecord, OccurrenceRecord } from '../../../../core/archive/pack.ts'
import { giveBack } from '../../../lib/buffer-memory.ts'
import { createSkeleton } from '../mime/skeleton.ts'
import { summarize } from '../mime/summary.ts'
import type { Summary } from '../mime/summary.ts'
import { translateFileError } from './file-error.ts'
import { compressEntry, findFrom } from './frame.ts'
import { readAt } from './scan.ts'
import { createScratchSeal, sealingBytes } from './seal.ts'
import type { Seal } from './seal.ts'

/** A large message while it comes in. Nothing of it is in the archive before the writer has stored it. */
export interface LargeMessage {
  add(chunk: Uint8Array): void
  /** The whole message has come: what its record says, and its data frames. Errors: `file.disk_full`. */
  finish(): SpooledMessage
  /** Lets go of it; its file is deleted. */
  discard(): void
}

/** A message whose data frames lie in a file, ready to be stored. */
export interface SpooledMessage {
  readonly record: MessageRecord
  readonly summary: Summary
  /** The data frames, a few megabytes at a time. */
  readonly frames: Iterable<Buffer>
}

/** Forgets what was being received when the program ended: it was never reported, and the server still has it. */
export function clearIncoming(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}

/**
 * Takes a message in chunks: hashes, quotes and packs it piece by piece into a file of its own, because only at its
 * end is it known whether the archive has it already. Memory is bounded by the size of a piece. With `sealed` the file
 * is encrypted under a key that nobody has once the program ended.
 */
export function receiveLarge(
  folder: string,
  name: string,
  at: OccurrenceRecord,
  sealed: boolean,
): LargeMessage {
  const file = join(folder, name)
  const fd = openSpool(folder, file)
  const hash = createHash('sha256')
  const skeleton = createSkeleton()
  const quoting = createQuoting(findFrom)
  const scratch = sealed ? createScratchSeal() : null
  const pieces = createPieces(fd, file, scratch, (head) => {
    // The head of the message is in the first piece: it says who is named in the separator line.
    const { senderAddress } = summarize(head)
    return Buffer.from(mboxFromLine(senderAddress, at.internalDateMs), 'latin1')
  })
  let sizeBytes = 0
  let lastByte = lineFeed
  return {
    add: (chunk) => {
      if (chunk.length === 0) return
      sizeBytes += chunk.length
      lastByte = chunk.at(-1) ?? lastByte
      hash.update(chunk)
      skeleton.add(chunk)
      for (const part of quoting.add(chunk)) pieces.add(part)
    },
    finish: () => {
      const newlineAdded = lastByte !== lineFeed
      pieces.add(quoting.end())
      pieces.add(Buffer.alloc(newlineAdded ? 2 : 1, lineFeed))
      const { lengths, entryBytes } = pieces.finish()
      const frameBytes = lengths.reduce((sum, length) => sum + length, 0)
      const sha256 = hash.digest('hex')
      const facts = { sha256, sizeBytes, frameBytes, entryBytes, newlineAdded, pieces: [...lengths], at }
      return {
        record: { kind: 'message', ...facts },
        summary: summarize(skeleton.bytes()),
        frames: readFrames(fd, lengths, scratch),
      }
    },
    discard: () => {
      closeSync(fd)
      rmSync(file, { force: true })
    },
  }
}

const lineFeed = 0x0a

function openSpool(folder: string, file: string): number {
  try {
    mkdirSync(folder, { recursive: true })
    return openSync(file, 'w+', 0o600)
  } catch (error) {
    throw translateFileError(error, file)
  }
}

/** Cuts an entry into pieces and writes each as a data frame of its own. */
function createPieces(fd: number, file: string, scratch: Seal | null, fromLineOf: (head: Buffer) => Buffer) {
  const piece = Buffer.allocUnsafe(pieceBytes)
  const lengths: number[] = []
  let used = 0
  let entryBytes = 0

  const flush = (): void => {
    const content = piece.subarray(0, used)
    const whole = lengths.length === 0 ? Buffer.concat([fromLineOf(content), content]) : content
    const frame = compressEntry(whole)
    const kept = scratch === null ? frame : scratch.data(frame, '', lengths.length)
    try {
      for (let written = 0; written < kept.length;) written += writeSync(fd, kept, written)
    } catch (error) {
      throw translateFileError(error, file)
    }
    lengths.push(frame.length)
    giveBack(frame, kept)
    entryBytes += whole.length
    used = 0
  }
  return {
    add: (bytes: Uint8Array): void => {
      for (let from = 0; from < bytes.length;) {
        const part = bytes.subarray(from, from + pieceBytes - used)
        piece.set(part, used)
        used += part.length
        from += part.length
        if (used === pieceBytes) flush()
      }
    },
    finish: (): { readonly lengths: readonly number[]; readonly entryBytes: number } => {
      if (used > 0) flush()
      return { lengths, entryBytes }
    },
  }
}

function* readFrames(fd: number, lengths: readonly number[], scratch: Seal | null): Generator<Buffer> {
  let offset = 0
  for (const [n, length] of lengths.entries()) {
    const keptBytes = length + (scratch === null ? 0 : sealingBytes)
    const kept = readAt(fd, offset, keptBytes)
    const frame = scratch === null ? kept : scratch.openData(kept, '', n)
    if (frame === null) throw new AppError('file.not_readable', { details: { file: 'incoming' } })
    yield frame
    offset += keptBytes
  }
}
