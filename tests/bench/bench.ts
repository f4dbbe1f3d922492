/** One measured line. Absolute times do not carry over to other machines: give a peer's where there is one. */
export interface BenchRow {
  readonly measure: string
  readonly result: string
  /** What the peer program needed in the same run, or why there is none. */
  readonly peer?: string
  /** Ours against the peer's: above 1 means that we are faster or smaller. */
  readonly ratio?: number
  readonly target?: string
  /** Null where no target applies. */
  readonly met: boolean | null
}

/** A group of measurements that one `npm run bench -- NAME` runs. */
export interface Bench {
  readonly name: string
  readonly title: string
  /** It takes long or much room, so that it runs only when it is asked for by its name. */
  readonly onlyWhenNamed?: boolean
  readonly run: (log: (line: string) => void) => Promise<readonly BenchRow[]>
}

/** The middle value, the 95th percentile and the largest of some durations, in their own unit. */
export function percentiles(values: readonly number[]): { p50: number; p95: number; max: number } {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
  return { p50: at(0.5), p95: at(0.95), max: at(1) }
}
