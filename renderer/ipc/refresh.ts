import type { EventName } from '../../core/contract/index.ts'

/**
 * What an event refreshes beside the queries of its own feature, by prefix of the query's name.
 * To add one: name the event and the features whose screens show what it changed.
 */
const alsoRefreshes: Partial<Record<EventName | `${string}.*`, readonly string[]>> = {
  'practice.*': ['accounts.', 'care.', 'tickets.', 'settings.', 'archive.'],
  'accounts.changed': ['care.', 'tickets.', 'settings.'],
  'jobs.changed': ['archive.', 'care.', 'diagnostics.'],
  'tickets.changed': ['practice.'],
  'diagnostics.finished': ['practice.'],
  'desk.statusChanged': ['signing.'],
}

/** Events so frequent that their listeners follow them directly; a refresh for each would be waste. */
const followedDirectly: ReadonlySet<string> = new Set(['jobs.progressed'])

/** Prefixes of the queries that have to be asked again after this event. */
export function prefixesRefreshedBy(event: string): readonly string[] {
  if (followedDirectly.has(event)) return []
  const own = event.slice(0, event.indexOf('.') + 1)
  const table: Readonly<Record<string, readonly string[] | undefined>> = alsoRefreshes
  return [...new Set([own, ...(table[`${own}*`] ?? []), ...(table[event] ?? [])])]
}

/** What the refresher needs; tests pass fakes. */
export interface RefreshParts {
  /** Asks all queries whose name starts with one of these again. */
  refresh(prefixes: readonly string[]): void
  later(task: () => void, delayMs: number): void
}

/** At most one refresh in this time: a run that reports each probe must not ask the same list forty times. */
export const refreshEveryMs = 250

/** Collects events and refreshes once for all that came within `refreshEveryMs`. */
export function createRefresher(parts: RefreshParts): (event: string) => void {
  const pending = new Set<string>()
  let scheduled = false
  const flush = (): void => {
    scheduled = false
    const prefixes = [...pending]
    pending.clear()
    parts.refresh(prefixes)
  }
  return (event) => {
    const prefixes = prefixesRefreshedBy(event)
    if (prefixes.length === 0) return
    prefixes.forEach((prefix) => pending.add(prefix))
    if (scheduled) return
    scheduled = true
    parts.later(flush, refreshEveryMs)
  }
}
