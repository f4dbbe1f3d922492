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
import type { MessageRecord } from '../../../../core/archive/pack.ts'
import { damageAt } from '../../../../core/archive/reports.ts'
import type { Damage } from '../../../../core/archive/reports.ts'
import type { IndexFold, PlacedRecord } from '../../../../db/archive-index/apply.ts'
import type { PartFinder } from '../../../../db/archive-index/parts.ts'
import type { MessagePlace } from '../../../../db/archive-index/read.ts'
import { createSkeleton } from '../mime/skeleton.ts'
import { summarize } from '../mime/summary.ts'
import { listPackNumbers } from './folder.ts'
import type { ArchivePaths } from './folder.ts'
import { readAt, scanPack } from './scan.ts'
import type { BadStretch, FoundRecord } from './scan.ts'
import type { PackEnd } from './pack-writer.ts'
import type { Seal } from './seal.ts'
import { listParts } from './share.ts'
import { createShelf } from './shelf.ts'
import type { Shelf } from './shelf.ts'
import { judge, unpackCut, unpackMessage } from './unpack.ts'

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
  readonly findPlace: PartFinder['findPlace']
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
  const waiting = new Map<string, MessagePlace>()
  const shelf = createShelf(deps.paths, deps.seal, (sha256) => waiting.get(sha256) ?? deps.findPlace(sha256))
  let recovered = 0
  let last: PackEnd | null = null
  try {
    for (const pack of numbers) {
      const recovering = { ...deps, shelf, waiting }
      const outcome = await recoverPack(recovering, pack, (n) => deps.onProgress(recovered + n))
      recovered += outcome.recovered
      damage.push(...outcome.damage)
      last = outcome.damage.length === 0 ? outcome.end : null
    }
  } finally {
    shelf.close()
  }
  // The number of a pack that is missing is not given to another.
  const used = [0, ...numbers, ...deps.committed.keys(), ...deps.tilings.keys()]
  return { last, nextNumber: Math.max(...used) + 1, recovered, damage }
}

interface Recovering extends RecoverDeps {
  readonly shelf: Shelf
  /** Places of messages that are not in the index yet: what follows may take bytes from them. */
  readonly waiting: Map<string, MessagePlace>
}

async function recoverPack(
  deps: Recovering,
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
    const batch = createBatch(deps, pack, committed)
    const attested = deps.tilings.get(pack)?.end ?? 0
    const damage: Damage[] = []
    if (size < attested) damage.push(place(name, size, tooShort(size, attested)))
    for (const found of scanPack(fd, committed, size, deps.seal)) {
      if (found.kind === 'bad' && found.torn && found.offset >= attested) {
        quarantine(deps.paths, fd, name, found)
        break
      }
      const { placed, problem } =
        found.kind === 'bad' ? notPlaced(found) : placeRecord(fd, pack, found, deps.shelf)
      if (problem !== null) damage.push({ ...place(name, found.offset, problem), sha256: hashOf(found) })
      if (placed !== null) batch.add(placed)
      if (batch.passed(found.end)) await onProgress(batch.count())
    }
    batch.commit()
    return { end: { pack, bytes: batch.end() }, recovered: batch.count(), damage }
  } finally {
    closeSync(fd)
  }
}

/** Collects records and commits them by the hundred. */
function createBatch({ fold, waiting: places }: Recovering, pack: number, start: number) {
  let waiting: PlacedRecord[] = []
  let end = start
  let count = 0
  const commit = () => {
    fold.commit(waiting, { pack, bytes: end })
    waiting = []
    places.clear()
  }
  return {
    add: (placed: PlacedRecord) => {
      waiting.push(placed)
      count++
      const { record, frameOffset, offset: recordOffset } = placed
      if (record.kind !== 'message') return
      places.set(record.sha256, { ...record, pack, recordOffset, frameOffset, copies: record.copies ?? [] })
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

/** A record ready for the index, and what is wrong with its message. Without a message that can be had it is none. */
interface PlacedOrNot {
  readonly placed: PlacedRecord | null
  readonly problem: string | null
}

const notPlaced = ({ problem }: BadStretch): PlacedOrNot => ({ placed: null, problem })

function placeRecord(fd: number, pack: number, found: FoundRecord, shelf: Shelf): PlacedOrNot {
  const { record, offset, frameOffset } = found
  const fact = { pack, offset, record, frameOffset }
  if (record.kind !== 'message') return { placed: { ...fact, summary: null }, problem: null }
  const contents =
    record.pieces === undefined ? takeWhole(fd, found, record, shelf) : takePieces(fd, found, record, shelf)
  if (typeof contents !== 'string') return { placed: { ...fact, ...contents }, problem: null }
  // What it shares may be lost; who wrote what to whom is not, and a repair finds it by that.
  const cut = record.copies === undefined ? null : unpackCut(fd, frameOffset, record, shelf.seal)
  return { placed: cut === null ? null : { ...fact, summary: summarize(cut) }, problem: contents }
}

type Contents = Pick<PlacedRecord, 'summary' | 'parts'>

function takeWhole(fd: number, found: FoundRecord, record: MessageRecord, shelf: Shelf): Contents | string {
  const message = unpackMessage(fd, found.frameOffset, record, shelf)
  const first = message.next()
  if (first.done === true) return first.value ?? 'the message cannot be unpacked'
  const problem = judge(message)
  if (problem !== null) return problem
  const copied = new Set(record.copies?.map(({ at }) => at))
  const parts = listParts(first.value).filter(({ start }) => !copied.has(start))
  return { summary: summarize(first.value), parts }
}

function takePieces(fd: number, found: FoundRecord, record: MessageRecord, shelf: Shelf): Contents | string {
  const skeleton = createSkeleton()
  const message = unpackMessage(fd, found.frameOffset, record, shelf)
  const problem = judge(message, (chunk) => skeleton.add(chunk))
  return problem ?? { summary: summarize(skeleton.bytes()) }
}

function hashOf(found: FoundRecord | BadStretch): string | null {
  return found.kind === 'record' && found.record.kind === 'message' ? found.record.sha256 : null
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
