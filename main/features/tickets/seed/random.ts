/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number
  /** An integer from 0 up to, not including, `below`. */
  below(below: number): number
  pick<T>(values: readonly T[]): T
  bytes(length: number): Uint8Array
}

/** Mulberry32: small, quick, and good enough to invent tickets. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    next,
    below,
    pick: (values) => values[below(values.length)] as (typeof values)[number],
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
  }
}
