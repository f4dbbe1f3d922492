import type { Mailbox } from '../../../core/accounts/types.ts'
import { describePull } from '../../../core/archive/outcomes.ts'
import { providerLimitsOf } from '../../../core/archive/provider-limits.ts'
import { describeWait } from '../../../core/archive/waits.ts'
import type { PullWait } from '../../../core/archive/waits.ts'
import { AppError } from '../../../core/errors.ts'
import type { KnownArchive } from '../../../db/queries/archive.ts'
import type { Run } from '../jobs/index.ts'
import { openBudget } from './pull/budget.ts'
import type { Budget } from './pull/budget.ts'
import { systemPullClock } from './pull/patience.ts'
import type { PullClock } from './pull/patience.ts'
import { pullMailbox } from './pull/pull.ts'
import type { PullDeps } from './pull/pull.ts'
import { keep, workOn } from './runs.ts'
import type { RunsDeps, Started } from './runs.ts'
import type { ArchiveThread } from './worker/functions.ts'

const publishEveryMs = 2_000

/** Starts to archive a mailbox. Errors at once: `archive.read_only`, `secret.missing`, `record.not_found`. */
export async function startPull(
  deps: RunsDeps,
  archive: KnownArchive,
  mailboxId: string,
  folders: readonly string[] | null,
): Started {
  if (archive.kind === 'bundle') throw new AppError('archive.read_only')
  // Opened here as well, so that a missing password is said at once and not by a job that fails.
  const { mailbox } = await deps.mailboxes.open(mailboxId)
  const title = `Archive ${mailbox.address}`
  const request = { kind: 'archive.pull', title, pausable: true }
  return workOn(deps, archive, request, (run, thread) => pull(deps, archive, mailbox, folders, run, thread))
}

async function pull(
  deps: RunsDeps,
  archive: KnownArchive,
  mailbox: Mailbox,
  folders: readonly string[] | null,
  run: Run,
  thread: ArchiveThread,
): Promise<string> {
  await thread.call('openWriter', [archive.path, false])
  const clock: PullClock = { ...systemPullClock, nowMs: () => deps.clock.nowMs() }
  const progress = followPull(deps, archive.archiveId, run)
  const { mailboxId } = mailbox
  const limits = mailbox.imap === null ? null : providerLimitsOf(mailbox.imap.host)
  const onWait = (wait: PullWait | null) => progress.waits(wait)
  const budget = await openBudget({ db: deps.db, mailboxId, limits, clock, signal: run.signal, onWait })
  const pullDeps = { thread, clock, onWait, ...connecting(deps, mailbox, run), ...spending(run, budget) }
  const request = { source: mailbox.address.toLowerCase(), folders }
  const { report, ended } = await pullMailbox({ ...pullDeps, onProgress: progress.moves }, request)
  await budget.save()
  await keep(deps, run.runId, archive.archiveId, report)
  if (ended !== null) throw ended
  return describePull(report)
}

function connecting(deps: RunsDeps, mailbox: Mailbox, { signal }: Run): Pick<PullDeps, 'connect' | 'signal'> {
  return {
    signal,
    connect: async (wishes) => {
      // Asked for anew at each connection: a password may be corrected and a token renewed while a pull runs.
      const now = await deps.mailboxes.open(mailbox.mailboxId)
      return deps.connect(now.mailbox, now.secret, signal, wishes)
    },
  }
}

function spending(run: Run, budget: Budget): Pick<PullDeps, 'checkpoint' | 'received'> {
  return {
    received: budget.received,
    checkpoint: async () => {
      await run.checkpoint()
      await budget.ready()
    },
  }
}

/** Says in the job how far the pull is and what it waits for, and tells screens that the archive has grown. */
function followPull(deps: RunsDeps, archiveId: string, run: Run) {
  const { monotonicMs } = deps.clock
  let publishedAtMs = monotonicMs()
  let last = { done: 0, total: null as number | null, unit: 'messages', item: null as string | null }
  return {
    moves: (done: number, total: number, item: string) => {
      last = { done, total, unit: 'messages', item }
      run.progress(last)
      if (monotonicMs() - publishedAtMs < publishEveryMs) return
      publishedAtMs = monotonicMs()
      deps.publish('archive.changed', { archiveId })
    },
    waits: (wait: PullWait | null) => {
      const item = wait === null ? last.item : describeWait(wait, deps.clock.nowMs())
      run.progress({ ...last, item })
    },
  }
}
