import type { EncryptionStatus, LeftFolder } from '../../../core/archive/keys.ts'
import type { ArchiveCopy, ArchiveSafety } from '../../../core/archive/safety-endpoints.ts'
import type { FolderCoverage } from '../../../core/archive/types.ts'
import type { DrillSummary } from '../../../core/restore/drill.ts'
import { copyStateOf } from '../../i18n/archive-safety.ts'
import { standingWords as words } from '../../i18n/archive-standing.ts'
import { drillWords } from '../../i18n/restore.ts'
import type { StepState } from '../../ui/index.ts'
import { isRepairedSince, lastCheckOf } from './safety/last-check.ts'

/** One question about an archive and its answer; `atMs`: when that was seen, null where it was never seen. */
export interface StandingLine {
  readonly id: 'complete' | 'checked' | 'copies' | 'drill' | 'encrypted' | 'left'
  readonly state: StepState
  readonly text: string
  readonly atMs: number | null
}

/** What each server folder had, against what is held. Not measured is not whole. */
export function completeLine(folders: readonly FolderCoverage[]): StandingLine {
  const line = (state: StepState, text: string, atMs: number | null): StandingLine => ({
    id: 'complete',
    state,
    text,
    atMs,
  })
  if (folders.length === 0) return line('unknown', words.nothingPulled, null)
  const lacking = folders.filter(({ missingCount }) => missingCount !== null && missingCount > 0)
  const unmeasured = folders.filter(
    ({ missingCount, unfinished }) => missingCount === null || unfinished !== null,
  )
  const missing = lacking.reduce((sum, { missingCount }) => sum + (missingCount ?? 0), 0)
  const oldestMs = Math.min(...folders.map(({ pulledAtMs }) => pulledAtMs ?? 0))
  const atMs = oldestMs === 0 ? null : oldestMs
  if (missing > 0) return line('warning', words.missing(missing, lacking.length), atMs)
  if (unmeasured.length > 0) return line('unknown', words.unmeasured(unmeasured.length), atMs)
  return line('pass', words.complete(folders.length, new Set(folders.map(({ source }) => source)).size), atMs)
}

/** The last check of every byte. */
export function checkedLine(safety: ArchiveSafety): StandingLine {
  const last = lastCheckOf(safety)
  if (last === null) return { id: 'checked', state: 'unknown', text: words.neverChecked, atMs: null }
  const { damage, ledgerProblems, messages, packBytes } = last.report
  const line = (state: StepState, text: string): StandingLine => ({
    id: 'checked',
    state,
    text,
    atMs: last.endedAtMs,
  })
  if (isRepairedSince(safety)) return line('unknown', words.repairedSince)
  if (damage.length > 0) return line('fail', words.damaged(damage.length))
  if (ledgerProblems.length > 0) return line('fail', words.historyChanged)
  return line('pass', words.whole(messages, packBytes))
}

const gravity: Readonly<Record<string, number>> = { fail: 0, warning: 1, unknown: 2, pass: 3 }

/** The worst of the copies speaks for them; one copy only is a risk of its own. */
export function copiesLine(copies: readonly ArchiveCopy[]): StandingLine {
  const [worst] = copies
    .map((copy) => ({ ...copyStateOf(copy.state, copy.behindBytes), copy }))
    .sort((a, b) => (gravity[a.mark] ?? 0) - (gravity[b.mark] ?? 0))
  if (worst === undefined) return { id: 'copies', state: 'warning', text: words.noCopy, atMs: null }
  const { mark, says, copy } = worst
  return {
    id: 'copies',
    state: mark,
    text: words.copy(copies.length, copy.path, says),
    atMs: copy.syncedAtMs,
  }
}

/** Whether it was ever proved that mail comes back out. */
export function drillLine(last: DrillSummary | undefined): StandingLine {
  if (last === undefined) return { id: 'drill', state: 'unknown', text: drillWords.never, atMs: null }
  const { record, state, endedAtMs: atMs } = last
  if (record !== null)
    return {
      ...{ id: 'drill', state: record.verdict, atMs },
      text: `${drillWords.verdicts[record.verdict]}: ${drillWords.line(record)}`,
    }
  if (state === 'running') return { id: 'drill', state: 'running', text: drillWords.running, atMs }
  return { id: 'drill', state: 'unknown', text: drillWords.failed, atMs }
}

/** Encrypted, and whether somebody can open it should this computer be lost. */
export function encryptedLine(encryption: EncryptionStatus | null): StandingLine {
  const line = (state: StepState, text: string, atMs: number | null): StandingLine => ({
    id: 'encrypted',
    state,
    text,
    atMs,
  })
  if (encryption === null) return line('not_applicable', words.plain, null)
  const { sinceMs, recovery } = encryption
  if (recovery === null) return line('unknown', words.keysUnread, sinceMs)
  if (recovery.notedAtMs === null) return line('warning', words.keyNotNoted, sinceMs)
  return line('pass', recovery.testedAtMs === null ? words.keyNotTested : words.keyTested, sinceMs)
}

/** What is still there in the clear, or under old keys, beside the archive. */
export function leftLines(folders: readonly LeftFolder[]): readonly StandingLine[] {
  return folders.map(({ path, isEncrypted, leftAtMs }) => ({
    id: 'left',
    state: isEncrypted ? 'unknown' : 'warning',
    text: isEncrypted ? words.leftEncrypted(path) : words.leftPlain(path),
    atMs: leftAtMs,
  }))
}
