import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  mkdirSync,
  openSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { packName } from '../../../../core/archive/pack.ts'
import type { Damage, RepairItem } from '../../../../core/archive/reports.ts'
import type { IndexReader } from '../../../../db/archive-index/open.ts'
import { createPartFinder } from '../../../../db/archive-index/parts.ts'
import { keysOf } from '../keys/ring.ts'
import type { Tile } from './check-tile.ts'
import { isWhole } from './copy-check.ts'
import { archivePaths, syncFolder } from './folder.ts'
import type { Ledger } from './ledger.ts'
import { readHeaderOf } from './pack-header.ts'
import { readAt, readRecord } from './scan.ts'
import { createShelf } from './shelf.ts'
import { judge, unpackMessage } from './unpack.ts'
import { planCheck } from './verify.ts'
import type { CheckPlan } from './verify.ts'

/** A second copy to repair from. */
export interface RepairSource {
  readonly copyId: string
  readonly path: string
}

interface RepairDeps {
  readonly root: string
  readonly index: IndexReader
  /** Null in a dry run. */
  readonly ledger: Ledger | null
  readonly copies: readonly RepairSource[]
  readonly nowMs: () => number
  /** May wait, or throw to stop; what was repaired stays repaired. */
  readonly onProgress: (done: number, total: number) => Promise<void> | void
}

/** What was repaired byte for byte, and what is still damaged. */
export interface RepairedInPlace {
  readonly repaired: readonly RepairItem[]
  readonly open: readonly Damage[]
  readonly ledgerProblems: readonly string[]
}

const blockBytes = 4096

/**
 * Looks for damage and puts the same bytes back from a second copy: a whole stretch where the copy's has the ledger's
 * hash, otherwise record by record where the copy's message is whole. What stood there before goes into `quarantine/`.
 * The caller holds the archive's lock.
 */
export async function repairInPlace(deps: RepairDeps): Promise<RepairedInPlace> {
  const { root, index } = deps
  const plan = planCheck(root, index)
  try {
    const repaired: RepairItem[] = []
    const open: Damage[] = []
    const tiles = [...plan.missing, ...plan.tiles]
    const total = tiles.reduce((sum, { from, to }) => sum + to - from, 0)
    let done = 0
    for (const tile of tiles) {
      const isMissing = plan.missing.includes(tile)
      const before = isMissing ? damageIn(plan, tile) : (await plan.check(tile, nothing)).damage
      const says = before.length > 0 ? repairTile(deps, tile, before) : null
      if (says === null) open.push(...(await repairRecords(deps, tile, before, repaired)))
      else {
        repaired.push(...before.map((damage) => ({ damage, outcome: 'copy' as const, says })))
        enter(deps, tile, before, says)
      }
      done += tile.to - tile.from
      await deps.onProgress(done, total)
    }
    const left = deps.ledger === null ? dependents(open, repaired) : await lookAgain(plan, open, deps.root)
    const settled = open.filter((one) => !left.some((other) => isSame(one, other)))
    const withThem = settled.map((damage) => ({ damage, outcome: 'copy' as const, says: wholeAgain }))
    return { repaired: [...repaired, ...withThem], open: left, ledgerProblems: plan.ledgerProblems }
  } finally {
    plan.close()
  }
}

const nothing = () => undefined
const wholeAgain = 'whole again together with the message that it takes bytes from'

function isSame(one: Damage, other: Damage): boolean {
  return one.pack === other.pack && one.offset === other.offset
}

/** Damage that is left in a dry run: messages that share bytes with one that can be repaired would be whole with it. */
function dependents(open: readonly Damage[], repaired: readonly RepairItem[]): readonly Damage[] {
  const whole = new Set(repaired.flatMap(({ damage }) => damage.dependents.map(({ sha256 }) => sha256)))
  return open.filter(({ sha256 }) => sha256 === null || !whole.has(sha256))
}

/** Damage that is left is looked at once more: messages that share bytes with a repaired one are whole with it. */
async function lookAgain(plan: CheckPlan, open: readonly Damage[], root: string): Promise<readonly Damage[]> {
  const packs = new Set(open.map(({ pack }) => pack))
  const isThere = (pack: string) => existsSync(join(archivePaths(root).packs, pack))
  const left = open.filter(({ pack }) => !isThere(pack))
  for (const tile of [...plan.missing, ...plan.tiles]) {
    const name = packName(tile.pack)
    if (packs.has(name) && isThere(name)) left.push(...(await plan.check(tile, nothing)).damage)
  }
  return left
}

/** What the plan says of a stretch of a pack that is missing. */
function damageIn(plan: CheckPlan, tile: Tile): readonly Damage[] {
  const name = packName(tile.pack)
  return plan.damage.filter(({ pack, offset }) => pack === name && offset >= tile.from && offset < tile.to)
}

/** Puts a whole stretch back; says where from, or null when no copy has it. */
function repairTile(deps: RepairDeps, tile: Tile, damage: readonly Damage[]): string | null {
  const { sha256 } = tile
  if (sha256 === null) return null
  const segment = { ...tile, seq: 0, sha256 }
  // The bytes are those that were written: what is wrong is elsewhere.
  if (isWhole(deps.root, segment)) return null
  const source = deps.copies.find(({ path }) => isWhole(path, segment))
  if (source === undefined) return null
  if (deps.ledger !== null) putBack(deps.root, source, tile.pack, tile.from, tile.to)
  const whole = damage.some(({ kind }) => kind === 'pack') ? 'the pack was missing or cut off; ' : ''
  return `${whole}the same bytes, from the copy at ${source.path}`
}

/** Puts single records back; returns the damage that is left. */
async function repairRecords(
  deps: RepairDeps,
  tile: Tile,
  damage: readonly Damage[],
  repaired: RepairItem[],
): Promise<readonly Damage[]> {
  const left: Damage[] = []
  for (const one of damage) {
    const found = one.kind === 'message' ? findRecord(deps, tile, one) : null
    if (found === null) {
      left.push(one)
      continue
    }
    if (deps.ledger !== null) putBack(deps.root, found.source, tile.pack, one.offset, found.end)
    const says = `the same bytes, from the copy at ${found.source.path}`
    repaired.push({ damage: one, outcome: 'copy', says })
    enter(deps, tile, [one], says)
    await deps.onProgress(0, 1)
  }
  return left
}

/**
 * A copy that has a whole message in the very place of a damaged one. Only in a pack of the same generation: in another
 * one the same message may be of another length, and would be written over what stands behind it.
 */
function findRecord(deps: RepairDeps, { pack, generation }: Tile, { offset, sha256 }: Damage) {
  for (const source of deps.copies) {
    const paths = archivePaths(source.path)
    if (readHeaderOf(paths, pack)?.generation !== generation) continue
    const seal = keysOf(deps.root)?.seal ?? null
    const shelf = createShelf(paths, seal, createPartFinder(deps.index).findPlace)
    try {
      const fd = shelf.fd(pack)
      const found = readRecord(fd, offset, fstatSync(fd).size, seal)
      if (typeof found === 'string' || found.record.kind !== 'message' || found.record.sha256 !== sha256)
        continue
      if (judge(unpackMessage(fd, found.frameOffset, found.record, shelf)) === null)
        return { source, end: found.end }
    } finally {
      shelf.close()
    }
  }
  return null
}

/** Writes the blocks that differ, and keeps what they were in `quarantine/`. */
function putBack(root: string, source: RepairSource, pack: number, from: number, to: number): void {
  const paths = archivePaths(root)
  const file = join(paths.packs, packName(pack))
  const isNew = !existsSync(file)
  const good = openSync(join(archivePaths(source.path).packs, packName(pack)), 'r')
  const fd = openSync(file, isNew ? 'wx+' : 'r+', 0o600)
  try {
    mkdirSync(paths.quarantine, { recursive: true })
    for (let at = from; at < to; at += blockBytes) {
      const wanted = readAt(good, at, Math.min(blockBytes, to - at))
      const there = readAt(fd, at, wanted.length)
      if (there.equals(wanted)) continue
      if (there.length > 0) writeFileSync(join(paths.quarantine, `${packName(pack)}.${at}.damaged`), there)
      for (let done = 0; done < wanted.length;)
        done += writeSync(fd, wanted, done, wanted.length - done, at + done)
    }
    fdatasyncSync(fd)
    if (isNew) syncFolder(paths.packs)
  } finally {
    closeSync(fd)
    closeSync(good)
  }
}

function enter(deps: RepairDeps, tile: Tile, damage: readonly Damage[], says: string): void {
  const { pack, generation } = tile
  for (const { offset, sha256 } of damage)
    deps.ledger?.append(
      {
        kind: 'repaired',
        pack,
        generation,
        offset,
        sha256,
        from: 'copy',
        storedAgain: false,
        details: { says },
      },
      deps.nowMs(),
    )
}
