/** A width: a share of what is left (number), or fixed pixels. */
export type PaneSize = number | `${number}%` | `${number}px` | `${number}rem`

const keyOf = (name: string): string => `desk.panes.${name}`

/** The kept widths of a split view, or the defaults when none are kept or their number has changed. */
export function readSizes(
  name: string,
  defaults: readonly PaneSize[],
  store: Pick<Storage, 'getItem'> = localStorage,
): PaneSize[] {
  const kept: unknown = JSON.parse(store.getItem(keyOf(name)) ?? 'null')
  return isSizes(kept) && kept.length === defaults.length ? kept : [...defaults]
}

/** Keeps the widths for the next time. */
export function writeSizes(
  name: string,
  sizes: readonly PaneSize[],
  store: Pick<Storage, 'setItem'> = localStorage,
): void {
  store.setItem(keyOf(name), JSON.stringify(sizes))
}

function isSizes(value: unknown): value is PaneSize[] {
  return (
    Array.isArray(value) &&
    value.every(
      (size) => typeof size === 'number' || (typeof size === 'string' && /^[\d.]+(px|%|rem)$/.test(size)),
    )
  )
}
