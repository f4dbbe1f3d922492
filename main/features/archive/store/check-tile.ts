import { createHash } from 'node:crypto'
import { readSync } from 'node:fs'
import { packName } from '../../../../core/archive/pack.ts'
import type { MessageRecord } from '../../../../core/archive/pack.ts'
import { damageAt } from '../../../../core/archive/reports.ts'
import type { Damage } from '../../../../core/archive/reports.ts'
import type { IndexCheck, IndexedMessage } from '../../../../db/archive-index/check.ts'
import { scanPack } from './scan.ts'
import type { BadStretch, FoundRecord } from './scan.ts'
import type { Shelf } from './shelf.ts'
import { judge, unpackMessage } from './unpack.ts'

/** A stretch of a pack that is checked in one go; it begins and ends between two records. */
export interface Tile {
  readonly pack: number
  readonly generation: number
  readonly from: number
  readonly to: number
  /** What the ledger says of these bytes; null where it has nothing to say yet. */
  readonly sha256: string | null
}

/** What a tile was found to be. */
export interface TileCheck {
  readonly messages: number
  readonly mailBytes: number
  /** Damaged places that were repaired elsewhere. */
  readonly settled: number
  readonly damage: readonly Damage[]
}

/** What a check of a tile needs beside it. */
export interface TileDeps {
  readonly fd: number
  /** Length of the file. */
  readonly size: number
  readonly check: IndexCheck
  readonly shelf: Shelf
  /** Whether the ledger says that damage at this byte of the pack was made good. */
  readonly isSettled: (pack: number, from: number, to: number) => boolean
  /** Called after each message with how many bytes of the tile are done; may throw to stop. */
  readonly onMessage: (bytesDone: number) => Promise<void> | void
}

const blockBytes = 1 << 20

/** A record, or a stretch without one, that is not what it should be. */
interface Flaw {
  readonly from: number
  readonly to: number
  readonly problem: string
  /** The message's record where that can be read. */
  readonly record: MessageRecord | null
}

/**
 * Reads a tile once: hashes its bytes block by block for the ledger, and unpacks and hashes each message while its
 * block is still in the system's cache. Damage is told by the messages that the index has in that place.
 */
export async function checkTile(tile: Tile, deps: TileDeps): Promise<TileCheck> {
  const end = Math.min(tile.to, deps.size)
  const indexed = deps.check.between(tile.pack, tile.from, tile.to)
  const byOffset = new Map(indexed.map((message) => [message.offset, message]))
  const hashing = hashBlocks(deps.fd, tile.from, end)
  const whole = new Set<number>()
  const flaws: Flaw[] = []
  const strangers: Damage[] = []
  let mailBytes = 0
  for (const found of scanPack(deps.fd, tile.from, end, deps.shelf.seal)) {
    hashing.readTo(found.end)
    const flaw = flawOf(deps, found)
    if (flaw !== null) flaws.push(flaw)
    else if (found.kind === 'record' && found.record.kind === 'message') {
      mailBytes += found.record.sizeBytes
      if (byOffset.get(found.offset)?.sha256 === found.record.sha256) whole.add(found.offset)
      else if (isStranger(deps.check, found)) strangers.push(stranger(tile.pack, found))
      await deps.onMessage(found.end - tile.from)
    }
  }
  if (deps.size < tile.to) flaws.push(cutOff(deps.size, tile))
  const hit = indexed.filter(({ offset }) => !whole.has(offset))
  const damage = [...hit.map((message) => damageTo(deps.check, tile.pack, message, flaws)), ...strangers]
  const beside = flaws.filter((flaw) => !hit.some(({ offset }) => covers(flaw, offset)))
  const open = beside.filter((flaw) => !isMadeGood(tile, flaw, deps))
  damage.push(...open.map((flaw) => damageBeside(tile, flaw)))
  const isAsWritten = tile.sha256 === null || hashing.digest() === tile.sha256
  if (!isAsWritten && flaws.length === 0) damage.push(changedBytes(tile))
  return { messages: whole.size, mailBytes, settled: beside.length - open.length, damage }
}

/** Hashes a stretch of a file in blocks, a little ahead of whoever reads it record by record. */
function hashBlocks(fd: number, from: number, to: number) {
  const hash = createHash('sha256')
  const block = Buffer.allocUnsafe(Math.max(0, Math.min(blockBytes, to - from)))
  let at = from
  const readTo = (position: number) => {
    while (at < Math.min(position, to)) {
      const got = readSync(fd, block, 0, Math.min(block.length, to - at), at)
      if (got === 0) return
      hash.update(block.subarray(0, got))
      at += got
    }
  }
  return {
    readTo,
    digest: (): string => {
      readTo(to)
      return hash.digest('hex')
    },
  }
}

function flawOf({ fd, shelf }: TileDeps, found: FoundRecord | BadStretch): Flaw | null {
  const { offset, end } = found
  if (found.kind === 'bad') return { from: offset, to: end, problem: found.problem, record: null }
  const { record } = found
  if (record.kind !== 'message') return null
  const problem = judge(unpackMessage(fd, found.frameOffset, record, shelf))
  return problem === null ? null : { from: offset, to: end, problem, record }
}

/** A whole message that the index should know and does not. Known in another place it was stored once more. */
function isStranger(check: IndexCheck, found: FoundRecord): boolean {
  const { record } = found
  return record.kind === 'message' && !check.knows(record.sha256) && !check.isRemoved(record.at)
}

function stranger(pack: number, found: FoundRecord): Damage {
  const sha256 = found.record.kind === 'message' ? found.record.sha256 : null
  const problem = 'the index does not know this message; rebuild the index'
  return { ...damageAt(packName(pack), found.offset, 'index', problem), sha256 }
}

function damageTo(check: IndexCheck, pack: number, message: IndexedMessage, flaws: readonly Flaw[]): Damage {
  const { offset, sha256, subject, messageId } = message
  const flaw = flaws.find((one) => covers(one, offset))
  const problem = flaw?.problem ?? 'the message is not in its place; rebuild the index'
  const kind = flaw === undefined ? 'index' : 'message'
  return {
    ...damageAt(packName(pack), offset, kind, problem),
    sha256,
    subject,
    ...check.whereabouts(messageId),
  }
}

function damageBeside(tile: Tile, flaw: Flaw): Damage {
  const kind = flaw.from >= tile.to || flaw.problem === cutOffProblem ? 'pack' : 'record'
  return damageAt(packName(tile.pack), flaw.from, kind, flaw.problem)
}

/** A message that is damaged here and was stored once more or removed; or the ledger says that this was seen to. */
function isMadeGood(tile: Tile, flaw: Flaw, { check, isSettled }: TileDeps): boolean {
  const { record } = flaw
  if (record !== null && (check.knows(record.sha256) || check.isRemoved(record.at))) return true
  return isSettled(tile.pack, flaw.from, flaw.to)
}

const cutOffProblem = 'the pack is cut off here'

function cutOff(size: number, tile: Tile): Flaw {
  return { from: Math.max(size, tile.from), to: tile.to, problem: cutOffProblem, record: null }
}

function changedBytes(tile: Tile): Damage {
  const problem = `the bytes from here to ${tile.to} are not those that were written, though all mail in them is whole`
  return damageAt(packName(tile.pack), tile.from, 'bytes', problem)
}

function covers(flaw: Flaw, offset: number): boolean {
  return flaw.from <= offset && offset < flaw.to
}
