import type { OutputOf } from '../../../core/contract/index.ts'
import type { Job } from '../../../core/jobs/contract.ts'
import { unsentStates, type TicketFilter } from '../../../core/tickets/views.ts'
import { todayWords as words } from '../../i18n/today.ts'
import type { Verdict } from '../../ui/index.ts'
import { keepingLines, runsToldOf } from './keeping-lines.ts'
import type { KeepingFacts } from './keeping-lines.ts'

/** One line of Today: what needs somebody, and the action. */
export interface TodayLine {
  readonly id: string
  readonly state: Verdict
  readonly text: string
  readonly detail: string
  readonly action: { readonly label: string; readonly to: string } | null
}

/** What the lines are made from. Undefined: the answer is not there (yet), and no line claims anything of it. */
export interface TodayFacts {
  readonly counts: OutputOf<'tickets.counts'> | undefined
  readonly jobs: OutputOf<'jobs.list'>['jobs'] | undefined
  readonly secretStore: OutputOf<'desk.status'>['secretStore'] | undefined
  readonly helpdeskMailboxId: string | null | undefined
  readonly keeping: KeepingFacts
  /** Something did not answer: then no line must not mean that all is well. */
  readonly unanswered: boolean
  readonly nowMs: number
}

const dayMs = 86_400_000

/** The lines, gravest first. */
export function todayLines(facts: TodayFacts): readonly TodayLine[] {
  const lines = [
    ...ticketLines(facts),
    ...replyLines(facts),
    ...secretLines(facts),
    ...keepingLines(facts.keeping),
    ...jobLines(facts),
    ...gapLines(facts),
  ]
  return [...lines.filter((line) => line.state === 'fail'), ...lines.filter((line) => line.state !== 'fail')]
}

const toQueue = (label: string, view: string): TodayLine['action'] => ({
  label,
  to: `/queue?view=${view}`,
})

const unsent: TicketFilter = { replyStates: [...unsentStates] }
const unsentTo = `/queue?${new URLSearchParams({ filter: JSON.stringify(unsent) }).toString()}`

/** A line when there is something to say, else none. */
function lineOf(
  count: number,
  line: Omit<TodayLine, 'text'> & { text: (count: number) => string },
): readonly TodayLine[] {
  return count > 0 ? [{ ...line, text: line.text(count) }] : []
}

function ticketLines({ counts }: TodayFacts): readonly TodayLine[] {
  if (counts === undefined) return []
  const { openQueue, triage } = words.actions
  return [
    ...lineOf(counts.overdue, {
      id: 'overdue',
      state: 'fail',
      text: words.overdue,
      detail: words.overdueDetail,
      action: toQueue(openQueue, 'breaching'),
    }),
    ...lineOf(counts.breaching - counts.overdue, {
      id: 'breaching',
      state: 'warning',
      text: words.breaching,
      detail: words.breachingDetail,
      action: toQueue(openQueue, 'breaching'),
    }),
    ...lineOf(counts.unassigned, {
      id: 'unassigned',
      state: 'warning',
      text: words.unassigned,
      detail: words.unassignedDetail,
      action: toQueue(triage, 'unassigned'),
    }),
  ]
}

function replyLines({ counts, helpdeskMailboxId }: TodayFacts): readonly TodayLine[] {
  if (counts === undefined) return []
  const noMailbox = helpdeskMailboxId === null
  const { review, chooseMailbox } = words.actions
  return [
    ...lineOf(counts.repliesFailed, {
      id: 'replies-failed',
      state: 'fail',
      text: words.repliesFailed,
      detail: words.repliesFailedDetail,
      action: { label: review, to: unsentTo },
    }),
    ...lineOf(counts.repliesQueued, {
      id: 'replies-queued',
      state: noMailbox ? 'warning' : 'unknown',
      text: words.repliesQueued,
      detail: noMailbox ? words.noHelpdeskDetail : words.repliesQueuedDetail,
      action: noMailbox ? { label: chooseMailbox, to: '/settings' } : { label: review, to: unsentTo },
    }),
  ]
}

function gapLines({ unanswered }: TodayFacts): readonly TodayLine[] {
  if (!unanswered) return []
  const { unanswered: text, unansweredDetail: detail } = words
  return [{ id: 'unanswered', state: 'unknown', text, detail, action: null }]
}

function secretLines({ secretStore }: TodayFacts): readonly TodayLine[] {
  if (secretStore === undefined || secretStore.state === 'ready') return []
  const locked = secretStore.state === 'locked'
  return [
    {
      id: 'secrets',
      state: 'warning',
      text: locked ? words.vaultLocked : words.noStore,
      detail: locked ? words.vaultLockedDetail : words.noStoreDetail,
      action: { label: locked ? words.actions.unlock : words.actions.setPassphrase, to: '/settings' },
    },
  ]
}

function jobLines({ jobs, keeping, nowMs }: TodayFacts): readonly TodayLine[] {
  const told = runsToldOf(keeping)
  return (jobs ?? [])
    .filter(({ runId }) => !told.has(runId))
    .filter(
      (job) =>
        (job.state === 'failed' || job.state === 'interrupted') && nowMs - (job.endedAtMs ?? nowMs) < dayMs,
    )
    .map((job) => ({
      id: `job-${job.runId}`,
      state: job.state === 'failed' ? 'fail' : 'warning',
      text: job.state === 'failed' ? words.jobFailed(job.title) : words.jobInterrupted(job.title),
      detail: job.outcome ?? '',
      action: placeOf(job),
    }))
}

/** Where the work of a job is seen, and begun again. */
function placeOf({ kind, runId }: Job): TodayLine['action'] {
  const { openArchive, openDiagnosis, openCare } = words.actions
  if (kind.startsWith('archive.')) return { label: openArchive, to: '/archive' }
  if (kind.startsWith('care.')) return { label: openCare, to: '/care' }
  if (kind.startsWith('diagnostics.')) return { label: openDiagnosis, to: `/diagnose/${runId}` }
  return null
}
