import { closeSync, existsSync, fstatSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { tilePacks } from '../../../../core/archive/ledger.ts'
import type { Segment } from '../../../../core/archive/ledger.ts'
import { packName } from '../../../../core/archive/pack.ts'
import { archivePaths } from './folder.ts'
import { readLedger } from './ledger.ts'
import { hashStretch } from './segments.ts'

/** What a check of every byte of a copy found. */
export interface CopyCheck {
  readonly bytes: number
  readonly ledgerSeq: number
  readonly problems: readonly string[]
  /** Stretches that are not what the ledger says. */
  readonly damaged: readonly Segment[]
}

/**
 * Reads every byte of a copy and compares it with the ledger that lies beside it. Needs neither the archive nor keys.
 * `onProgress` may wait, or throw to stop.
 */
export async function checkCopy(
  target: string,
  onProgress: (done: number, total: number) => Promise<void> | void,
): Promise<CopyCheck> {
  const { lines, broken } = readLedger(target)
  const { packs, problems } = tilePacks(lines)
  const said = [...(broken === null ? [] : [broken]), ...problems].map(
    ({ line, problem }) => `Line ${line} of the copy's ledger: ${problem}.`,
  )
  const segments = [...packs.values()].flatMap((tiling) => tiling.segments)
  const total = segments.reduce((sum, { from, to }) => sum + to - from, 0)
  const damaged: Segment[] = []
  let bytes = 0
  for (const segment of segments) {
    if (!isWhole(target, segment)) damaged.push(segment)
    bytes += segment.to - segment.from
    await onProgress(bytes, total)
  }
  const inWords = damaged.map(
    ({ pack, from, to }) => `${packName(pack)}, bytes ${from} to ${to} of the copy are damaged or missing.`,
  )
  return { bytes, ledgerSeq: lines.at(-1)?.seq ?? 0, problems: [...said, ...inWords], damaged }
}

/** Whether a stretch of a pack in a folder is what the ledger says. */
export function isWhole(folder: string, { pack, from, to, sha256 }: Segment): boolean {
  const file = join(archivePaths(folder).packs, packName(pack))
  if (!existsSync(file)) return false
  const fd = openSync(file, 'r')
  try {
    return fstatSync(fd).size >= to && hashStretch(fd, from, to) === sha256
  } finally {
    closeSync(fd)
  }
}
