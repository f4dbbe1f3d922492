import type { archiveContract } from '../../../../core/archive/contract.ts'
import type { ArchiveReport } from '../../../../core/archive/reports.ts'
import type { KnownArchive, KeptReport } from '../../../../db/queries/archive.ts'
import type { HandlersOf } from '../../../ipc/handlers.ts'
import type { Run } from '../../jobs/index.ts'
import type { Started } from '../runs.ts'
import {
  addCopy,
  findCopy,
  keepInStep,
  listCopies,
  removeCopy,
  startCopyCheck,
  startSync,
  startSyncAll,
  summarizeCopy,
} from './copies.ts'
import { historyHandlers } from './history.ts'
import type { SafetyDeps } from './ports.ts'
import { promoteCopy } from './promote.ts'
import { startRepair } from './repair.ts'
import { startScrub } from './scrub.ts'
import type { ScrubWish } from './scrub.ts'

type Handlers = HandlersOf<typeof archiveContract>

/** What other features start, on a schedule or behind their own work. */
export interface SafetyService {
  /** Goes on with a scrub that is not finished. */
  readonly scrub: (archiveId: string, wish?: ScrubWish) => Started
  /** Brings all second copies up to date. */
  readonly syncCopies: (archiveId: string) => Started
}

/** History, scrub, second copies and repair of archives. */
export function createSafety(deps: SafetyDeps) {
  const { registry } = deps
  const service: SafetyService = {
    scrub: async (archiveId, wish = { bytesPerSecond: null, forMinutes: null }) =>
      startScrub(deps, await registry.find(archiveId), wish),
    syncCopies: async (archiveId) => startSyncAll(deps, await registry.find(archiveId)),
  }
  return {
    service,
    handlers: { ...historyHandlers(deps), ...checkHandlers(deps), ...copyHandlers(deps) },
    /** Behind work that changed an archive: its copies follow. Says what came of it. */
    keepInStep: (archive: KnownArchive, run: Run) => keepInStep(deps, archive, run),
  }
}

function checkHandlers(deps: SafetyDeps) {
  const { registry, db } = deps
  return {
    safety: async ({ archiveId }) => {
      const archive = await registry.find(archiveId)
      const scrub = await db.archiveSafety.getScrub(archiveId)
      return {
        verify: await newest(deps, archiveId, 'verify'),
        scrub: await newest(deps, archiveId, 'scrub'),
        repair: await newest(deps, archiveId, 'repair'),
        scrubbing: scrub && {
          startedAtMs: scrub.startedAtMs,
          bytesDone: scrub.bytesDone,
          damage: scrub.damage.length,
        },
        copies: [...(await listCopies(deps, archive))],
      }
    },
    scrub: async ({ archiveId, ...wish }) => startScrub(deps, await registry.find(archiveId), wish),
    repair: async ({ archiveId, ...wish }) => startRepair(deps, await registry.find(archiveId), wish),
  } satisfies Partial<Handlers>
}

function copyHandlers(deps: SafetyDeps) {
  const { registry, db, publish } = deps
  return {
    addCopy: async ({ archiveId, path, automatic }) =>
      addCopy(deps, await registry.find(archiveId), path, automatic),
    setCopy: async ({ copyId, automatic }) => {
      const { copy, archive } = await findCopy(deps, copyId)
      await db.archiveSafety.putArchiveCopy({ ...copy, automatic })
      publish('archive.changed', { archiveId: archive.archiveId })
      return summarizeCopy(deps, archive, { ...copy, automatic })
    },
    syncCopy: async ({ copyId, mend }) => {
      const { copy, archive } = await findCopy(deps, copyId)
      return startSync(deps, archive, copy, mend)
    },
    verifyCopy: async ({ copyId }) => {
      const { copy, archive } = await findCopy(deps, copyId)
      return startCopyCheck(deps, archive, copy)
    },
    removeCopy: async ({ copyId, deleteFiles }) => {
      await removeCopy(deps, copyId, deleteFiles)
      return {}
    },
    promoteCopy: ({ path, replace }) => promoteCopy(deps, path, replace),
  } satisfies Partial<Handlers>
}

async function newest<K extends ArchiveReport['kind']>(deps: SafetyDeps, archiveId: string, kind: K) {
  const kept = await deps.db.archiveSafety.getNewestArchiveReport(archiveId, kind)
  if (kept === null || !isOfKind(kept, kind)) return null
  return { runId: kept.runId, endedAtMs: kept.endedAtMs, report: kept.report }
}

function isOfKind<K extends ArchiveReport['kind']>(
  kept: KeptReport,
  kind: K,
): kept is KeptReport & { readonly report: Extract<ArchiveReport, { readonly kind: K }> } {
  return kept.report.kind === kind
}
