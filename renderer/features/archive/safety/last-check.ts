import type { ArchiveSafety } from '../../../../core/archive/safety-endpoints.ts'

/** The newest check of every byte, of whichever kind; null when there was none. */
export function lastCheckOf({ verify, scrub }: ArchiveSafety) {
  if (verify === null || scrub === null) return verify ?? scrub
  return verify.endedAtMs >= scrub.endedAtMs ? verify : scrub
}

/** Whether something was repaired after that check, so that it may no longer be true. */
export function isRepairedSince(safety: ArchiveSafety): boolean {
  const { repair } = safety
  if (repair === null || repair.report.dryRun) return false
  return repair.endedAtMs > (lastCheckOf(safety)?.endedAtMs ?? 0)
}
