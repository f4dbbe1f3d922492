/** Time as the program sees it; passed as an argument so that tests decide what time it is. */
export interface Clock {
  /** Wall clock, milliseconds since the epoch. It may jump. */
  nowMs(): number
  /** Never goes back; for durations only. */
  monotonicMs(): number
}

/** The computer's own clock. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
}
