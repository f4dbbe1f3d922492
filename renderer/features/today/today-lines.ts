import type { OutputOf } from '../../../core/contract/index.ts'
import { todayWords as words } from '../../i18n/today.ts'
import type { Verdict } from '../../ui/index.ts'

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
  readonly nowMs: number
}

const dayMs = 86_400_000

/** The lines, gravest first. */
export function todayLines(facts: TodayFacts): readonly TodayLine[] {
  const lines = [...ticketLines(facts), ...secretLines(facts), ...jobLines(facts)]
  return [...lines.filter((line) => line.state === 'fail'), ...lines.filter((line) => line.state !== 'fail')]
}

function ticketLines({ counts, helpdeskMailboxId }: TodayFacts): readonly TodayLine[] {
  if (counts === undefined) return []
  const soon = counts.breaching - counts.overdue
  const { actions } = words
  const waitsForMailbox = helpdeskMailboxId === null
  const lines: readonly (TodayLine & { readonly count: number })[] = [
    {
      id: 'overdue',
      count: counts.overdue,
      state: 'fail',
      text: words.overdue(counts.overdue),
      detail: words.overdueDetail,
      action: { label: actions.openQueue, to: '/queue?view=breaching' },
    },
    {
      id: 'replies-failed',
      count: counts.repliesFailed,
      state: 'fail',
      text: words.repliesFailed(counts.repliesFailed),
      detail: words.repliesFailedDetail,
      action: { label: actions.review, to: '/queue' },
    },
    {
      id: 'breaching',
      count: soon,
      state: 'warning',
      text: words.breaching(soon),
      detail: words.breachingDetail,
      action: { label: actions.openQueue, to: '/queue?view=breaching' },
    },
    {
      id: 'unassigned',
      count: counts.unassigned,
      state: 'warning',
      text: words.unassigned(counts.unassigned),
      detail: words.unassignedDetail,
      action: { label: actions.triage, to: '/queue?view=unassigned' },
    },
    {
      id: 'replies-queued',
      count: counts.repliesQueued,
      state: waitsForMailbox ? 'warning' : 'unknown',
      text: words.repliesQueued(counts.repliesQueued),
      detail: waitsForMailbox ? words.noHelpdeskDetail : words.repliesQueuedDetail,
      action: waitsForMailbox
        ? { label: actions.chooseMailbox, to: '/settings' }
        : { label: actions.review, to: '/queue' },
    },
  ]
  return lines.filter((line) => line.count > 0).map(({ count: _count, ...line }) => line)
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

function jobLines({ jobs, nowMs }: TodayFacts): readonly TodayLine[] {
  return (jobs ?? [])
    .filter(
      (job) =>
        (job.state === 'failed' || job.state === 'interrupted') && nowMs - (job.endedAtMs ?? nowMs) < dayMs,
    )
    .map((job) => ({
      id: `job-${job.runId}`,
      state: job.state === 'failed' ? 'fail' : 'warning',
      text: job.state === 'failed' ? words.jobFailed(job.title) : words.jobInterrupted(job.title),
      detail: job.outcome ?? '',
      action: null,
    }))
}
