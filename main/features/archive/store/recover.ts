import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { PackTiling } from '../../../../core/archive/ledger.ts'
import { packName } from '../../../../core/archive/pack.ts'
import { damageAt } from '../../../../core/archive/reports.ts'
import type { Damage } from '../../../../core/archive/reports.ts'
import type { IndexFold, PlacedRecord } from '../../../../db/archive-index/apply.ts'
import { createSkeleton } from '../mime/skeleton.ts'
import { summarize } from '../mime/summary.ts'
import type { Summary } from '../mime/summary.ts'
import { listPackNumbers } from './folder.ts'
import type { ArchivePaths } from './folder.ts'
import { readAt, scanPack } from './scan.ts'
import type { BadStretch, FoundRecord } from './scan.ts'
import type { PackEnd } from './pack-writer.ts'
import type { Seal } from './seal.ts'
import { judge, unpackMessage } from './unpack.ts'

/** What was found when the packs were compared with how far the index accounts for them. */
export interface Recovery {
  /** The pack to go on with; null when a new one must be begun. */
  readonly last: PackEnd | null
  readonly nextNumber: number
  /** Records that were on the disk but not in the index. */
  readonly recovered: number
  readonly damage: readonly Damage[]
}

interface RecoverDeps {
  readonly paths: ArchivePaths
  readonly committed: ReadonlyMap<number, number>
  /** What the ledger accounts for: what is bad in it is damage, never a write that was cut off. */
  readonly tilings: ReadonlyMap<number, PackTiling>
  readonly fold: IndexFold
  readonly seal: Seal | null
  readonly onProgress: (done: number) => Promise<void> | void
}

const recordsPerCommit = 500

/**
 * Brings the index up to the packs: after a crash that is the last batch, with an empty index it is everything.
 * A last record that was cut off was never reported to anyone: its bytes are put into `quarantine/` and the pack
 * ends before it. Damage in the middle is passed over and named; nothing is ever appended to a damaged pack.
 */
export async function recoverIndex(deps: RecoverDeps): Promise<Recovery> {
  const numbers = listPackNumbers(deps.paths)
  const damage: Damage[] = missingPacks(deps, numbers)
  let recovered = 0
  let last: PackEnd | null = null
  for (const pack of numbers) {
    const outcome = await recoverPack(deps, pack, (n) => deps.onProgress(recovered + n))
    recovered += outcome.recovered
    damage.push(...outcome.damage)
    last = outcome.damage.length === 0 ? outcome.end : null
  }
  // The number of a pack that is missing is not given to another.
  const used = [0, ...numbers, ...deps.committed.keys(), ...deps.tilings.keys()]
  return { last, nextNumber: Math.max(...used) + 1, recovered, damage }
}

async function recoverPack(
  deps: RecoverDeps,
  pack: number,
  onProgress: (done: number) => Promise<void> | void,
): Promise<{ readonly end: PackEnd; readonly recovered: number; readonly damage: readonly Damage[] }> {
  const name = packName(pack)
  const committed = deps.committed.get(pack) ?? 0
  const fd = openSync(join(deps.paths.packs, name), 'r+')
  try {
    const { size } = fstatSync(fd)
    if (size < committed) {
      const problem = tooShort(size, committed)
      return { end: { pack, bytes: size }, recovered: 0, damage: [place(name, size, problem)] }
    }
    const batch = createBatch(deps.fold, pack, committed)
    const attested = deps.tilings.get(pack)?.end ?? 0
    const damage: Damage[] = []
    if (size < attested) damage.push(place(name, size, tooShort(size, attested)))
    for (const found of scanPack(fd, committed, size, deps.seal)) {
      if (found.kind === 'bad' && found.torn && found.offset >= attested) {
        quarantine(deps.paths, fd, name, found)
        break
      }
      const placed = found.kind === 'bad' ? found.problem : placeRecord(fd, pack, found, deps.seal)
      if (typeof placed === 'string') damage.push(place(name, found.offset, placed))
      else batch.add(placed)
      if (batch.passed(found.end)) await onProgress(batch.count())
    }
    batch.commit()
    return { end: { pack, bytes: batch.end() }, recovered: batch.count(), damage }
  } finally {
    closeSync(fd)
  }
}

/** Collects records and commits them by the hundred. */
function createBatch(fold: IndexFold, pack: number, start: number) {
  let waiting: PlacedRecord[] = []
  let end = start
  let count = 0
  const commit = () => {
    fold.commit(waiting, { pack, bytes: end })
    waiting = []
  }
  return {
    add: (placed: PlacedRecord) => {
      waiting.push(placed)
      count++
    },
    /** Notes how far the scan is; true after a commit. */
    passed: (position: number): boolean => {
      end = position
      if (waiting.length < recordsPerCommit) return false
      commit()
      return true
    },
    commit,
    end: () => end,
    count: () => count,
  }
}

/** A found record ready for the index, or in words why its message cannot be had. */
export function placeRecord(
  fd: number,
  pack: number,
  found: FoundRecord,
  seal: Seal | null,
): PlacedRecord | string {
  const { record, offset, frameOffset } = found
  if (record.kind !== 'message') return { pack, offset, record, frameOffset, summary: null }
  const message = unpackMessage(fd, frameOffset, record, seal)
  const summary = record.pieces === undefined ? summarizeWhole(message) : summarizePieces(message)
  return typeof summary === 'string' ? summary : { pack, offset, record, frameOffset, summary }
}

function summarizeWhole(message: ReturnType<typeof unpackMessage>): Summary | string {
  const first = message.next()
  if (first.done === true) return first.value ?? 'the message cannot be unpacked'
  return judge(message) ?? summarize(first.value)
}

function summarizePieces(message: ReturnType<typeof unpackMessage>): Summary | string {
  const skeleton = createSkeleton()
  const problem = judge(message, (chunk) => skeleton.add(chunk))
  return problem ?? summarize(skeleton.bytes())
}

function tooShort(size: number, expected: number): string {
  return `the pack ends at ${size} bytes; ${expected} are accounted for`
}

function missingPacks(deps: RecoverDeps, numbers: readonly number[]): Damage[] {
  const missing = [...deps.committed].filter(([pack, bytes]) => bytes > 0 && !numbers.includes(pack))
  return missing.map(([pack]) => place(packName(pack), 0, 'the pack is missing'))
}

function quarantine(paths: ArchivePaths, fd: number, name: string, torn: BadStretch): void {
  mkdirSync(paths.quarantine, { recursive: true })
  const bytes = readAt(fd, torn.offset, torn.end - torn.offset)
  writeFileSync(join(paths.quarantine, `${name}.${torn.offset}.torn`), bytes)
  ftruncateSync(fd, torn.offset)
  fdatasyncSync(fd)
}

function place(pack: string, offset: number, problem: string): Damage {
  return damageAt(pack, offset, 'record', problem)
}
