/** Where a move in a list leads; null when the list is empty. */
export function moveIn(
  ids: readonly string[],
  activeId: string | null,
  move: 'next' | 'previous' | 'first' | 'last' | 'pageDown' | 'pageUp',
  pageSize = 10,
): string | null {
  if (ids.length === 0) return null
  const last = ids.length - 1
  const at = activeId === null ? -1 : ids.indexOf(activeId)
  const to = {
    next: at + 1,
    previous: at === -1 ? 0 : at - 1,
    first: 0,
    last,
    pageDown: at + pageSize,
    pageUp: at - pageSize,
  }[move]
  return ids[Math.min(last, Math.max(0, to))] ?? null
}

/** A set with this id put in, or taken out when it was in. */
export function toggled(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(selected)
  if (!next.delete(id)) next.add(id)
  return next
}

/** A set with everything between two rows put in: Shift and a click. */
export function withRange(
  ids: readonly string[],
  selected: ReadonlySet<string>,
  fromId: string | null,
  toId: string,
): ReadonlySet<string> {
  const to = ids.indexOf(toId)
  const from = fromId === null ? to : ids.indexOf(fromId)
  if (to === -1 || from === -1) return new Set([...selected, toId])
  return new Set([...selected, ...ids.slice(Math.min(from, to), Math.max(from, to) + 1)])
}
