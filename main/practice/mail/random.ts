/** A source of invented facts that is the same for the same seed. */
export interface Random {
  /** From 0 to below 1. */
  next(): number
  /** A whole number from `from` to `to`, both possible. */
  between(from: number, to: number): number
  pick<T>(choices: readonly [T, ...T[]] | readonly T[]): T
  bytes(count: number): Buffer
}

/** mulberry32: small, quick, good enough to invent mail and never for secrets. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    between,
    pick<T>(choices: readonly T[]): T {
      const chosen = choices[between(0, choices.length - 1)]
      if (chosen === undefined) throw new Error('There is nothing to pick from.')
      return chosen
    },
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => between(0, 255))),
  }
}
