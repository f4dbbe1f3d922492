import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { closeSync, fstatSync, openSync } from 'node:fs'
import { join } from 'node:path'
import type { AppendedEntry, PackTiling } from '../../../../core/archive/ledger.ts'
import { packName } from '../../../../core/archive/pack.ts'
import type { ArchiveCard } from '../../../../core/archive/pack.ts'
import { listPackNumbers } from './folder.ts'
import type { ArchivePaths } from './folder.ts'
import type { Ledger } from './ledger.ts'
import { readPackHeader } from './pack-header.ts'
import { readAt } from './scan.ts'

/** Hashes what is appended to the packs as it is written, and enters it into the ledger in segments. */
export interface SegmentLog {
  /** Follows what is being written to a pack from its byte `from` on. */
  follow(pack: number, from: number): Following
  /** Enters what was taken in and not entered yet. */
  flush(): void
}

/** Bytes that are being written; they count once they are on the disk. */
export interface Following {
  add(chunk: Uint8Array): void
  /** All of them are on the disk. When it throws, they do not count: the pack is to be cut back to `from`. */
  keep(): void
}

/** What was written and is not entered yet. */
interface Stretch {
  readonly pack: number
  readonly from: number
  readonly to: number
  readonly hash: Hash
}

/** An entry at least every so many bytes: what a crash leaves without one is read again when the archive is opened. */
const segmentBytes = 64 * 1024 * 1024
const blockBytes = 1 << 20

/** Begins to log segments. `generationOf` is asked for packs that are gone on with. */
export function createSegmentLog(
  ledger: Ledger,
  generationOf: (pack: number) => number,
  nowMs: () => number,
): SegmentLog {
  let open: Stretch | null = null
  // What could not be entered (a full disk) stays open: a gap would make every later segment of the pack unknown.
  const enter = ({ pack, from, to, hash }: Stretch) => {
    const sha256 = hash.copy().digest('hex')
    const generation = generationOf(pack)
    ledger.append({ kind: 'appended', pack, generation, from, to, sha256, how: 'written' }, nowMs())
  }
  const flush = () => {
    if (open !== null) enter(open)
    open = null
  }
  return {
    follow: (pack, from) => {
      const before = open !== null && open.pack === pack && open.to === from ? open : null
      // A copy, so that what could not be written leaves no trace.
      const hash = before?.hash.copy() ?? createHash('sha256')
      let to = from
      return {
        add: (chunk) => {
          hash.update(chunk)
          to += chunk.length
        },
        keep: () => {
          if (before === null) flush()
          const grown = { pack, from: before?.from ?? from, to, hash }
          const isFull = grown.to - grown.from >= segmentBytes
          if (isFull) enter(grown)
          open = isFull ? null : grown
        },
      }
    },
    flush,
  }
}

/**
 * Brings the ledger up to the packs when an archive is opened for writing: the first line of a new archive, the
 * packs of one that is older than its ledger, and what a crash left without its entry. Returns each pack's generation.
 */
export function settleLedger(
  ledger: Ledger,
  tilings: ReadonlyMap<number, PackTiling>,
  paths: ArchivePaths,
  card: ArchiveCard,
  atMs: number,
): ReadonlyMap<number, number> {
  const isFirst = ledger.seq() === 0
  if (isFirst) ledger.append({ kind: 'created', archiveId: card.archiveId, name: card.name }, atMs)
  const how = isFirst ? 'adopted' : 'recovered'
  const generations = listPackNumbers(paths).map((pack) => {
    const settling = { pack, known: tilings.get(pack), how, atMs } as const
    return [pack, settlePack(ledger, paths, settling)] as const
  })
  return new Map(generations)
}

interface Settling {
  readonly pack: number
  readonly known: PackTiling | undefined
  readonly how: AppendedEntry['how']
  readonly atMs: number
}

function settlePack(ledger: Ledger, paths: ArchivePaths, settling: Settling): number {
  const { pack, known, how, atMs } = settling
  const fd = openSync(join(paths.packs, packName(pack)), 'r')
  try {
    const { size } = fstatSync(fd)
    const generation = known?.generation ?? readPackHeader(fd)?.generation ?? 0
    const from = known?.end ?? 0
    // A pack that is shorter than its entries is damaged: verify says so, and no entry makes it whole.
    if (size <= from) return generation
    const sha256 = hashStretch(fd, from, size)
    ledger.append({ kind: 'appended', pack, generation, from, to: size, sha256, how }, atMs)
    return generation
  } finally {
    closeSync(fd)
  }
}

/** SHA-256 in hex of a stretch of a file. */
export function hashStretch(fd: number, from: number, to: number): string {
  const hash = createHash('sha256')
  for (let at = from; at < to; at += blockBytes) hash.update(readAt(fd, at, Math.min(blockBytes, to - at)))
  return hash.digest('hex')
}
