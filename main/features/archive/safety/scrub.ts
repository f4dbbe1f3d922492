import { describeScrub } from '../../../../core/archive/safety-outcomes.ts'
import type { ScrubReport } from '../../../../core/archive/reports.ts'
import { AppError } from '../../../../core/errors.ts'
import type { KnownArchive } from '../../../../db/queries/archive.ts'
import type { ScrubPosition } from '../../../../db/queries/archive-safety.ts'
import type { Run } from '../../jobs/index.ts'
import { following, keep, work } from '../runs.ts'
import type { Started } from '../runs.ts'
import type { ScrubStep } from '../store/scrub.ts'
import type { ArchiveThread } from '../worker/functions.ts'
import { enterHistory } from './history.ts'
import type { SafetyDeps } from './ports.ts'

/** How fast and for how long a scrub reads; null: without limit. */
export interface ScrubWish {
  readonly bytesPerSecond: number | null
  readonly forMinutes: number | null
}

/** Starts a scrub, or goes on with one that is not finished. */
export function startScrub(deps: SafetyDeps, archive: KnownArchive, wish: ScrubWish): Started {
  const title = `Scrub archive “${archive.name}”`
  return work(deps, 'archive.scrub', title, (run, thread) => scrub(deps, archive, wish, run, thread), true)
}

async function scrub(
  deps: SafetyDeps,
  archive: KnownArchive,
  wish: ScrubWish,
  run: Run,
  thread: ArchiveThread,
): Promise<string> {
  const { db, clock } = deps
  const { archiveId } = archive
  const endsAtMs = wish.forMinutes === null ? Infinity : clock.monotonicMs() + wish.forMinutes * 60_000
  let position = await db.archiveSafety.getScrub(archiveId)
  for (;;) {
    await run.checkpoint()
    const step = await nextStep(archive, position, wish, run, thread)
    const now = advance(archiveId, position, step, clock.nowMs())
    if (step.next === null) return finish(deps, archive, now, step, run)
    // Every stretch is kept: a scrub that is stopped, by whomever, loses at most one.
    await db.archiveSafety.putScrub({ ...now, ...step.next })
    position = { ...now, ...step.next }
    if (clock.monotonicMs() >= endsAtMs) return describeScrub(null, position.bytesDone, step.totalBytes)
  }
}

async function nextStep(
  archive: KnownArchive,
  position: ScrubPosition | null,
  wish: ScrubWish,
  run: Run,
  thread: ArchiveThread,
): Promise<ScrubStep> {
  const done = position?.bytesDone ?? 0
  const { signal } = following(run, 'bytes')
  const from =
    position === null
      ? null
      : { pack: position.pack, generation: position.generation, nextByte: position.nextByte }
  return thread.call('scrubNext', [archive.path, from, wish.bytesPerSecond], {
    signal,
    onProgress: (bytes) => run.progress({ done: done + bytes, total: null, unit: 'bytes' }),
  })
}

function advance(
  archiveId: string,
  before: ScrubPosition | null,
  { checked }: ScrubStep,
  nowMs: number,
): ScrubPosition {
  return {
    archiveId,
    startedAtMs: before?.startedAtMs ?? nowMs,
    pack: before?.pack ?? 0,
    generation: before?.generation ?? 0,
    nextByte: before?.nextByte ?? 0,
    messages: (before?.messages ?? 0) + checked.messages,
    mailBytes: (before?.mailBytes ?? 0) + checked.mailBytes,
    bytesDone: (before?.bytesDone ?? 0) + checked.packBytes,
    segments: (before?.segments ?? 0) + checked.segments,
    damage: [...(before?.damage ?? []), ...checked.damage],
  }
}

async function finish(
  deps: SafetyDeps,
  archive: KnownArchive,
  { startedAtMs, messages, mailBytes, bytesDone, segments, damage }: ScrubPosition,
  { checked, beside }: ScrubStep,
  run: Run,
): Promise<string> {
  const report: ScrubReport = {
    kind: 'scrub',
    startedAtMs,
    ...{ messages, mailBytes, segments, packBytes: bytesDone },
    packs: checked.packs,
    damage: [...damage, ...beside.damage],
    ledgerProblems: [...beside.ledgerProblems],
    unattestedBytes: checked.unattestedBytes,
    settled: checked.settled,
  }
  await deps.db.archiveSafety.removeScrub(archive.archiveId)
  const noted = await note(deps, archive, report)
  await keep(deps, run.runId, archive.archiveId, report)
  return `${describeScrub(report, bytesDone, bytesDone)}${noted}`
}

/** Enters the result into the history; who writes to the archive meanwhile is not waited for. */
async function note(deps: SafetyDeps, archive: KnownArchive, report: ScrubReport): Promise<string> {
  if (archive.kind === 'bundle') return ''
  const { packBytes: bytes, damage } = report
  try {
    await enterHistory(deps, archive, { kind: 'scrubbed', bytes, damage: damage.length })
    return ''
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const why = error.code === 'archive.busy' ? 'another program is writing to it' : 'it cannot be written to'
    return ` The archive's history has no line of this: ${why}.`
  }
}
