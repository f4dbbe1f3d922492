import { describeRepair } from '../../../../core/archive/safety-outcomes.ts'
import type { Damage, RepairItem, RepairReport } from '../../../../core/archive/reports.ts'
import { AppError } from '../../../../core/errors.ts'
import type { KnownArchive } from '../../../../db/queries/archive.ts'
import type { Run } from '../../jobs/index.ts'
import { following, keep, work } from '../runs.ts'
import type { Started } from '../runs.ts'
import { readCopyMark } from '../store/copy-folder.ts'
import type { RepairSource } from '../store/repair.ts'
import type { ArchiveThread } from '../worker/functions.ts'
import { askServers } from './ask-servers.ts'
import type { Asked } from './ask-servers.ts'
import type { SafetyDeps } from './ports.ts'

/** What a repair may do. */
export interface RepairWish {
  readonly dryRun: boolean
  readonly fromServer: boolean
}

const nobody: Asked = { items: [], reasons: new Map() }

/** Finds damage and repairs it: bytes from copies first, then messages from copies, then messages from servers. */
export function startRepair(deps: SafetyDeps, archive: KnownArchive, wish: RepairWish): Started {
  const title = wish.dryRun ? `Look for repairs of “${archive.name}”` : `Repair “${archive.name}”`
  return work(deps, 'archive.repair', title, async (run, thread) => {
    if (archive.kind === 'bundle') throw new AppError('archive.read_only')
    const items = await inRepair(archive, wish, thread, () => repair(deps, archive, wish, run, thread))
    const report: RepairReport = { kind: 'repair', dryRun: wish.dryRun, items: [...items] }
    await deps.reader().call('closeReader', [archive.path])
    await keep(deps, run.runId, archive.archiveId, report)
    return describeRepair(report)
  })
}

/** Holds the archive's lock while a repair that changes something goes on. */
async function inRepair<T>(
  archive: KnownArchive,
  { dryRun }: RepairWish,
  thread: ArchiveThread,
  body: () => Promise<T>,
): Promise<T> {
  if (dryRun) return body()
  await thread.call('openRepair', [archive.path, false])
  try {
    return await body()
  } finally {
    await thread.call('closeRepair', [])
  }
}

async function repair(
  deps: SafetyDeps,
  archive: KnownArchive,
  wish: RepairWish,
  run: Run,
  thread: ArchiveThread,
): Promise<readonly RepairItem[]> {
  const { path } = archive
  const copies = await reachableCopies(deps, archive)
  const args = [path, copies, wish.dryRun] as const
  const inPlace = await thread.call('repairInPlace', [...args], following(run, 'bytes'))
  const again = await fromCopies(path, copies, inPlace.open, wish, thread)
  const stillOpen = without(inPlace.open, again)
  const { dryRun } = wish
  const asked = wish.fromServer
    ? await askServers(deps, { path, damage: stillOpen, dryRun, run, thread })
    : nobody
  const left = without(stillOpen, asked.items)
  const indexed = await remakeIndex(path, left, wish, run, thread)
  const lost = without(left, indexed).map((damage) => ({
    damage,
    outcome: 'lost' as const,
    says: lossOf(damage, copies, asked),
  }))
  return [...inPlace.repaired, ...again, ...asked.items, ...indexed, ...lost]
}

/** Messages that a copy has in another place, because its packs are of another state. */
async function fromCopies(
  root: string,
  copies: readonly RepairSource[],
  open: readonly Damage[],
  { dryRun }: RepairWish,
  thread: ArchiveThread,
): Promise<readonly RepairItem[]> {
  const items: RepairItem[] = []
  for (const copy of copies) {
    const wanted = without(open, items).filter(({ kind }) => kind === 'message')
    if (wanted.length === 0) break
    const had = await thread.call('repairFromCopy', [root, copy.path, wanted, dryRun])
    const found = wanted.filter(({ sha256 }) => sha256 !== null && had.includes(sha256))
    const says = `stored once more, from the copy at ${copy.path}`
    items.push(...found.map((damage) => ({ damage, outcome: 'stored_again' as const, says })))
    if (!dryRun) await thread.call('enterRepair', [root, found, 'copy'])
  }
  return items
}

/** An index that does not fit the packs is made anew from them. */
async function remakeIndex(
  path: string,
  open: readonly Damage[],
  { dryRun }: RepairWish,
  run: Run,
  thread: ArchiveThread,
): Promise<readonly RepairItem[]> {
  const hit = open.filter(({ kind }) => kind === 'index')
  if (hit.length > 0 && !dryRun) {
    await thread.call('closeRepair', [])
    await thread.call('closeReader', [path])
    await thread.call('openRepair', [path, true], following(run, 'records'))
  }
  return hit.map((damage) => ({ damage, outcome: 'index', says: 'the index is made anew from the packs' }))
}

async function reachableCopies(deps: SafetyDeps, archive: KnownArchive): Promise<readonly RepairSource[]> {
  const known = await deps.db.archiveSafety.listArchiveCopies(archive.archiveId)
  return known
    .filter(({ path, copyId }) => isCopyThere(path, copyId))
    .map(({ copyId, path }) => ({ copyId, path }))
}

function isCopyThere(path: string, copyId: string): boolean {
  try {
    return readCopyMark(path)?.copyId === copyId
  } catch {
    // A share that is away is no source; the report then says that no copy was reachable.
    return false
  }
}

function without(damage: readonly Damage[], items: readonly RepairItem[]): readonly Damage[] {
  return damage.filter(
    (one) => !items.some((item) => item.damage.pack === one.pack && item.damage.offset === one.offset),
  )
}

function lossOf(damage: Damage, copies: readonly RepairSource[], { reasons }: Asked): string {
  const { kind, problem, dependents, sha256 } = damage
  const where =
    copies.length === 0 ? 'There is no second copy that can be reached' : 'No second copy has it whole'
  if (kind === 'record')
    return `${where}. No message is hit: flags or places of messages may be missing when the index is made anew.`
  if (kind === 'bytes')
    return `${where}. All mail in this stretch is whole; something else was changed: ${problem}.`
  const others =
    dependents.length === 0
      ? ''
      : ` ${dependents.length} other messages take bytes from it and are lost with it.`
  const why = reasons.get(sha256 ?? '') ?? 'The server does not have it any more, or was not asked.'
  return `${where}. ${why} It cannot be read any more.${others}`
}
