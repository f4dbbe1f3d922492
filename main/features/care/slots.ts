/** So many at once; the others wait in the order in which they came. */
export interface Slots {
  /** Waits for a slot, works, and gives it back. Rejects when `signal` aborts while waiting. */
  use<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>
}

/** Shares connections, or the one writer of an archive, among runs. */
export function createSlots(size: number): Slots {
  const waiting: (() => void)[] = []
  let free = size
  const take = (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted()
    if (free > 0) {
      free--
      return Promise.resolve()
    }
    const turn = Promise.withResolvers<void>()
    const leave = () => {
      waiting.splice(waiting.indexOf(turn.resolve), 1)
      turn.reject(signal.reason as Error)
    }
    signal.addEventListener('abort', leave, { once: true })
    waiting.push(turn.resolve)
    return turn.promise.finally(() => signal.removeEventListener('abort', leave))
  }
  const giveBack = () => {
    const next = waiting.shift()
    if (next === undefined) free++
    else next()
  }
  return {
    use: async (signal, work) => {
      await take(signal)
      try {
        return await work()
      } finally {
        giveBack()
      }
    },
  }
}
