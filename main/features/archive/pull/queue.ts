/** Work that several take from: what comes of an item may be more work, which is done first. */
export interface WorkQueue<T> {
  /** Puts work before all that waits, in this order. */
  first(items: readonly T[]): void
  /** Puts work behind all that waits. */
  last(items: readonly T[]): void
  /** The next item; null when there is none and none can come any more, or when the queue was closed. */
  take(): Promise<T | null>
  /** Says that an item that was taken is done with, after all that comes of it was put in. */
  done(): void
  /** Ends the work: whoever waits gets null. */
  close(): void
}

/** An empty queue. */
export function createWorkQueue<T>(): WorkQueue<T> {
  const waiting: T[] = []
  const takers: ((item: T | null) => void)[] = []
  let inHand = 0
  let closed = false

  const hand = () => {
    while (takers.length > 0) {
      if (closed || (waiting.length === 0 && inHand === 0)) takers.shift()?.(null)
      else if (waiting.length > 0) {
        inHand++
        takers.shift()?.(waiting.shift() as T)
      } else return
    }
  }
  return {
    first: (items) => {
      waiting.unshift(...items)
      hand()
    },
    last: (items) => {
      waiting.push(...items)
      hand()
    },
    take: () =>
      new Promise((resolve) => {
        takers.push(resolve)
        hand()
      }),
    done: () => {
      inHand--
      hand()
    },
    close: () => {
      closed = true
      hand()
    },
  }
}
