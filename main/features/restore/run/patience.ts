import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../../../../core/errors.ts'
import type { MailTarget } from '../ports.ts'

/** How a run waits and how it says so. */
export interface Patience {
  readonly signal: AbortSignal
  /** Pauses before each new try after a lost connection; as many tries as there are pauses. */
  readonly pausesMs: readonly number[]
  /** Waits when a server throttles without naming a time; as many as there are. */
  readonly backoffsMs: readonly number[]
  /** Tells people that, and until when, nothing happens. Null: it goes on. */
  readonly onWait: (
    waiting: { readonly why: 'throttled' | 'connection'; readonly forMs: number } | null,
  ) => void
}

/** The longest that a server may ask to be left alone before the run stops and is to be resumed later. */
const longestBackoffMs = 15 * 60_000
/** One APPEND that was put off so often is not going to be taken today. */
const maxThrottles = 20

/** Waits as long as a throttling server asks, else longer each time. Throws what was raised when it takes too long. */
export async function waitOutThrottle(error: AppError, attempt: number, patience: Patience): Promise<number> {
  const asked = error.details['backoffMs']
  const forMs = typeof asked === 'number' ? asked : patience.backoffsMs[attempt]
  if (forMs === undefined || forMs > longestBackoffMs || attempt >= maxThrottles) throw error
  await waitFor('throttled', forMs, patience)
  return forMs
}

/** A new connection, with a pause before each try. Throws the last failure. */
export async function reconnect(
  connect: () => Promise<MailTarget>,
  lost: AppError,
  patience: Patience,
): Promise<MailTarget> {
  let failure: unknown = lost
  for (const pauseMs of patience.pausesMs) {
    await waitFor('connection', pauseMs, patience)
    try {
      return await connect()
    } catch (error) {
      patience.signal.throwIfAborted()
      if (!(error instanceof AppError) || !error.retryable) throw error
      failure = error
    }
  }
  throw failure
}

async function waitFor(why: 'throttled' | 'connection', forMs: number, patience: Patience): Promise<void> {
  patience.onWait({ why, forMs })
  await sleep(forMs, undefined, { signal: patience.signal })
  patience.onWait(null)
}

/** A server that wants to be left alone for a while. */
export function isThrottle(error: unknown): error is AppError {
  return error instanceof AppError && (error.code === 'imap.throttled' || error.code === 'imap.unavailable')
}

/** A connection that is gone, so that what was sent last may have arrived or not. */
export function isLost(error: unknown): error is AppError {
  return error instanceof AppError && error.code.startsWith('network.')
}
