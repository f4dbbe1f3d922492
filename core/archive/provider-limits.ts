/** What a provider allows one mailbox by IMAP in 24 hours. Null: it names no number. */
export interface ProviderLimits {
  readonly provider: string
  readonly downBytesPerDay: number | null
  readonly upBytesPerDay: number | null
}

/**
 * Gmail: 2,500 MB down and 500 MB up a day by IMAP (support.google.com/a/answer/1071518, "Gmail bandwidth limits";
 * the same in imapsync's FAQ). Whoever goes over is locked out for up to a day, so the program stops before.
 * Exchange Online names no number: it throttles by load and says how long to wait ("Suggested Backoff Time").
 */
const limits: readonly (ProviderLimits & { readonly hosts: RegExp })[] = [
  {
    provider: 'Gmail',
    hosts: /^imap\.(gmail|googlemail)\.com$/i,
    downBytesPerDay: 2_500_000_000,
    upBytesPerDay: 500_000_000,
  },
  {
    provider: 'Exchange Online',
    hosts: /^(outlook|imap-mail)\.(office365|office|outlook)\.com$/i,
    downBytesPerDay: null,
    upBytesPerDay: null,
  },
]

/** The limits of the provider behind an IMAP server's name; null when none are known. */
export function providerLimitsOf(host: string): ProviderLimits | null {
  const found = limits.find(({ hosts }) => hosts.test(host.replace(/\.$/, '')))
  if (found === undefined) return null
  const { provider, downBytesPerDay, upBytesPerDay } = found
  return { provider, downBytesPerDay, upBytesPerDay }
}

/** What went over the line in one hour that began at `hourMs`. */
export interface HourlyTransfer {
  readonly hourMs: number
  readonly bytes: number
}

export const hourMs = 3_600_000
const windowHours = 24

/**
 * When a mailbox may go on, counted by whole hours over the last 24: null at once, else the time at which enough of
 * them have passed. Providers do not say when their day begins, so every 24 hours are kept under the limit.
 */
export function budgetFreeAtMs(
  transfers: readonly HourlyTransfer[],
  limitBytes: number,
  nowMs: number,
): number | null {
  const begins = nowMs - windowHours * hourMs
  const counted = transfers
    .filter((one) => one.hourMs + hourMs > begins)
    .toSorted((a, b) => a.hourMs - b.hourMs)
  let left = counted.reduce((sum, { bytes }) => sum + bytes, 0)
  if (left < limitBytes) return null
  for (const one of counted) {
    left -= one.bytes
    if (left < limitBytes) return one.hourMs + hourMs + windowHours * hourMs
  }
  return nowMs + windowHours * hourMs
}
