/** What is known of the way to the server, from the bytes that came and the time they were waited for. */
export interface Link {
  /** Notes that so many bytes came after so long a wait for them. */
  received(bytes: number, waitedMs: number): void
  /** Null until enough came to tell. */
  bytesPerSecond(): number | null
}

/** A connection below this is limited by the link or the provider: more of them help (measured; see ADR 0014). */
export const slowBelowBytesPerSecond = 25_000_000
/** COMPRESS=DEFLATE costs a server more time than it saves when all connections together are above this (measured). */
export const compressBelowBytesPerSecond = 25_000_000
const leastBytes = 2_000_000
const leastMs = 150

/** Measures one connection without COMPRESS; time that our own side needed for the mail does not count. */
export function createLink(): Link {
  let bytes = 0
  let ms = 0
  return {
    received: (more, waitedMs) => {
      bytes += more
      ms += waitedMs
    },
    bytesPerSecond: () =>
      bytes < leastBytes || (ms < leastMs && bytes < 16 * leastBytes)
        ? null
        : (1000 * bytes) / Math.max(1, ms),
  }
}
