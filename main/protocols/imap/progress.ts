import type { ImapFlow } from 'imapflow'
import { AppError } from '../../../core/errors.ts'

/** How much has to come in which time: a server that sends less stands still, however often it sends a byte. */
export interface Pace {
  readonly everyMs: number
  readonly bytes: number
}

/** A line of text a minute: no link that works is slower. */
export const slowestPace: Pace = { everyMs: 60_000, bytes: 64 }

/**
 * Waits for what the server owes. There is no limit on the whole, only on standing still: when less than the pace's
 * bytes came in its time, the connection is ended and the wait with it. Errors: `network.timed_out`.
 */
export async function whileItComes<T>(
  client: ImapFlow,
  pace: Pace,
  host: string,
  work: Promise<T>,
): Promise<T> {
  const stalled = Promise.withResolvers<never>()
  let before = client.stats().received
  const timer = setInterval(() => {
    const now = client.stats().received
    if (now - before < pace.bytes) {
      const response = `Less than ${pace.bytes} bytes came in ${pace.everyMs / 1000} seconds`
      stalled.reject(new AppError('network.timed_out', { details: { host, response }, retryable: true }))
      client.close()
    }
    before = now
  }, pace.everyMs)
  try {
    return await Promise.race([work, stalled.promise])
  } finally {
    clearInterval(timer)
    // Ended by us, the work fails too; by then nobody listens.
    work.catch(() => undefined)
  }
}
