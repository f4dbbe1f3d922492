import { describeRebuild, describeVerify } from '../../../core/archive/outcomes.ts'
import type { ArchiveReport, RebuildReport } from '../../../core/archive/reports.ts'
import type { Publish } from '../../../core/contract/index.ts'
import type { DbClient } from '../../../db/client.ts'
import type { KnownArchive } from '../../../db/queries/archive.ts'
import type { Clock } from '../../lib/clock.ts'
import type { MailboxAccess } from '../accounts/index.ts'
import type { JobRequest, Jobs, Run } from '../jobs/index.ts'
import type { ConnectSource } from './ports.ts'
import type { ArchiveThread } from './worker/functions.ts'

/** What the archive's long work needs. */
export interface RunsDeps {
  readonly db: DbClient
  readonly jobs: Jobs
  readonly publish: Publish
  readonly clock: Clock
  readonly dataDir: string
  readonly version: string
  readonly mailboxes: MailboxAccess
  readonly connect: ConnectSource
  readonly reader: () => ArchiveThread
  readonly inThread: <T>(work: (thread: ArchiveThread) => Promise<T>) => Promise<T>
  /** Brings the second copies up to date that follow by themselves; says what came of it, if there are any. */
  readonly keepInStep: (archive: KnownArchive, run: Run) => Promise<string>
}

/** Long work that has begun. */
export type Started = Promise<{ readonly runId: string }>

/** Verify and rebuild as jobs; each keeps its report as evidence. */
export function createRuns(deps: RunsDeps) {
  return {
    verify: (archive: KnownArchive): Started =>
      work(deps, 'archive.verify', `Verify archive “${archive.name}”`, async (run, thread) => {
        const report = await thread.call('verify', [archive.path], following(run, 'messages'))
        await keep(deps, run.runId, archive.archiveId, report)
        return describeVerify(report)
      }),
    rebuild: (archive: KnownArchive): Started =>
      work(deps, 'archive.rebuildIndex', `Rebuild the index of “${archive.name}”`, async (run, thread) => {
        await deps.reader().call('closeReader', [archive.path])
        const { damage } = await thread.call('openWriter', [archive.path, true], following(run, 'records'))
        const { messages, occurrences } = await thread.call('countIndexed', [])
        // Whoever looked meanwhile may have opened the index that is gone.
        await deps.reader().call('closeReader', [archive.path])
        const report: RebuildReport = { kind: 'rebuild', messages, occurrences, damage: [...damage] }
        await keep(deps, run.runId, archive.archiveId, report)
        return describeRebuild(report)
      }),
  }
}

/** A run in a thread of its own. */
export function work(
  deps: RunsDeps,
  kind: string,
  title: string,
  body: (run: Run, thread: ArchiveThread) => Promise<string>,
  pausable = false,
): Started {
  return deps.jobs.start({ kind, title, pausable }, (run) => deps.inThread((thread) => body(run, thread)))
}

/** A run that changes an archive: its second copies follow in the same run, once the archive is let go of. */
export function workOn(
  deps: RunsDeps,
  archive: KnownArchive,
  request: JobRequest,
  body: (run: Run, thread: ArchiveThread) => Promise<string>,
): Started {
  return deps.jobs.start(request, async (run) => {
    const outcome = await deps.inThread((thread) => body(run, thread))
    const copies = await deps.keepInStep(archive, run)
    return copies === '' ? outcome : `${outcome} ${copies}`
  })
}

/** A call whose progress is the run's, and which ends with it. */
export function following(run: Run, unit: string) {
  return {
    signal: run.signal,
    onProgress: (done: number, total: number | null) => {
      run.progress({ done, total, unit })
    },
  }
}

/** Keeps a run's report and tells everybody. */
export async function keep(
  deps: RunsDeps,
  runId: string,
  archiveId: string | null,
  report: ArchiveReport,
): Promise<void> {
  await deps.db.archive.putArchiveReport({ runId, archiveId, endedAtMs: deps.clock.nowMs(), report })
  deps.publish('archive.reported', { runId, archiveId })
  if (archiveId !== null) deps.publish('archive.changed', { archiveId })
}
