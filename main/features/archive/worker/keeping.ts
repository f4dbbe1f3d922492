import type { LedgerEntry } from '../../../../core/archive/ledger.ts'
import { checkCopy } from '../store/copy-check.ts'
import { mendSegment } from '../store/copy-bytes.ts'
import { beginCopy, deleteArchiveFiles, lookAtCopy, promoteCopy } from '../store/copy-folder.ts'
import type { CopyMark } from '../store/copy-folder.ts'
import { syncCopy } from '../store/copy-sync.ts'
import { readArchiveCard } from '../store/folder.ts'
import { sha256Of } from '../store/frame.ts'
import { readLedger, readLedgerTexts } from '../store/ledger.ts'
import type { ArchiveReader } from '../store/reader.ts'
import { scrubNext } from '../store/scrub.ts'
import type { ScrubPlace } from '../store/scrub.ts'
import { openArchiveWriter } from '../store/writer.ts'
import { createRepairing } from './repairing.ts'
import type { ThreadContext } from './thread.ts'

/** Whose occurrence a copy's place is compared with. */
type Expected = Omit<CopyMark, 'format' | 'version'>

/** Functions of a thread that keeps an archive safe: its ledger, scrubs, second copies, repairs. */
export function createKeeping(reader: (root: string) => ArchiveReader) {
  const index = (root: string) => reader(root).index
  return {
    ...createCopying(),
    ...createRepairing(index),
    readHistory: (_: ThreadContext, root: string) => {
      const { lines, broken } = readLedger(root)
      const last = readLedgerTexts(root)[lines.length - 1]
      return { lines, broken, lastSha256: last === undefined ? null : sha256Of(Buffer.from(last)) }
    },
    /** Enters something into the ledger. Errors: `archive.busy` while somebody writes to the archive. */
    enterHistory: async (_: ThreadContext, root: string, entry: LedgerEntry) => {
      const opened = await openArchiveWriter({ root, card: readArchiveCard(root), nowMs: Date.now })
      try {
        return opened.ledger.append(entry, Date.now())
      } finally {
        opened.close()
      }
    },
    scrubNext: (
      { progress }: ThreadContext,
      root: string,
      from: ScrubPlace | null,
      bytesPerSecond: number | null,
    ) => scrubNext(root, index(root), from, { bytesPerSecond, onProgress: progress }),
  }
}

function createCopying() {
  return {
    beginCopy: (_: ThreadContext, root: string, path: string, copyId: string) =>
      beginCopy(root, path, copyId),
    lookAtCopy: (_: ThreadContext, root: string, path: string, expected: Expected) =>
      lookAtCopy(root, path, expected),
    syncCopy: ({ progress }: ThreadContext, root: string, path: string, expected: Expected) =>
      syncCopy({ root, target: path, expected, onProgress: progress }),
    checkCopy: ({ progress }: ThreadContext, path: string) => checkCopy(path, progress),
    /** Checks a copy and writes its damaged stretches once more; returns how many, and what is left. */
    mendCopy: async ({ progress }: ThreadContext, root: string, path: string) => {
      const { damaged } = await checkCopy(path, progress)
      const mended = damaged.filter((segment) => mendSegment(root, path, segment)).length
      return mended === 0
        ? { mended, problems: [] }
        : { mended, problems: (await checkCopy(path, progress)).problems }
    },
    deleteCopy: (_: ThreadContext, path: string) => deleteArchiveFiles(path),
    promoteCopy: (_: ThreadContext, path: string) => promoteCopy(path),
  }
}
