import type { VerdictStatus } from '../diagnostics/types.ts'
import type { PracticeCase } from './cases.ts'

/** A finished diagnosis of the mailbox of a case, as far as a case cares. */
export interface CaseDiagnosis {
  readonly runId: string
  readonly endedAtMs: number
  /** Of the top finding. */
  readonly status: VerdictStatus
  readonly title: string
  /** Codes of all findings. */
  readonly codes: readonly string[]
  readonly roundTrip: boolean
}

/** open: nobody has seen the problem yet. found: the last diagnosis shows it. solved: the last one shows it no more. */
export type CaseState = 'open' | 'found' | 'solved'

/**
 * How far a case is, by its last diagnosis in this round. Solved wants a diagnosis that could have shown the
 * problem and came to a verdict that is neither a failure nor unknown.
 */
export function caseStateOf(practiceCase: PracticeCase, last: CaseDiagnosis | null): CaseState {
  if (last === null) return 'open'
  const known: readonly string[] = practiceCase.codes
  if (last.codes.some((code) => known.includes(code))) return 'found'
  const couldShow = practiceCase.shownBy === 'standard' || last.roundTrip
  return couldShow && (last.status === 'pass' || last.status === 'warning') ? 'solved' : 'open'
}
