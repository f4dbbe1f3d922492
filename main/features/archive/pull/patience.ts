import { setTimeout as wait } from 'node:timers/promises'
import type { PullWait, PullWaitReason } from '../../../../core/archive/waits.ts'
import type { AppError } from '../../../../core/errors.ts'

/** Time as a pull sees it; tests give their own. */
export interface PullClock {
  nowMs(): number
  /** Rejects when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

/** The computer's own time. */
export const systemPullClock: PullClock = {
  nowMs: () => Date.now(),
  sleep: (ms, signal) => wait(ms, undefined, { signal }),
}

/** What all connections of a pull have in common: when one is asked to slow down, all do. */
export interface Patience {
  /** Waits for as long as the server asked to; returns at once when it did not. Rejects when cancelled. */
  ready(): Promise<void>
  /**
   * Notes that the server asks to slow down. Throws the failure when the server has asked so often without naming
   * a time that waiting is no answer any more.
   */
  slowDown(error: AppError): void
  /** Mail came again: the next time begins with a short wait. */
  recovered(): void
  /** Time waited so far. */
  waitedMs(): number
}

/** Where no time is named: the more often, the longer. Together an hour and a half; then a person should look. */
const unnamedWaitsMs = [30, 60, 120, 300, 600, 900, 900, 900, 900, 900].map((seconds) => seconds * 1000)

/** Whether the server asks to wait, rather than refusing. */
export function asksToWait(error: AppError): boolean {
  return error.code === 'imap.throttled' || (error.code === 'imap.unavailable' && 'waitMs' in error.details)
}

/** `onWait` is told when a wait begins, and with null when it has ended. */
export function createPatience(
  clock: PullClock,
  signal: AbortSignal,
  onWait: (wait: PullWait | null) => void,
): Patience {
  let untilMs = 0
  let why: PullWaitReason | null = null
  let unnamed = 0
  let waitedMs = 0
  let waiting: Promise<void> | null = null

  const waitOut = async (): Promise<void> => {
    const beganMs = clock.nowMs()
    try {
      // The end may move while it is waited for: another connection was asked, too.
      for (let nowMs = beganMs; nowMs < untilMs; nowMs = clock.nowMs()) {
        if (why !== null) onWait({ untilMs, why })
        await clock.sleep(untilMs - nowMs, signal)
      }
    } finally {
      waitedMs += clock.nowMs() - beganMs
      onWait(null)
    }
  }
  return {
    ready: async () => {
      signal.throwIfAborted()
      if (clock.nowMs() >= untilMs) return
      waiting ??= waitOut().finally(() => {
        waiting = null
      })
      await waiting
    },
    slowDown: (error) => {
      const { waitMs, response } = error.details
      const named = typeof waitMs === 'number'
      const askedMs = named ? waitMs : unnamedWaitsMs[unnamed++]
      if (askedMs === undefined) throw error
      untilMs = Math.max(untilMs, clock.nowMs() + askedMs)
      why = { kind: 'server', said: typeof response === 'string' ? response : '', named }
    },
    recovered: () => {
      unnamed = 0
    },
    waitedMs: () => waitedMs,
  }
}
