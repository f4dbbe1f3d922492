import type { ItemState, RestoreSummary } from '../../../../core/restore/types.ts'
import type { StepState, Verdict } from '../../../ui/index.ts'

/** How a restore that has ended is to be taken. */
export function verdictOf({ report, dryRun }: RestoreSummary): Verdict {
  if (report === null) return 'unknown'
  if (report.stopped !== null || report.unreadable > 0) return 'fail'
  if (report.refused > 0 || (dryRun && report.fits === false)) return 'warning'
  return 'pass'
}

/** How one message's state is shown. */
export const markOf: Readonly<Record<ItemState, StepState>> = {
  restored: 'pass',
  already_there: 'pass',
  would_restore: 'waiting',
  refused: 'warning',
  unreadable: 'fail',
  removed: 'not_applicable',
}
