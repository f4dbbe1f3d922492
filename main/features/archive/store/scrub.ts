import { setTimeout as wait } from 'node:timers/promises'
import type { Damage } from '../../../../core/archive/reports.ts'
import type { IndexReader } from '../../../../db/archive-index/open.ts'
import type { Tile } from './check-tile.ts'
import { planCheck, sumUp } from './verify.ts'

/** How far a scrub is: everything before `nextByte` of `pack` was read. */
export interface ScrubPlace {
  readonly pack: number
  readonly generation: number
  readonly nextByte: number
}

/** What the next stretch was found to be. */
export interface ScrubStep {
  /** Where to go on; null when this was the last stretch. */
  readonly next: ScrubPlace | null
  readonly checked: ReturnType<typeof sumUp>
  /** What is wrong beside the stretches: packs that are missing, the ledger. Found at each step anew. */
  readonly beside: { readonly damage: readonly Damage[]; readonly ledgerProblems: readonly string[] }
  /** Bytes of all packs, for progress. */
  readonly totalBytes: number
}

interface ScrubOptions {
  /** Null: as fast as the disk. */
  readonly bytesPerSecond: number | null
  /** In bytes of this stretch. May wait, or throw to stop. */
  readonly onProgress: (done: number, total: number) => Promise<void> | void
}

const leastWaitMs = 20

/**
 * Checks the next stretch of an archive, like a verify. Between two stretches nothing is held, so a scrub may take
 * nights and the archive is written to meanwhile; a pack that was written anew is read from its beginning.
 */
export async function scrubNext(
  root: string,
  index: IndexReader,
  from: ScrubPlace | null,
  options: ScrubOptions,
): Promise<ScrubStep> {
  const plan = planCheck(root, index)
  try {
    const rest = plan.tiles.filter((tile) => isAhead(tile, from))
    const tile = rest[0]
    const checked = tile === undefined ? [] : [await plan.check(tile, throttle(tile, options))]
    const following = rest[1]
    return {
      next: tile === undefined || following === undefined ? null : placeAfter(tile),
      checked: sumUp({ ...plan, damage: [], ledgerProblems: [] }, checked),
      beside: { damage: plan.damage, ledgerProblems: plan.ledgerProblems },
      totalBytes: plan.tiles.reduce((sum, one) => sum + one.to - one.from, 0),
    }
  } finally {
    plan.close()
  }
}

function isAhead(tile: Tile, from: ScrubPlace | null): boolean {
  if (from === null || tile.pack > from.pack) return true
  if (tile.pack < from.pack) return false
  return tile.generation !== from.generation || tile.from >= from.nextByte
}

function placeAfter({ pack, generation, to }: Tile): ScrubPlace {
  return { pack, generation, nextByte: to }
}

/** Waits where reading runs ahead of the limit, so that the disk stays free for other work. */
function throttle(tile: Tile, { bytesPerSecond, onProgress }: ScrubOptions) {
  const total = tile.to - tile.from
  const startedAtMs = performance.now()
  let told = 0
  return async (bytesDone: number) => {
    if (bytesDone - told > total / 100) {
      told = bytesDone
      await onProgress(bytesDone, total)
    }
    if (bytesPerSecond === null) return
    const aheadMs = (bytesDone / bytesPerSecond) * 1000 - (performance.now() - startedAtMs)
    if (aheadMs >= leastWaitMs) await wait(aheadMs)
  }
}
