/** Each batch costs a round trip, and a cut connection costs a batch: these sizes were measured. */
export const defaultBatchLimits: BatchLimits = { maxMessages: 500, maxBytes: 32 * 1024 * 1024 }

export interface BatchLimits {
  readonly maxMessages: number
  readonly maxBytes: number
}

/** Cuts a list into batches, in order. A message larger than a batch is a batch of its own. */
export function cutIntoBatches<T extends { readonly sizeBytes: number }>(
  messages: readonly T[],
  limits: BatchLimits = defaultBatchLimits,
): readonly (readonly T[])[] {
  const batches: T[][] = []
  let current: T[] = []
  let bytes = 0
  for (const message of messages) {
    const full = current.length >= limits.maxMessages || bytes + message.sizeBytes > limits.maxBytes
    if (current.length > 0 && full) {
      batches.push(current)
      current = []
      bytes = 0
    }
    current.push(message)
    bytes += message.sizeBytes
  }
  return current.length === 0 ? batches : [...batches, current]
}

/**
 * How much to ask for at once over a link of this speed: about a second's worth, so that several connections end
 * together; little at first (null), so that the speed is known soon.
 */
export function batchLimitsFor(bytesPerSecond: number | null): BatchLimits {
  const { maxMessages, maxBytes } = defaultBatchLimits
  const wanted = bytesPerSecond === null ? 3_000_000 : Math.max(4_000_000, bytesPerSecond)
  return { maxMessages, maxBytes: Math.min(maxBytes, Math.round(wanted)) }
}

/** The first batch of a list, and what is left of the list. */
export function takeBatch<T extends { readonly sizeBytes: number }>(
  messages: readonly T[],
  limits: BatchLimits,
): readonly [batch: readonly T[], rest: readonly T[]] {
  let bytes = 0
  const end = messages.findIndex(({ sizeBytes }, n) => {
    bytes += sizeBytes
    return n > 0 && (n >= limits.maxMessages || bytes > limits.maxBytes)
  })
  return end === -1 ? [messages, []] : [messages.slice(0, end), messages.slice(end)]
}

/** UIDs as an IMAP sequence set (RFC 9051 `sequence-set`): `1:3,7,9:10`. Expects them ascending. */
export function toUidSet(uids: readonly number[]): string {
  const ranges: [first: number, last: number][] = []
  for (const uid of uids) {
    const last = ranges.at(-1)
    if (last?.[1] === uid - 1) last[1] = uid
    else ranges.push([uid, uid])
  }
  return ranges.map(([first, last]) => (first === last ? String(first) : `${first}:${last}`)).join(',')
}
