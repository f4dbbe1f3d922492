import { closeSync, fstatSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { tilePacks } from '../../../../core/archive/ledger.ts'
import type { LedgerLine, PackTiling } from '../../../../core/archive/ledger.ts'
import { packName } from '../../../../core/archive/pack.ts'
import { damageAt } from '../../../../core/archive/reports.ts'
import type { Damage, VerifyReport } from '../../../../core/archive/reports.ts'
import { AppError } from '../../../../core/errors.ts'
import { beginCheck } from '../../../../db/archive-index/check.ts'
import type { IndexCheck } from '../../../../db/archive-index/check.ts'
import type { IndexReader } from '../../../../db/archive-index/open.ts'
import { createPartFinder } from '../../../../db/archive-index/parts.ts'
import { keysOf } from '../keys/ring.ts'
import { checkTile } from './check-tile.ts'
import type { Tile, TileCheck, TileDeps } from './check-tile.ts'
import { archivePaths, listPackNumbers } from './folder.ts'
import type { ArchivePaths } from './folder.ts'
import { readLedger } from './ledger.ts'
import { readPackHeader } from './pack-header.ts'
import { createShelf } from './shelf.ts'

/** How far a check is, in messages. It may wait, or throw to stop. */
export type OnMessages = (done: number, total: number) => Promise<void> | void

/** What was checked in one go, and the stretch itself. */
export interface CheckedTile extends TileCheck {
  readonly tile: Tile
}

/** An archive laid out for a check: every stretch of every pack, and what is wrong before any of them is read. */
export interface CheckPlan {
  readonly tiles: readonly Tile[]
  /** Stretches of packs that are missing. */
  readonly missing: readonly Tile[]
  readonly packs: number
  readonly messageCount: number
  readonly damage: readonly Damage[]
  readonly ledgerProblems: readonly string[]
  /**
   * Checks one of the tiles; `onMessage` hears how many of its bytes are done and may throw to stop. Errors:
   * `archive.busy` when its pack was written anew meanwhile.
   */
  check(tile: Tile, onMessage: TileDeps['onMessage']): Promise<CheckedTile>
  close(): void
}

const reportEvery = 100

/**
 * Reads every byte of every pack once: compares the stretches with the ledger's hashes, unpacks and hashes every
 * message, and compares the index with what was found, both ways. What a pull is writing meanwhile lies beyond what
 * ledger and index account for, and is left to the next check.
 */
export async function verifyArchive(
  root: string,
  index: IndexReader,
  onMessages: OnMessages,
): Promise<VerifyReport> {
  const plan = planCheck(root, index)
  try {
    const checked: CheckedTile[] = []
    let messages = 0
    for (const tile of plan.tiles) {
      const onMessage = () => {
        messages++
        if (messages % reportEvery === 0) return onMessages(messages, plan.messageCount)
      }
      checked.push(await plan.check(tile, onMessage))
    }
    await onMessages(messages, plan.messageCount)
    return { kind: 'verify', ...sumUp(plan, checked) }
  } finally {
    plan.close()
  }
}

/** What a check of some tiles found, together. */
export function sumUp(
  plan: Pick<CheckPlan, 'packs' | 'damage' | 'ledgerProblems'>,
  checked: readonly CheckedTile[],
) {
  const sum = (of: (one: CheckedTile) => number) => checked.reduce((total, one) => total + of(one), 0)
  return {
    packs: plan.packs,
    messages: sum((one) => one.messages),
    mailBytes: sum((one) => one.mailBytes),
    damage: [...plan.damage, ...checked.flatMap((one) => one.damage)],
    packBytes: sum(({ tile }) => tile.to - tile.from),
    segments: sum(({ tile }) => (tile.sha256 === null ? 0 : 1)),
    unattestedBytes: sum(({ tile }) => (tile.sha256 === null ? tile.to - tile.from : 0)),
    settled: sum((one) => one.settled),
    ledgerProblems: [...plan.ledgerProblems],
  }
}

/** Lays an archive out for a check. The caller closes the plan: until then the index is held in one state. */
export function planCheck(root: string, index: IndexReader): CheckPlan {
  const paths = archivePaths(root)
  // The ledger first: whatever it knows by then, the index knows a moment later.
  const { lines, broken } = readLedger(root)
  const { packs: tilings, problems } = tilePacks(lines)
  const check = beginCheck(index)
  const { findPlace } = createPartFinder(index)
  const shelf = createShelf(paths, keysOf(root)?.seal ?? null, findPlace)
  const numbers = [...new Set([...tilings.keys(), ...check.committed.keys()])].toSorted((a, b) => a - b)
  const onDisk = new Set(listPackNumbers(paths))
  const isSettled = settledPlaces(lines)
  const missing = numbers.filter((pack) => !onDisk.has(pack))
  const present = numbers.filter((pack) => onDisk.has(pack))
  const tiles = (of: readonly number[]) =>
    of.flatMap((pack) => tilesOf(pack, tilings.get(pack), check.committed.get(pack) ?? 0))
  return {
    tiles: tiles(present),
    missing: tiles(missing),
    packs: numbers.length,
    messageCount: check.messageCount,
    damage: missing.flatMap((pack) => missingPack(check, pack)),
    ledgerProblems: [...(broken === null ? [] : [broken]), ...problems].map(
      ({ line, problem }) => `Line ${line} of the ledger: ${problem}.`,
    ),
    check: async (tile, onMessage) => {
      const file = openPackFile(paths, tile)
      try {
        const checked = await checkTile(tile, { ...file, check, shelf, isSettled, onMessage })
        return { ...checked, tile }
      } finally {
        closeSync(file.fd)
      }
    },
    close: () => {
      shelf.close()
      check.close()
    },
  }
}

/** A pack that was written anew since the check was laid out is not damaged: the check has to begin again. */
function openPackFile(paths: ArchivePaths, { pack, generation }: Tile) {
  const file = join(paths.packs, packName(pack))
  const fd = openSync(file, 'r')
  const found = readPackHeader(fd)?.generation ?? generation
  if (found <= generation) return { fd, size: fstatSync(fd).size }
  closeSync(fd)
  throw new AppError('archive.busy', { details: { file }, retryable: true })
}

/** A pack's segments, and behind them what the index accounts for and the ledger does not yet. */
function tilesOf(pack: number, tiling: PackTiling | undefined, committed: number): readonly Tile[] {
  const segments = tiling?.segments ?? []
  const end = tiling?.end ?? 0
  if (committed <= end) return segments
  return [...segments, { pack, generation: tiling?.generation ?? 0, from: end, to: committed, sha256: null }]
}

/** A pack that is not there, and every message that was in it. */
function missingPack(check: IndexCheck, pack: number): readonly Damage[] {
  const problem = 'the pack is missing'
  const lost = check.between(pack, 0, Number.MAX_SAFE_INTEGER)
  const messages = lost.map(({ messageId, sha256, subject, offset }) => {
    const at = damageAt(packName(pack), offset, 'message', problem)
    return { ...at, sha256, subject, ...check.whereabouts(messageId) }
  })
  return [damageAt(packName(pack), 0, 'pack', problem), ...messages]
}

/** Places whose damage was seen to by storing the message once more. */
export function settledPlaces(lines: readonly LedgerLine[]): TileDeps['isSettled'] {
  const { packs } = tilePacks(lines)
  const places = lines.flatMap(({ entry }) =>
    entry.kind === 'repaired' && entry.storedAgain && entry.generation === packs.get(entry.pack)?.generation
      ? [entry]
      : [],
  )
  return (pack, from, to) => places.some((one) => one.pack === pack && one.offset >= from && one.offset < to)
}
