/** Why and until when a pull or a restore waits, in the words of whoever asks for it. */
export interface PullWait {
  readonly untilMs: number
  readonly why: PullWaitReason
}

/** The server asks for it (`named`: it said for how long), or the provider's limit for a day is reached. */
export type PullWaitReason =
  | { readonly kind: 'server'; readonly said: string; readonly named: boolean }
  | { readonly kind: 'budget'; readonly provider: string; readonly bytesPerDay: number }

/** `the server asks to wait 5 minutes: goes on at 14:05`. The times are the reader's own, `timeZone` is for tests. */
export function describeWait({ untilMs, why }: PullWait, nowMs: number, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone }
  const at = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hour12: false, ...zone })
  const until = at.format(untilMs)
  if (why.kind === 'budget')
    return `pauses until ${until}: ${why.provider} allows ${gigabytes(why.bytesPerDay)} in 24 hours, and they are used`
  const asks = why.named
    ? `the server asks to wait ${duration(untilMs - nowMs)}`
    : 'the server asks to go slower'
  return `${asks}: goes on at ${until}`
}

function gigabytes(bytes: number): string {
  return `${new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format(bytes / 1e9)} GB`
}

function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000))
  const [n, unit] = seconds < 90 ? [seconds, 'second'] : [Math.round(seconds / 60), 'minute']
  return `${n} ${unit}${n === 1 ? '' : 's'}`
}
