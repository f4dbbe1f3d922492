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
  return {
    add: (chunk) => {
      const bytes =
        held.length === 0
          ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
          : Buffer.concat([held, chunk])
      let at = 0
      for (let next = bytes.indexOf(mark); next !== -1; next = bytes.indexOf(mark, at)) {
        keep(bytes.subarray(at, next))
        left = windowBytes
        keep(mark)
        at = next + mark.length
      }
      // A mark may lie across two chunks.
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
