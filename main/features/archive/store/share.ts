import { hash } from 'node:crypto'
import { cutOut, putBack } from '../../../../core/archive/copies.ts'
import type { SharedStretch } from '../../../../core/archive/copies.ts'
import type { CopyRange } from '../../../../core/archive/pack.ts'
import type { MessagePart } from '../../../../db/archive-index/apply.ts'
import type { PartFinder, PartPlace } from '../../../../db/archive-index/parts.ts'
import { listBodies } from '../mime/bodies.ts'
import { giveBack } from '../../../lib/buffer-memory.ts'
import { asBuffer } from './frame.ts'
import type { Shelf } from './shelf.ts'

/** Smaller contents are not worth a look-up and a second place to read from. */
const minSharedBytes = 8 * 1024
const endBytes = 4 * 1024

/** A message as it is stored: what it has in common with earlier ones is left out. */
export interface Shared {
  readonly cut: Uint8Array
  readonly copies: readonly CopyRange[]
  /** What later messages may copy from it. */
  readonly parts: readonly MessagePart[]
}

/** Leaves out of messages what the archive has already. One of these serves one batch. */
export interface Sharing {
  share(message: Uint8Array, sha256: string): Shared
}

/** The contents of a message that are worth sharing. A rebuild of the index finds the same. */
export function listParts(message: Uint8Array): readonly MessagePart[] {
  const bytes = asBuffer(message)
  return listBodies(bytes, minSharedBytes).map(({ start, length }) => {
    return { mark: markOf(bytes.subarray(start, start + length)), start, length }
  })
}

/** Length, beginning and end: a hash of everything would cost as much time as all the rest (measured). */
function markOf(content: Buffer): Buffer {
  const ends = [
    Buffer.from(`${content.length}\n`),
    content.subarray(0, endBytes),
    content.subarray(-endBytes),
  ]
  return hash('sha256', Buffer.concat(ends), 'buffer')
}

/** Begins a batch. What is in its own messages is found as well as what the index knows. */
export function createSharing(findPart: PartFinder['findPart'], stretch: Shelf['stretch']): Sharing {
  const inBatch = new Map<string, PartPlace & { readonly bytes: Uint8Array }>()

  const find = (part: MessagePart): (PartPlace & { readonly bytes: Uint8Array | null }) | null => {
    const near = inBatch.get(keyOf(part))
    if (near !== undefined) return near
    const far = findPart(part.mark)
    return far === null ? null : { ...far, bytes: stretch({ ...far, at: 0, insteadBytes: 0 }) }
  }
  return {
    share: (message, sha256) => {
      const own: MessagePart[] = []
      const stretches: SharedStretch[] = []
      const bytesOf = new Map<number, Uint8Array>()
      for (const part of listParts(message)) {
        const bytes = message.subarray(part.start, part.start + part.length)
        const known = find(part)
        // Compared byte by byte: the mark proves nothing, and where the first place is damaged this one takes over.
        if (known?.bytes == null || !asBuffer(known.bytes).equals(bytes)) own.push(part)
        else {
          stretches.push({ at: part.start, length: part.length, from: known.from, start: known.start })
          bytesOf.set(part.start, known.bytes)
        }
      }
      const whole = { cut: message, copies: [], parts: own }
      const shared = stretches.length === 0 ? whole : { ...cutOut(message, stretches), parts: own }
      const proved = putBack(shared.cut, shared.copies, ({ at }) => bytesOf.get(at) ?? null)
      const outcome = proved !== null && asBuffer(proved).equals(message) ? shared : whole
      if (proved !== null) giveBack(proved)
      for (const part of own) {
        const bytes = message.subarray(part.start, part.start + part.length)
        inBatch.set(keyOf(part), { from: sha256, start: part.start, length: part.length, bytes })
      }
      return outcome
    },
  }
}

function keyOf({ mark }: MessagePart): string {
  return asBuffer(mark).toString('latin1')
}
