const hex = (bytes: readonly number[]): string =>
  bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** Milliseconds in a UUID version 7 (RFC 9562 section 5.7). */
export function timeOfEventId(eventId: string): number {
  return Number.parseInt(eventId.slice(0, 8) + eventId.slice(9, 13), 16)
}

/**
 * A UUID version 7 that sorts after `after`, the newest event id known of the same ticket. The time in it is
 * a hybrid logical clock: the wall clock, or one millisecond more than what was seen, so that an answer sorts
 * after what it answers even when its machine's clock is slow. `random` holds ten random bytes.
 */
export function nextEventId(nowMs: number, after: string | null, random: Uint8Array): string {
  const timeMs = Math.max(Math.floor(nowMs), after === null ? 0 : timeOfEventId(after) + 1)
  const time = timeMs.toString(16).padStart(12, '0')
  const [a = 0, b = 0, c = 0, ...rest] = random.slice(0, 10)
  const version = hex([0x70 | (a & 0x0f), b])
  const variant = hex([0x80 | (c & 0x3f), rest[0] ?? 0])
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}-${hex(rest.slice(1))}`
}
