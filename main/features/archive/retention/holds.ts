import type { LedgerLine } from '../../../../core/archive/ledger.ts'
import { standingHolds } from '../../../../core/archive/retention.ts'
import type { LegalHold } from '../../../../core/archive/retention.ts'
import { AppError } from '../../../../core/errors.ts'
import { ledgerFile, readLedger } from '../store/ledger.ts'
import { readRemovalJournal } from './journal.ts'

/** An archive's history, of which nothing is missing. Errors: `archive.damaged`: holds may be behind the damage. */
export function readWholeLedger(root: string): readonly LedgerLine[] {
  const { lines, broken } = readLedger(root)
  if (broken === null) return lines
  throw new AppError('archive.damaged', {
    details: { archive: root, place: `${ledgerFile(root)}, line ${broken.line}` },
  })
}

/** The holds that stand, for whoever removes mail. Errors: as `readWholeLedger`. */
export function readHolds(root: string): readonly LegalHold[] {
  return standingHolds(readWholeLedger(root))
}

/**
 * A hold that is placed while a removal is not at its end keeps what is still on the disk: which mail that is, the
 * index does not know any more, so nothing of it leaves. Errors: `record.conflict`, `archive.damaged`.
 */
export function refuseHeldRemoval(root: string): void {
  if (readRemovalJournal(root).length === 0) return
  const lines = readWholeLedger(root)
  const removedAt = lines.findLast(({ entry }) => entry.kind === 'removed')?.seq ?? 0
  const later = standingHolds(lines.slice(removedAt))
  const [hold] = later
  if (hold === undefined) return
  throw new AppError('record.conflict', {
    details: {
      reason: `The hold “${hold.name}” was placed before an earlier removal had ended, and may speak of its mail. It is out of sight but still on the disk, and stays there until the hold is lifted`,
    },
  })
}
