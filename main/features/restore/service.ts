import { v7 as uuid } from 'uuid'
import { AppError } from '../../../core/errors.ts'
import { describeRestore } from '../../../core/restore/outcomes.ts'
import type { RestorePreview, RestoreReport, RestoreRequest } from '../../../core/restore/types.ts'
import type { Publish } from '../../../core/contract/index.ts'
import type { DbClient } from '../../../db/client.ts'
import type { Clock } from '../../lib/clock.ts'
import type { ArchiveService } from '../archive/index.ts'
import type { Jobs, Run } from '../jobs/index.ts'
import { previewRestore } from './run/plan.ts'
import { runRestore } from './run/restore.ts'
import { createTurns } from './turns.ts'
import { undoRestore } from './undo.ts'
import { itemKey } from './run/types.ts'
import type { Ledger } from './run/types.ts'
import { following } from './following.ts'
import { openTarget } from './targets.ts'
import type { OpenableTarget, Pauses, TargetDeps } from './targets.ts'

/** What restores are built from. */
export interface RestoreDeps extends TargetDeps {
  readonly db: DbClient
  readonly jobs: Jobs
  readonly publish: Publish
  readonly clock: Clock
  readonly archives: Pick<ArchiveService, 'find' | 'withSource'>
  readonly pauses: Pauses
}

/** A restore that has begun. */
export interface BegunRestore {
  readonly restoreId: string
  readonly runId: string
}

/** Restores as jobs, and the way back. One target takes one restore at a time. */
export function createRestores(deps: RestoreDeps) {
  const startJob = createTurns(deps.jobs)
  const begin = async (
    request: RestoreRequest,
    dryRun: boolean,
    restoreId: string,
  ): Promise<BegunRestore> => {
    const { archiveId, name: archiveName } = await deps.archives.find(request.archiveId)
    const target = await openTarget(deps, request.target)
    const title = `${dryRun ? 'Try a restore of' : 'Restore'} “${archiveName}” to ${target.name}`
    const named = { targetKey: target.key, targetName: target.name, startedAtMs: deps.clock.nowMs() }
    const note = async (runId: string) => {
      await deps.db.restore.putRestore({
        restoreId,
        request,
        dryRun,
        archiveId,
        archiveName,
        runId,
        ...named,
      })
      deps.publish('restore.changed', { restoreId, archiveId })
    }
    const { runId } = await startJob(target, { kind: 'restore.start', title, pausable: true }, note, (run) =>
      restore(deps, run, target, request, dryRun, restoreId),
    )
    return { restoreId, runId }
  }
  return {
    preview: (request: RestoreRequest, signal: AbortSignal) => preview(deps, request, signal),
    start: (request: RestoreRequest, dryRun: boolean) => begin(request, dryRun, uuid()),
    resume: async (restoreId: string) => {
      const { request, dryRun } = await findRestore(deps, restoreId)
      return begin(request, dryRun, restoreId)
    },
    undo: async (restoreId: string) => {
      const { request, archiveId, targetName } = await findRestore(deps, restoreId)
      const target = await openTarget(deps, request.target)
      const title = `Remove from ${targetName} what a restore added`
      const nothing = () => Promise.resolve()
      return startJob(target, { kind: 'restore.undo', title, pausable: false }, nothing, async (run) => {
        try {
          return await undoRestore(deps, run, target, restoreId)
        } finally {
          deps.publish('restore.changed', { restoreId, archiveId })
        }
      })
    },
  }
}

async function findRestore(deps: RestoreDeps, restoreId: string) {
  const found = await deps.db.restore.getRestore(restoreId)
  if (found === null) throw new AppError('record.not_found', { details: { what: 'restore' } })
  return found.summary
}

async function preview(
  deps: RestoreDeps,
  request: RestoreRequest,
  signal: AbortSignal,
): Promise<RestorePreview> {
  const openable = await openTarget(deps, request.target)
  const target = await openable.connect(signal)
  try {
    const { selection, options } = request
    return await deps.archives.withSource(request.archiveId, (source) =>
      previewRestore(
        source,
        target,
        { selection, leaveOutGone: options.leaveOutGone, options },
        openable.name,
      ),
    )
  } finally {
    await target.close()
  }
}

async function restore(
  deps: RestoreDeps,
  run: Run,
  target: OpenableTarget,
  request: RestoreRequest,
  dryRun: boolean,
  restoreId: string,
): Promise<string> {
  const { archiveId, selection, options } = request
  const ledger = await openLedger(deps, target, restoreId)
  let report: RestoreReport | null = null
  try {
    report = await deps.archives.withSource(archiveId, (source) =>
      runRestore(
        {
          source,
          connect: () => target.connect(run.signal),
          ledger,
          connections: target.connections,
          ...following(run, deps.pauses),
          ...deps.clock,
        },
        { selection, leaveOutGone: options.leaveOutGone, options, dryRun },
      ),
    )
    return describeRestore(report)
  } finally {
    const state = report === null || report.stopped !== null ? 'stopped' : 'done'
    await deps.db.restore.endRestore({ restoreId, state, endedAtMs: deps.clock.nowMs(), report })
    deps.publish('restore.changed', { restoreId, archiveId })
  }
}

async function openLedger(deps: RestoreDeps, target: OpenableTarget, restoreId: string): Promise<Ledger> {
  const earlier = await deps.db.restore.listRestoredKeys(restoreId)
  return {
    earlier: new Set(earlier.map(({ occurrenceId, targetFolder }) => itemKey(occurrenceId, targetFolder))),
    known: async (folder, uidValidity) => {
      const known = await deps.db.restore.listLedger(target.key, folder, uidValidity)
      return new Map(known.map(({ uid, sha256 }) => [uid, sha256]))
    },
    note: (items) => deps.db.restore.putRestoreItems(restoreId, items),
  }
}
