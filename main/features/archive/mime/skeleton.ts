import { asBuffer } from '../store/frame.ts'

const mark = Buffer.from('\n--')
/** As much as a header may have, with the boundary line before it. */
const windowBytes = 132 * 1024
const maxBytes = 8 * 1024 * 1024

/** What is kept of a message that is too large to be held whole. */
export interface Skeleton {
  add(chunk: Uint8Array): void
  /** A message with the same headers and parts, most of whose content is left out. */
  bytes(): Buffer
}

/**
 * Keeps of a message its head, and what follows each line that begins with `--`, which is where the header of a part
 * may be. What is drawn from that (summary, number of attachments) is the same as of the whole; memory is bounded.
 */
export function createSkeleton(): Skeleton {
  const kept: Buffer[] = []
  let keptBytes = 0
  let left = windowBytes
  let held: Buffer = Buffer.alloc(0)

  const keep = (bytes: Buffer): void => {
    const part = bytes.subarray(0, Math.min(left, maxBytes - keptBytes))
    left -= part.length
    keptBytes += part.length
    // A copy: a view would hold on to the whole chunk.
    if (part.length > 0) kept.push(Buffer.from(part))
  }
  /** Keeps what stands before a mark, and the mark; from here on a header is kept. */
  const begin = (before: Buffer): void => {
    keep(before)
    left = windowBytes
    keep(mark)
  }
  return {
    add: (chunk) => {
      const bytes = asBuffer(chunk)
      let at = 0
      // A mark may lie across two chunks.
      const split = splitMark(held, bytes)
      if (split === null) keep(held)
      else at = mark.length - split
      if (split !== null) begin(held.subarray(0, held.length - split))
      for (let next = bytes.indexOf(mark, at); next !== -1; next = bytes.indexOf(mark, at)) {
        begin(bytes.subarray(at, next))
        at = next + mark.length
      }
      const sure = Math.max(at, bytes.length - mark.length + 1)
      keep(bytes.subarray(at, sure))
      held = Buffer.from(bytes.subarray(sure))
    },
    bytes: () => {
      keep(held)
      held = Buffer.alloc(0)
      return Buffer.concat(kept)
    },
  }
}

/** How many bytes of a mark stand at the end of the first, with the others at the beginning of the second. */
function splitMark(first: Buffer, second: Buffer): number | null {
  for (let inFirst = 1; inFirst < mark.length; inFirst++) {
    const begun = first.subarray(-inFirst).equals(mark.subarray(0, inFirst))
    if (begun && second.subarray(0, mark.length - inFirst).equals(mark.subarray(inFirst))) return inFirst
  }
  return null
}
