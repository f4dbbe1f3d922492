import { resolve } from 'node:path'
import { v7 as uuid } from 'uuid'
import { describeCopy } from '../../../../core/archive/safety-outcomes.ts'
import type { CopyReport } from '../../../../core/archive/reports.ts'
import type { ArchiveCopy } from '../../../../core/archive/safety-endpoints.ts'
import { AppError } from '../../../../core/errors.ts'
import { describeError } from '../../../../core/error-text.ts'
import type { KnownArchive } from '../../../../db/queries/archive.ts'
import type { KnownCopy } from '../../../../db/queries/archive-safety.ts'
import type { Run } from '../../jobs/index.ts'
import { following, keep, work } from '../runs.ts'
import type { Started } from '../runs.ts'
import type { ArchiveThread } from '../worker/functions.ts'
import { enterHistory } from './history.ts'
import type { SafetyDeps } from './ports.ts'

/** The copy and its archive. Errors: `record.not_found`. */
export async function findCopy(deps: SafetyDeps, copyId: string) {
  const copy = await deps.db.archiveSafety.getArchiveCopy(copyId)
  if (copy === null) throw new AppError('record.not_found', { details: { what: 'second copy' } })
  return { copy, archive: await deps.registry.find(copy.archiveId) }
}

/** Copies of an archive and how each stands, by what is there right now. */
export async function listCopies(deps: SafetyDeps, archive: KnownArchive): Promise<readonly ArchiveCopy[]> {
  const known = await deps.db.archiveSafety.listArchiveCopies(archive.archiveId)
  return Promise.all(known.map((copy) => summarizeCopy(deps, archive, copy)))
}

/** How a copy stands. What its last check found counts until it is mended. */
export async function summarizeCopy(
  { reader }: SafetyDeps,
  archive: KnownArchive,
  copy: KnownCopy,
): Promise<ArchiveCopy> {
  const standing = await reader().call('lookAtCopy', [archive.path, copy.path, expected(copy)])
  const behindBytes =
    standing.state === 'behind' ? standing.behindBytes : standing.state === 'in_step' ? 0 : null
  const isThere = standing.state === 'in_step' || standing.state === 'behind'
  const state = isThere && (copy.damagedPlaces ?? 0) > 0 ? 'damaged' : standing.state
  return { ...copy, state, behindBytes }
}

/** Begins a copy: makes its folder and remembers it. The bytes come with the first `syncCopy`. */
export async function addCopy(
  deps: SafetyDeps,
  archive: KnownArchive,
  path: string,
  automatic: boolean,
): Promise<ArchiveCopy> {
  if (archive.kind === 'bundle') throw new AppError('archive.read_only')
  const { db, clock, reader } = deps
  const { archiveId } = archive
  const { copyId } = await reader().call('beginCopy', [archive.path, resolve(path), uuid()])
  const never = { syncedAtMs: null, verifiedAtMs: null, damagedPlaces: null }
  const copy = { copyId, archiveId, path: resolve(path), createdAtMs: clock.nowMs(), automatic, ...never }
  await db.archiveSafety.putArchiveCopy(copy)
  await noteCopy(deps, archive, copyId, `begun at ${copy.path}`)
  return summarizeCopy(deps, archive, copy)
}

/** Brings a copy up to date. */
export function startSync(deps: SafetyDeps, archive: KnownArchive, copy: KnownCopy, mend: boolean): Started {
  const title = `Second copy of “${archive.name}” at ${copy.path}`
  return work(deps, 'archive.syncCopy', title, async (run, thread) => {
    const report = await syncCopy(deps, archive, copy, mend, run, thread)
    await keep(deps, run.runId, archive.archiveId, report)
    return describeCopy(report)
  })
}

/** Reads every byte of a copy. */
export function startCopyCheck(deps: SafetyDeps, archive: KnownArchive, copy: KnownCopy): Started {
  const title = `Check the second copy of “${archive.name}” at ${copy.path}`
  return work(deps, 'archive.verifyCopy', title, async (run, thread) => {
    const { copyId, path } = copy
    await refuseOtherPlace(deps, archive, copy)
    const { bytes, ledgerSeq, problems } = await thread.call('checkCopy', [path], following(run, 'bytes'))
    const verifiedAtMs = deps.clock.nowMs()
    await deps.db.archiveSafety.putArchiveCopy({ ...copy, verifiedAtMs, damagedPlaces: problems.length })
    const nothing = { replacedPacks: 0, mended: 0 }
    const report: CopyReport = {
      kind: 'copy',
      what: 'verify',
      copyId,
      path,
      bytes,
      ledgerSeq,
      ...nothing,
      problems: [...problems],
    }
    await keep(deps, run.runId, archive.archiveId, report)
    return describeCopy(report)
  })
}

/** Brings every copy of an archive up to date, one after the other; one that fails does not stop the others. */
export function startSyncAll(deps: SafetyDeps, archive: KnownArchive): Started {
  const title = `Second copies of “${archive.name}”`
  return work(deps, 'archive.syncCopies', title, async (run) => {
    const copies = await deps.db.archiveSafety.listArchiveCopies(archive.archiveId)
    if (copies.length === 0) return 'This archive has no second copy.'
    const said: string[] = []
    for (const copy of copies) said.push(await tryCopy(deps, archive, copy, run))
    return said.join(' ')
  })
}

/** Brings the copies up to date that are to follow by themselves; says what came of it, and nothing without any. */
export async function keepInStep(deps: SafetyDeps, archive: KnownArchive, run: Run): Promise<string> {
  const copies = await deps.db.archiveSafety.listArchiveCopies(archive.archiveId)
  const said: string[] = []
  for (const copy of copies.filter(({ automatic }) => automatic))
    said.push(await tryCopy(deps, archive, copy, run))
  return said.join(' ')
}

async function tryCopy(deps: SafetyDeps, archive: KnownArchive, copy: KnownCopy, run: Run): Promise<string> {
  try {
    const report = await deps.inThread((thread) => syncCopy(deps, archive, copy, false, run, thread))
    deps.publish('archive.changed', { archiveId: archive.archiveId })
    return `Second copy at ${copy.path}: ${describeCopy(report)}`
  } catch (error) {
    if (!(error instanceof AppError) || run.signal.aborted) throw error
    return `Second copy at ${copy.path}: not brought up to date. ${describeError(error.code, error.details).sentence}`
  }
}

async function syncCopy(
  deps: SafetyDeps,
  archive: KnownArchive,
  copy: KnownCopy,
  mend: boolean,
  run: Run,
  thread: ArchiveThread,
): Promise<CopyReport> {
  const { copyId, path } = copy
  const call = following(run, 'bytes')
  const synced = await thread.call('syncCopy', [archive.path, path, expected(copy)], call)
  const repaired = mend
    ? await thread.call('mendCopy', [archive.path, path], call)
    : { mended: 0, problems: [] }
  const syncedAtMs = deps.clock.nowMs()
  const checked = mend ? { verifiedAtMs: syncedAtMs, damagedPlaces: repaired.problems.length } : {}
  // Asked for anew: it may have been taken off the list meanwhile.
  const now = await deps.db.archiveSafety.getArchiveCopy(copyId)
  if (now !== null) await deps.db.archiveSafety.putArchiveCopy({ ...now, syncedAtMs, ...checked })
  return {
    ...{ kind: 'copy', what: 'sync', copyId, path },
    ...{ bytes: synced.bytes, replacedPacks: synced.replacedPacks, ledgerSeq: synced.ledgerSeq },
    mended: synced.mended + repaired.mended,
    problems: [...synced.problems, ...repaired.problems],
  }
}

/** Takes a copy off the list, with its files when that is wished. */
export async function removeCopy(deps: SafetyDeps, copyId: string, deleteFiles: boolean): Promise<void> {
  const { copy, archive } = await findCopy(deps, copyId)
  if (deleteFiles) {
    await refuseOtherPlace(deps, archive, copy)
    await deps.reader().call('deleteCopy', [copy.path])
  }
  await deps.db.archiveSafety.removeArchiveCopy(copyId)
  await noteCopy(
    deps,
    archive,
    copyId,
    deleteFiles ? `deleted at ${copy.path}` : `${copy.path} is no longer kept up`,
  )
}

/** Nothing is read as a copy, or deleted, in a place where something else is. */
async function refuseOtherPlace(
  { reader }: SafetyDeps,
  archive: KnownArchive,
  copy: KnownCopy,
): Promise<void> {
  const { state } = await reader().call('lookAtCopy', [archive.path, copy.path, expected(copy)])
  const details = { file: copy.path }
  if (state === 'not_reachable') throw new AppError('file.not_found', { details, retryable: true })
  if (state === 'wrong_disk') throw new AppError('archive.copy_elsewhere', { details })
}

/** The history names the copies; who writes to the archive right now is not waited for. */
async function noteCopy(
  deps: SafetyDeps,
  archive: KnownArchive,
  copyId: string,
  what: string,
): Promise<void> {
  try {
    await enterHistory(deps, archive, { kind: 'copied', copyId, what, details: {} })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    deps.publish('archive.changed', { archiveId: archive.archiveId })
  }
}

const expected = ({ copyId, archiveId }: KnownCopy) => ({ copyId, archiveId })
