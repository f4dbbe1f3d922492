import { z } from 'zod'

/** One thing that happened to a message, as far as pulls saw it: the time is when it was noticed. */
export const historyEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('archived'), atMs: z.number(), folder: z.string() }),
  z.strictObject({
    kind: z.literal('flags'),
    atMs: z.number(),
    folder: z.string(),
    added: z.array(z.string()),
    removed: z.array(z.string()),
  }),
  z.strictObject({
    kind: z.literal('labels'),
    atMs: z.number(),
    folder: z.string(),
    added: z.array(z.string()),
    removed: z.array(z.string()),
  }),
  /** It left one folder and came into another. */
  z.strictObject({ kind: z.literal('moved'), atMs: z.number(), folder: z.string(), to: z.string() }),
  /** No longer on the server; kept here. */
  z.strictObject({ kind: z.literal('gone'), atMs: z.number(), folder: z.string() }),
  /** The server gave the folder new numbers; the message is the same. */
  z.strictObject({ kind: z.literal('renumbered'), atMs: z.number(), folder: z.string() }),
])
export type HistoryEvent = z.infer<typeof historyEvent>

/** A message at one place on a server, as the index keeps it. */
export interface HistoryPlace {
  readonly source: string
  readonly folder: string
  readonly presence: 'here' | 'gone' | 'renumbered'
  readonly archivedAtMs: number
  readonly goneAtMs: number | null
  /** Oldest first. */
  readonly changes: readonly HistoryChange[]
}
export interface HistoryChange {
  readonly atMs: number
  readonly flagsBefore: readonly string[]
  readonly flags: readonly string[]
  readonly labelsBefore: readonly string[]
  /** Null where only flags were told. */
  readonly labels: readonly string[] | null
}

/** A pull sees both ends of a move in one run; runs may take hours. */
const sameRunMs = 6 * 3_600_000

/** The story of a message, oldest first, from its places: the same message in all folders of all its mailboxes. */
export function tellHistory(places: readonly HistoryPlace[]): readonly HistoryEvent[] {
  const arrivals = new Set(places)
  const events = places.flatMap((place): readonly HistoryEvent[] => {
    const { folder, goneAtMs } = place
    if (goneAtMs === null || place.presence === 'here') return []
    if (place.presence === 'renumbered') {
      // Its new number is no new arrival.
      const again = places.find(
        (one) => one !== place && one.folder === folder && one.source === place.source && near(one, goneAtMs),
      )
      if (again !== undefined) arrivals.delete(again)
      return [{ kind: 'renumbered', atMs: goneAtMs, folder }]
    }
    const into = places.find(
      (one) =>
        arrivals.has(one) && one.source === place.source && one.folder !== folder && near(one, goneAtMs),
    )
    if (into === undefined) return [{ kind: 'gone', atMs: goneAtMs, folder }]
    arrivals.delete(into)
    return [{ kind: 'moved', atMs: Math.max(goneAtMs, into.archivedAtMs), folder, to: into.folder }]
  })
  const archived = [...arrivals].map(({ archivedAtMs, folder }): HistoryEvent => ({
    kind: 'archived',
    atMs: archivedAtMs,
    folder,
  }))
  return [...archived, ...places.flatMap(changesOf), ...events].sort((a, b) => a.atMs - b.atMs)
}

function near({ archivedAtMs }: HistoryPlace, atMs: number): boolean {
  return Math.abs(archivedAtMs - atMs) <= sameRunMs
}

function changesOf({ folder, changes }: HistoryPlace): readonly HistoryEvent[] {
  return changes.flatMap(({ atMs, flagsBefore, flags, labelsBefore, labels }): readonly HistoryEvent[] => {
    const otherFlags = difference(flagsBefore, flags)
    const otherLabels = labels === null ? null : difference(labelsBefore, labels)
    return [
      ...(otherFlags === null ? [] : [{ kind: 'flags', atMs, folder, ...otherFlags } as const]),
      ...(otherLabels === null ? [] : [{ kind: 'labels', atMs, folder, ...otherLabels } as const]),
    ]
  })
}

function difference(before: readonly string[], after: readonly string[]) {
  const added = after.filter((one) => !before.includes(one))
  const removed = before.filter((one) => !after.includes(one))
  return added.length === 0 && removed.length === 0 ? null : { added, removed }
}
