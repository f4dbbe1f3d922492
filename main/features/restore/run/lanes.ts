import { AppError } from '../../../../core/errors.ts'
import type { MailTarget } from '../ports.ts'
import { isLost, isThrottle, reconnect, waitOutThrottle } from './patience.ts'
import type { RunDeps } from './types.ts'

/** A connection to the target that is made anew when it breaks, and is patient with a server that throttles. */
export interface Lane {
  /** The connection as it is now. */
  target(): MailTarget
  /** Asks; waits and asks again while the server throttles; connects and asks again when the connection broke. */
  ask<T>(work: (target: MailTarget) => Promise<T>): Promise<T>
  /** As `ask`, for what must not be done twice: a broken connection is mended, then raised to the caller. */
  askOnce<T>(work: (target: MailTarget) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** How long a run was made to wait. */
export interface Waits {
  throttledMs: number
}

/** Opens a lane. Errors: those of connecting. */
export async function openLane(
  deps: Pick<RunDeps, 'connect' | 'patience'>,
  waits: Waits,
  given: MailTarget | null = null,
): Promise<Lane> {
  let target = given ?? (await deps.connect())
  const mend = async (lost: AppError) => {
    deps.patience.signal.throwIfAborted()
    await target.close().catch(() => undefined)
    target = await reconnect(deps.connect, lost, deps.patience)
  }
  const attempt = async <T>(work: (target: MailTarget) => Promise<T>, again: boolean): Promise<T> => {
    for (let throttled = 0, lost = 0; ;) {
      try {
        return await work(target)
      } catch (error) {
        if (isThrottle(error)) waits.throttledMs += await waitOutThrottle(error, throttled++, deps.patience)
        else if (isLost(error)) {
          await mend(error)
          if (!again || ++lost > 3) throw error
        } else throw error
      }
    }
  }
  return {
    target: () => target,
    ask: (work) => attempt(work, true),
    askOnce: (work) => attempt(work, false),
    close: () => target.close(),
  }
}

/** Opens up to `wanted` lanes beside the first. A server that allows fewer connections is served by fewer. */
export async function openMoreLanes(
  deps: Pick<RunDeps, 'connect' | 'patience' | 'connections'>,
  waits: Waits,
  first: Lane,
): Promise<readonly Lane[]> {
  const lanes = [first]
  while (lanes.length < deps.connections) {
    try {
      lanes.push(await openLane(deps, waits))
    } catch (error) {
      deps.patience.signal.throwIfAborted()
      if (!(error instanceof AppError)) throw error
      break
    }
  }
  return lanes
}
