/** A message that a drill may choose. */
export interface SampleCandidate {
  readonly occurrenceId: number
  readonly folderId: number
  readonly sizeBytes: number
  /** When it was archived, and by that how new it is to the archive. */
  readonly archivedAtMs: number
}

/** How a drill chooses. `count` messages at random by a seed that is recorded, so that anyone can choose them again. */
export interface SampleRule {
  readonly count: number
  readonly seed: number
}

/** Why a message is in the sample. */
export type SampleWhy = 'random' | 'newest' | 'largest' | 'folder'

/**
 * Chooses: the newest, the largest, one of every folder, and the rest at random by the seed. The same candidates,
 * in whatever order, with the same rule give the same sample. A random choice never takes a message twice.
 */
export function chooseSample<C extends SampleCandidate>(
  candidates: readonly C[],
  rule: SampleRule,
): readonly { readonly message: C; readonly why: SampleWhy }[] {
  const ordered = candidates.toSorted((a, b) => a.occurrenceId - b.occurrenceId)
  const chosen = new Map<number, { readonly message: C; readonly why: SampleWhy }>()
  const take = (message: C | undefined, why: SampleWhy): void => {
    if (message !== undefined && !chosen.has(message.occurrenceId))
      chosen.set(message.occurrenceId, { message, why })
  }
  const random = seeded(rule.seed)
  take(
    most(ordered, ({ archivedAtMs }) => archivedAtMs),
    'newest',
  )
  take(
    most(ordered, ({ sizeBytes }) => sizeBytes),
    'largest',
  )
  for (const [, inFolder] of Map.groupBy(ordered, ({ folderId }) => folderId))
    if (!inFolder.some(({ occurrenceId }) => chosen.has(occurrenceId)))
      take(inFolder[Math.floor(random() * inFolder.length)], 'folder')
  const rest = ordered.filter(({ occurrenceId }) => !chosen.has(occurrenceId))
  for (let n = 0; n < rule.count && rest.length > 0; n++) {
    const at = Math.floor(random() * rest.length)
    take(rest[at], 'random')
    const last = rest.pop()
    if (last !== undefined && at < rest.length) rest[at] = last
  }
  return [...chosen.values()]
}

function most<C>(all: readonly C[], of: (one: C) => number): C | undefined {
  return all.reduce<C | undefined>(
    (best, one) => (best === undefined || of(one) > of(best) ? one : best),
    undefined,
  )
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). For choosing, not for secrets. */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
