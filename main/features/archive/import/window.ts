/** What of a stream is in hand: its next bytes, more on demand. */
export interface Window {
  /** The next bytes that were not taken yet. */
  readonly bytes: Buffer
  /** Nothing comes behind `bytes`. */
  readonly ended: boolean
  /** Bytes that were taken so far. */
  readonly taken: number
  /** Gets more; false at the end. */
  more(): Promise<boolean>
  take(count: number): Buffer
}

const fillBytes = 1024 * 1024

/** A window on a stream. Chunks are put together a megabyte at a time, so that small ones do not cost time. */
export function createWindow(source: AsyncIterable<Buffer>): Window {
  const chunks = source[Symbol.asyncIterator]()
  let bytes: Buffer = Buffer.alloc(0)
  let ended = false
  let taken = 0
  return {
    get bytes() {
      return bytes
    },
    get ended() {
      return ended
    },
    get taken() {
      return taken
    },
    more: async () => {
      const parts: Buffer[] = [bytes]
      let got = 0
      while (!ended && got < fillBytes) {
        const next = await chunks.next()
        if (next.done === true) ended = true
        else {
          parts.push(next.value)
          got += next.value.length
        }
      }
      if (got > 0) bytes = Buffer.concat(parts)
      return got > 0
    },
    take: (count) => {
      const part = bytes.subarray(0, count)
      bytes = bytes.subarray(count)
      taken += part.length
      return part
    },
  }
}
