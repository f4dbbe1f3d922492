/** A set of listeners for values of one kind. */
export interface Listeners<T> {
  add(listener: (value: T) => void): () => void
  tell(value: T): void
}

/** Makes a set; `add` returns what takes the listener out again. */
export function createListeners<T>(): Listeners<T> {
  const all = new Set<(value: T) => void>()
  return {
    add: (listener) => {
      // Wrapped, so that the same function added twice is two listeners.
      const own = (value: T): void => listener(value)
      all.add(own)
      return () => {
        all.delete(own)
      }
    },
    tell: (value) => [...all].forEach((listener) => listener(value)),
  }
}
