import type { CopyRange } from './pack.ts'

/**
 * Attachments that occur in many messages are stored once (docs/archive-format.md, "What messages share"): in the
 * entry of a later message a short line stands where the attachment was, and the record says where its bytes are.
 */

/** A stretch of a message whose bytes stand in an earlier message, from byte `start` on. */
export interface SharedStretch {
  readonly at: number
  readonly length: number
  readonly from: string
  readonly start: number
}

/** The line that stands in the entry instead; written for people, the record is what counts. */
export function insteadLine({ from, start, length }: Omit<SharedStretch, 'at'>): string {
  return `[stored once: ${length} bytes, as in message ${from} at byte ${start}; desk export puts it back]`
}

/** A message with its shared stretches left out, and how to put them back. Expects them in order, not overlapping. */
export function cutOut(
  message: Uint8Array,
  stretches: readonly SharedStretch[],
): { readonly cut: Uint8Array; readonly copies: readonly CopyRange[] } {
  const pieces: Uint8Array[] = []
  const copies: CopyRange[] = []
  let done = 0
  for (const { at, length, from, start } of stretches) {
    const instead = asciiBytes(insteadLine({ from, start, length }))
    pieces.push(message.subarray(done, at), instead)
    copies.push({ from, start, at, length, insteadBytes: instead.length })
    done = at + length
  }
  pieces.push(message.subarray(done))
  return { cut: concat(pieces), copies }
}

/** Puts shared stretches back; null when one cannot be had or the copies do not fit the message. */
export function putBack(
  cut: Uint8Array,
  copies: readonly CopyRange[],
  bytesOf: (copy: CopyRange) => Uint8Array | null,
): Uint8Array | null {
  const pieces: Uint8Array[] = []
  let inCut = 0
  let inMessage = 0
  for (const copy of copies) {
    const before = copy.at - inMessage
    const bytes = bytesOf(copy)
    if (before < 0 || inCut + before + copy.insteadBytes > cut.length || bytes?.length !== copy.length)
      return null
    pieces.push(cut.subarray(inCut, inCut + before), bytes)
    inCut += before + copy.insteadBytes
    inMessage = copy.at + copy.length
  }
  pieces.push(cut.subarray(inCut))
  return concat(pieces)
}

/**
 * A stretch of a message that is in its own entry, given the message with its own shared stretches left out; null
 * when it is not: what is copied is never copied from a copy.
 */
export function stretchOf(
  cut: Uint8Array,
  copies: readonly CopyRange[],
  start: number,
  length: number,
): Uint8Array | null {
  let shift = 0
  for (const copy of copies) {
    if (copy.at + copy.length <= start) shift += copy.length - copy.insteadBytes
    else if (copy.at < start + length) return null
  }
  const from = start - shift
  return from + length <= cut.length ? cut.subarray(from, from + length) : null
}

function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let to = 0
  for (const piece of pieces) {
    all.set(piece, to)
    to += piece.length
  }
  return all
}
