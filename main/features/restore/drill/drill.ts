import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { AppError } from '../../../../core/errors.ts'
import { describeDrill } from '../../../../core/restore/drill-words.ts'
import type { DrillRequest } from '../../../../core/restore/drill.ts'
import { chooseSample } from '../../../../core/restore/sample.ts'
import type { DrillScratch } from '../../../../db/queries/drills.ts'
import type { ArchiveSource, Restorable, RestorableMessage } from '../../archive/index.ts'
import type { Run } from '../../jobs/index.ts'
import type { Signing } from '../../signing/index.ts'
import type { MailTarget } from '../ports.ts'
import type { Task } from '../run/types.ts'
import { following } from '../following.ts'
import type { RestoreDeps } from '../service.ts'
import { openTarget } from '../targets.ts'
import type { OpenableTarget } from '../targets.ts'
import { cleanUpLeftovers, removeScratch, removeScratchFiles, scratchPrefix } from './cleanup.ts'
import { makeRecord } from './record.ts'
import { signRecord } from './signed.ts'
import { trySample } from './try-sample.ts'

/** What drills are built from. */
export interface DrillDeps extends RestoreDeps {
  readonly signing: Pick<Signing, 'sign'>
  readonly version: string
}

interface Drill {
  readonly drillId: string
  readonly request: DrillRequest
  readonly openable: OpenableTarget
  /** The scratch folder: of the mailbox, or the only folder below the scratch path. */
  readonly folder: string
  readonly scratch: DrillScratch
  readonly startedAtMs: number
}

/** Drills as jobs. */
export function createDrills(deps: DrillDeps) {
  return {
    drill: async (request: DrillRequest): Promise<{ readonly runId: string; readonly drillId: string }> => {
      const archive = await deps.archives.find(request.archiveId)
      const drill = await prepare(deps, request)
      const { drillId, openable, scratch, startedAtMs } = drill
      const title = `Recovery drill of “${archive.name}” in ${openable.name}`
      const noted = Promise.withResolvers<void>()
      const { runId } = await deps.jobs.start(
        { kind: 'restore.drill', title, pausable: false },
        async (run) => {
          await noted.promise
          return perform(deps, run, drill)
        },
      )
      try {
        // Before anything is made: after a crash this says what to remove.
        await deps.db.drills.putDrill({
          ...{ drillId, runId, startedAtMs, scratch },
          archiveId: archive.archiveId,
          targetName: openable.name,
        })
        noted.resolve()
      } catch (error) {
        noted.reject(error)
        throw error
      }
      deps.publish('restore.drillChanged', { drillId, archiveId: archive.archiveId })
      return { runId, drillId }
    },
    cleanUp: (signal: AbortSignal) => cleanUpLeftovers(deps, signal),
  }
}

async function prepare(deps: DrillDeps, request: DrillRequest): Promise<Drill> {
  const drillId = uuid()
  const name = `${scratchPrefix}${drillId.slice(-8)}`
  const startedAtMs = deps.clock.nowMs()
  const { target } = request
  if (target.kind === 'files') {
    const path = join(target.path, name)
    const openable = await openTarget(deps, { ...target, path })
    return { drillId, request, openable, folder: 'sample', scratch: { kind: 'files', path }, startedAtMs }
  }
  const openable = await openTarget(deps, target)
  const connection = await openable.connect(new AbortController().signal)
  try {
    const folder = `${(await connection.names()).namespace}${name}`
    const scratch = { kind: 'mailbox', mailboxId: target.mailboxId, folder } as const
    return { drillId, request, openable, folder, scratch, startedAtMs }
  } finally {
    await connection.close()
  }
}

async function perform(deps: DrillDeps, run: Run, drill: Drill): Promise<string> {
  const { drillId, request } = drill
  await cleanUpLeftovers(deps, run.signal)
  let signed = null
  try {
    const made = await deps.archives.withSource(request.archiveId, (source) =>
      measure(deps, run, drill, source),
    )
    const cleanedUp = await cleanUp(deps, drill)
    const record = makeRecord({ ...made, cleanedUp, endedAtMs: deps.clock.nowMs() })
    signed = await signRecord(record, deps.signing)
    return describeDrill(record)
  } finally {
    if (signed === null) await cleanUp(deps, drill)
    await deps.db.drills.endDrill({ drillId, endedAtMs: deps.clock.nowMs(), signed })
    deps.publish('restore.drillChanged', { drillId, archiveId: request.archiveId })
  }
}

async function measure(deps: DrillDeps, run: Run, drill: Drill, source: ArchiveSource) {
  const { drillId, request, openable, folder, startedAtMs } = drill
  const seed = request.seed ?? randomInt(0, 4_294_967_295)
  const tasks = await chooseTasks(source, request.sampleCount, seed, folder)
  if (tasks.length === 0) throw new AppError('restore.nothing_to_try')
  await withTarget(openable, run.signal, async (target) => {
    const refusal = await target.createFolder(folder)
    if (refusal !== null)
      throw new AppError('restore.folder_refused', { details: { folder, response: refusal.words } })
  })
  const tried = await trySample(
    {
      source,
      connect: () => openable.connect(run.signal),
      connections: openable.connections,
      ...following(run, deps.pauses),
      ...deps.clock,
    },
    folder,
    tasks,
  )
  const { archiveId, name } = source.archive
  return {
    ...{ drillId, request, seed, startedAtMs, tasks, tried },
    madeBy: `Mail Desk ${deps.version}`,
    archive: { archiveId, name, ...(await countAll(source)) },
    target: targetOf(drill),
    coverage: await source.coverage(),
  }
}

function targetOf({ request, openable, folder }: Drill) {
  const { target } = request
  return target.kind === 'files'
    ? { kind: target.kind, name: target.path, scratch: openable.name }
    : { kind: target.kind, name: openable.name, scratch: folder }
}

const everything: Restorable = { selection: { kind: 'folders', folderIds: [] }, leaveOutGone: false }

/** Every message in every folder: what a restore of the whole would have to put there. */
async function countAll(source: ArchiveSource) {
  const folders = await source.folders(everything)
  return {
    messages: folders.reduce((sum, { messageCount }) => sum + messageCount, 0),
    mailBytes: folders.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  }
}

async function chooseTasks(
  source: ArchiveSource,
  sampleCount: number | null,
  seed: number,
  targetFolder: string,
): Promise<readonly Task[]> {
  const all: { readonly message: RestorableMessage; readonly source: string; readonly path: string }[] = []
  for (const folder of await source.folders(everything))
    for (const message of await source.messages(everything, folder.folderId))
      all.push({ message, source: folder.source, path: folder.path })
  const byId = new Map(all.map((one) => [one.message.occurrenceId, one]))
  const chosen =
    sampleCount === null
      ? all
      : chooseSample(
          all.map(({ message }) => message),
          { count: sampleCount, seed },
        ).flatMap(({ message }) => byId.get(message.occurrenceId) ?? [])
  return chosen.map((one) => {
    const { sha256, sizeBytes, internalDateMs, flags, messageId } = one.message
    return {
      ...one,
      targetFolder,
      flags,
      sha256,
      sizeBytes,
      internalDateMs,
      messageId: messageId?.trim() ?? null,
    }
  })
}

/** Removes the scratch folder. What cannot be removed now is removed at the next start or by the next drill. */
async function cleanUp(deps: DrillDeps, { drillId, openable, scratch }: Drill): Promise<boolean> {
  try {
    // Not the run's own signal: what a cancelled drill has made is removed as well.
    const signal = AbortSignal.timeout(cleanUpWithinMs)
    if (scratch.kind === 'files') removeScratchFiles(scratch.path)
    else if (!(await withTarget(openable, signal, (target) => removeScratch(target, scratch.folder))))
      return false
    await deps.db.drills.markCleanedUp(drillId)
    return true
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return false
  }
}

const cleanUpWithinMs = 60_000

async function withTarget<T>(
  openable: OpenableTarget,
  signal: AbortSignal,
  work: (target: MailTarget) => Promise<T>,
): Promise<T> {
  const target = await openable.connect(signal)
  try {
    return await work(target)
  } finally {
    await target.close()
  }
}
