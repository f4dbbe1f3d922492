/** Many may pass at once, until one wants to be alone. */
export interface Gate {
  shared<T>(work: () => Promise<T>): Promise<T>
  /** Waits until nobody is within and lets nobody in meanwhile. */
  alone<T>(work: () => Promise<T>): Promise<T>
}

/**
 * After a connection broke in the middle of an append, the folder is looked at to see what it took. What another
 * connection is adding just then must not be mistaken for it, so that look is taken alone.
 */
export function createGate(): Gate {
  let closed: Promise<void> = Promise.resolve()
  const within = new Set<Promise<unknown>>()
  return {
    shared: async (work) => {
      let seen
      do {
        seen = closed
        await seen
      } while (seen !== closed)
      const running = work()
      const settled = running.then(
        () => undefined,
        () => undefined,
      )
      within.add(settled)
      try {
        return await running
      } finally {
        within.delete(settled)
      }
    },
    alone: async (work) => {
      const before = closed
      const { promise, resolve } = Promise.withResolvers<void>()
      closed = promise
      try {
        await before
        await Promise.all(within)
        return await work()
      } finally {
        resolve()
      }
    },
  }
}
