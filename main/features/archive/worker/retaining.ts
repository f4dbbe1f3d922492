import { standingHolds } from '../../../../core/archive/retention.ts'
import type { LegalHold, RetentionRule } from '../../../../core/archive/retention.ts'
import type { LedgerEntry } from '../../../../core/archive/ledger.ts'
import { simulateRetention } from '../../../../db/archive-index/retention.ts'
import { readHolds } from '../retention/holds.ts'
import { readRemovalJournal } from '../retention/journal.ts'
import { finishRemoval, removeMail } from '../retention/remove.ts'
import type { RemovalRequest } from '../retention/remove.ts'
import { readArchiveCard } from '../store/folder.ts'
import { readLedger } from '../store/ledger.ts'
import type { ArchiveReader } from '../store/reader.ts'
import { openArchiveWriter } from '../store/writer.ts'
import type { ThreadContext } from './thread.ts'

/** Functions of a thread that applies retention rules and keeps holds. */
export function createRetaining(reader: (root: string) => ArchiveReader) {
  return {
    holds: (_: ThreadContext, root: string): readonly LegalHold[] => standingHolds(readLedger(root).lines),
    /** As `holds`, for whoever removes mail: fails where the ledger is damaged and holds may be missing. */
    allHolds: (_: ThreadContext, root: string): readonly LegalHold[] => readHolds(root),
    unfinishedPacks: (_: ThreadContext, root: string) => readRemovalJournal(root).length,
    simulateRetention: (_: ThreadContext, root: string, rule: RetentionRule, nowMs: number) =>
      simulateRetention(reader(root).index, rule, standingHolds(readLedger(root).lines), nowMs),
    /** Writes a line into the ledger under the archive's lock: a hold that is placed or lifted. */
    enterHold: async (_: ThreadContext, root: string, entry: LedgerEntry, atMs: number) => {
      const writer = await openArchiveWriter({ root, card: readArchiveCard(root), nowMs: Date.now })
      try {
        return writer.ledger.append(entry, atMs)
      } finally {
        writer.close()
      }
    },
    removeMail: ({ progress }: ThreadContext, root: string, request: RemovalRequest, nowMs: number) =>
      removeMail(root, request, nowMs, progress),
    finishRemoval: ({ progress }: ThreadContext, root: string) => finishRemoval(root, progress),
  }
}
