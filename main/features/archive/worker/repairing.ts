import { tilePacks } from '../../../../core/archive/ledger.ts'
import { packNumber } from '../../../../core/archive/pack.ts'
import type { OccurrenceRecord } from '../../../../core/archive/pack.ts'
import type { Damage } from '../../../../core/archive/reports.ts'
import type { IndexReader } from '../../../../db/archive-index/open.ts'
import { findMessageOrigin } from '../../../../db/archive-index/whereabouts.ts'
import { keysOf } from '../keys/ring.ts'
import { findInCopy } from '../store/find-in-copy.ts'
import { readArchiveCard } from '../store/folder.ts'
import { sha256Of } from '../store/frame.ts'
import { readLedger } from '../store/ledger.ts'
import { repairInPlace } from '../store/repair.ts'
import type { RepairSource } from '../store/repair.ts'
import { openArchiveWriter } from '../store/writer.ts'
import type { ArchiveWriter } from '../store/writer.ts'
import type { ThreadContext } from './thread.ts'

/** A repair is begun with `openRepair`, which takes the archive's lock, and ended with `closeRepair`. */
export function createRepairing(index: (root: string) => IndexReader) {
  let open: ArchiveWriter | null = null
  const writer = () => begun(open)
  return {
    openRepair: async ({ progress }: ThreadContext, root: string, rebuild: boolean) => {
      const onProgress = (done: number) => progress(done, null)
      open = await openArchiveWriter({
        root,
        card: readArchiveCard(root),
        nowMs: Date.now,
        rebuild,
        onProgress,
      })
    },
    closeRepair: () => {
      open?.close()
      open = null
    },
    /** Repairs byte for byte from copies. In a dry run nothing is changed, else the archive is open for writing. */
    repairInPlace: (
      { progress }: ThreadContext,
      root: string,
      copies: readonly RepairSource[],
      dryRun: boolean,
    ) => {
      const ledger = dryRun ? null : writer().ledger
      return repairInPlace({
        root,
        index: index(root),
        ledger,
        copies,
        nowMs: Date.now,
        onProgress: progress,
      })
    },
    /** Stores messages once more that a copy has in another place; returns the hashes of those it had. */
    repairFromCopy: (
      _: ThreadContext,
      root: string,
      path: string,
      damaged: readonly Damage[],
      dryRun: boolean,
    ) => storeFromCopy(root, path, damaged, index(root), dryRun ? null : writer()),
    originOf: (_: ThreadContext, root: string, sha256: string) => findMessageOrigin(index(root), sha256),
    /** Stores a message once more that a server still had. */
    storeAgain: (_: ThreadContext, root: string, sha256: string, bytes: Uint8Array) =>
      storeAgain(index(root), writer(), sha256, bytes),
    /** Enters messages that were stored once more: their damaged places are settled. */
    enterRepair: (_: ThreadContext, root: string, damaged: readonly Damage[], from: 'copy' | 'server') =>
      enterRepair(root, writer(), damaged, from),
  }
}

function begun(open: ArchiveWriter | null): ArchiveWriter {
  if (open === null) throw new Error('No repair has begun')
  return open
}

function enterRepair(
  root: string,
  { ledger }: ArchiveWriter,
  damaged: readonly Damage[],
  from: 'copy' | 'server',
): void {
  const { packs } = tilePacks(readLedger(root).lines)
  for (const { pack: name, offset, sha256 } of damaged) {
    const pack = packNumber(name)
    if (pack === null) continue
    const generation = packs.get(pack)?.generation ?? 0
    const entry = {
      kind: 'repaired',
      pack,
      generation,
      offset,
      sha256,
      from,
      storedAgain: true,
      details: {},
    } as const
    ledger.append(entry, Date.now())
  }
}

function storeAgain(index: IndexReader, writer: ArchiveWriter, sha256: string, bytes: Uint8Array): void {
  const places = placesOf(index, sha256)
  if (places === null || sha256Of(bytes) !== sha256)
    throw new Error('This is not the message that is damaged')
  writer.replace(bytes, places)
}

function storeFromCopy(
  root: string,
  path: string,
  damaged: readonly Damage[],
  index: IndexReader,
  writer: ArchiveWriter | null,
): readonly string[] {
  const wanted = new Set(damaged.flatMap(({ sha256 }) => sha256 ?? []))
  const had = new Set<string>()
  for (const { sha256, bytes } of findInCopy(path, keysOf(root)?.seal ?? null, wanted)) {
    const places = had.has(sha256) ? null : placesOf(index, sha256)
    if (places === null) continue
    writer?.replace(bytes, places)
    had.add(sha256)
  }
  return [...had]
}

function placesOf(
  index: IndexReader,
  sha256: string,
): readonly [OccurrenceRecord, ...OccurrenceRecord[]] | null {
  const [first, ...others] = findMessageOrigin(index, sha256)?.places ?? []
  return first === undefined ? null : [first, ...others]
}
