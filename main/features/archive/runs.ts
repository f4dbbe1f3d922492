import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Mailbox } from '../../../core/accounts/types.ts'
import { safeSegment } from '../../../core/archive/bundle.ts'
import {
  describeBundle,
  describeExport,
  describePull,
  describeRebuild,
  describeVerify,
} from '../../../core/archive/outcomes.ts'
import type { ArchiveReport, RebuildReport } from '../../../core/archive/reports.ts'
import type { ExportFormat, Selection } from '../../../core/archive/types.ts'
import type { Publish } from '../../../core/contract/index.ts'
import { AppError } from '../../../core/errors.ts'
import type { DbClient } from '../../../db/client.ts'
import type { KnownArchive } from '../../../db/queries/archive.ts'
import type { Clock } from '../../lib/clock.ts'
import type { MailboxAccess } from '../accounts/index.ts'
import type { Jobs, Run } from '../jobs/index.ts'
import type { ConnectSource } from './ports.ts'
import { pullMailbox } from './pull/pull.ts'
import { translateFileError } from './store/file-error.ts'
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
}

/** What to export and where to. */
export interface ExportRequest {
  readonly selection: Selection
  readonly format: ExportFormat
  readonly destination: string | null
  readonly note: string
}

type Started = Promise<{ readonly runId: string }>

const publishEveryMs = 2_000

/** Pull, verify, rebuild, export and bundle check as jobs; each keeps its report as evidence. */
export function createRuns(deps: RunsDeps) {
  return {
    pull: (archive: KnownArchive, mailboxId: string, folders: readonly string[] | null) =>
      startPull(deps, archive, mailboxId, folders),
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
    export: (archive: KnownArchive, request: ExportRequest) => startExport(deps, archive, request),
    verifyBundle: (path: string): Started =>
      work(deps, 'archive.verifyBundle', `Verify bundle ${path}`, async (run, thread) => {
        const report = await thread.call('verifyBundle', [resolve(path)], following(run, 'messages'))
        await keep(deps, run.runId, null, report)
        return describeBundle(report)
      }),
  }
}

function work(
  deps: RunsDeps,
  kind: string,
  title: string,
  body: (run: Run, thread: ArchiveThread) => Promise<string>,
  pausable = false,
): Started {
  return deps.jobs.start({ kind, title, pausable }, (run) => deps.inThread((thread) => body(run, thread)))
}

function following(run: Run, unit: string) {
  return {
    signal: run.signal,
    onProgress: (done: number, total: number | null) => {
      run.progress({ done, total, unit })
    },
  }
}

async function keep(
  deps: RunsDeps,
  runId: string,
  archiveId: string | null,
  report: ArchiveReport,
): Promise<void> {
  await deps.db.archive.putArchiveReport({ runId, archiveId, endedAtMs: deps.clock.nowMs(), report })
  deps.publish('archive.reported', { runId, archiveId })
  if (archiveId !== null) deps.publish('archive.changed', { archiveId })
}

async function startExport(deps: RunsDeps, archive: KnownArchive, request: ExportRequest) {
  const createdAtMs = deps.clock.nowMs()
  const path = chooseFile(deps.dataDir, archive.name, request.destination, createdAtMs)
  const { selection, format, note } = request
  const createdBy = `Mail Desk ${deps.version}`
  const { runId } = await work(
    deps,
    'archive.export',
    `Export from “${archive.name}”`,
    async (run, thread) => {
      const options = { selection, format, file: path, note, createdBy, createdAtMs }
      const report = await thread.call('exportBundle', [archive.path, options], following(run, 'messages'))
      await keep(deps, run.runId, archive.archiveId, report)
      return describeExport(report)
    },
  )
  return { runId, path }
}

async function startPull(
  deps: RunsDeps,
  archive: KnownArchive,
  mailboxId: string,
  folders: readonly string[] | null,
): Started {
  if (archive.kind === 'bundle') throw new AppError('archive.read_only')
  // Opened here as well, so that a missing password is said at once and not by a job that fails.
  const { mailbox } = await deps.mailboxes.open(mailboxId)
  const title = `Archive ${mailbox.address}`
  return work(
    deps,
    'archive.pull',
    title,
    (run, thread) => pull(deps, archive, mailbox, folders, run, thread),
    true,
  )
}

async function pull(
  deps: RunsDeps,
  archive: KnownArchive,
  mailbox: Mailbox,
  folders: readonly string[] | null,
  run: Run,
  thread: ArchiveThread,
): Promise<string> {
  const { archiveId, path } = archive
  const { signal } = run
  const { monotonicMs, nowMs } = deps.clock
  await thread.call('openWriter', [path, false])
  let publishedAtMs = monotonicMs()
  const onProgress = (done: number, total: number, item: string) => {
    run.progress({ done, total, unit: 'messages', item })
    if (monotonicMs() - publishedAtMs < publishEveryMs) return
    publishedAtMs = monotonicMs()
    deps.publish('archive.changed', { archiveId })
  }
  const connect = async () => {
    // Asked for anew at each connection: a password may be corrected and a token renewed while a pull runs.
    const now = await deps.mailboxes.open(mailbox.mailboxId)
    return deps.connect(now.mailbox, now.secret, signal)
  }
  const pullDeps = { thread, connect, nowMs, signal, checkpoint: () => run.checkpoint(), onProgress }
  const { report, ended } = await pullMailbox(pullDeps, { source: mailbox.address.toLowerCase(), folders })
  await keep(deps, run.runId, archiveId, report)
  if (ended !== null) throw ended
  return describePull(report)
}

/** The bundle's file: named, in a named folder, or in the desk's own; never one that is there already. */
function chooseFile(dataDir: string, archiveName: string, destination: string | null, atMs: number): string {
  const stamp = new Date(atMs).toISOString().slice(0, 19).replaceAll(':', '').replace('T', ' ')
  const name = `${safeSegment(archiveName)} ${stamp}.zip`
  const named = destination === null ? join(dataDir, 'exports') : resolve(destination)
  const isFolder = destination === null || (existsSync(named) && statSync(named).isDirectory())
  const file = isFolder ? join(named, name) : named
  try {
    mkdirSync(dirname(file), { recursive: true })
  } catch (error) {
    throw translateFileError(error, dirname(file))
  }
  if (existsSync(file)) throw new AppError('record.conflict', { details: { what: 'file', file } })
  return file
}
