import { AppError } from '../../../core/errors.ts'
import type { restoreContract } from '../../../core/restore/contract.ts'
import type { DrillRequest } from '../../../core/restore/drill.ts'
import type { DbClient } from '../../../db/client.ts'
import type { HandlersOf } from '../../ipc/handlers.ts'
import { createDrills } from './drill/drill.ts'
import type { DrillDeps } from './drill/drill.ts'
import { verifyRecord, writeRecord } from './drill/files.ts'
import { createRestores } from './service.ts'
import { defaultPauses } from './targets.ts'

type Handlers = HandlersOf<typeof restoreContract>

/** What restores and drills are built from. */
export type RestoreFeatureDeps = Omit<DrillDeps, 'pauses'> &
  Partial<Pick<DrillDeps, 'pauses'>> & {
    readonly dataDir: string
  }

/** What other features may ask for; a schedule runs drills. */
export interface RestoreService {
  readonly drill: (request: DrillRequest) => Promise<{ readonly runId: string; readonly drillId: string }>
}

/** Restore mail to a mailbox or to files, and prove by drills that it can be restored. */
export function createRestore(given: RestoreFeatureDeps): {
  readonly handlers: Handlers
  readonly service: RestoreService
  /** Removes what drills left behind when the program was killed; for the desk that owns long work. */
  readonly cleanUp: () => Promise<void>
  readonly dispose: () => void
} {
  const deps = { pauses: defaultPauses, ...given }
  const restores = createRestores(deps)
  const drills = createDrills(deps)
  const stop = new AbortController()
  return {
    handlers: {
      ...restoreHandlers(deps.db, restores),
      drill: (request) => drills.drill(request),
      drills: async ({ archiveId, limit }) => ({
        drills: [...(await deps.db.drills.listDrills(archiveId, limit))],
      }),
      drillRecord: ({ drillId }) => signedOf(deps.db, drillId),
      exportDrill: async ({ drillId, destination }) =>
        writeRecord(await signedOf(deps.db, drillId), destination, deps.dataDir),
      verifyDrill: ({ path }) => verifyRecord(path),
      cleanUp: (_, { signal }) => drills.cleanUp(signal),
    },
    service: { drill: drills.drill },
    cleanUp: async () => {
      await drills.cleanUp(stop.signal)
    },
    dispose: () => stop.abort(new DOMException('The program ends', 'AbortError')),
  }
}

function restoreHandlers(db: DbClient, restores: ReturnType<typeof createRestores>) {
  return {
    preview: (request, { signal }) => restores.preview(request, signal),
    start: ({ dryRun, ...request }) => restores.start(request, dryRun),
    resume: ({ restoreId }) => restores.resume(restoreId),
    undo: ({ restoreId }) => restores.undo(restoreId),
    get: async ({ restoreId }) => {
      const found = await db.restore.getRestore(restoreId)
      if (found === null) throw new AppError('record.not_found', { details: { what: 'restore' } })
      return found.summary
    },
    list: async ({ archiveId, limit }) => ({
      restores: [...(await db.restore.listRestores(archiveId, limit))],
    }),
    items: (query) => db.restore.listRestoreItems(query),
  } satisfies Partial<Handlers>
}

async function signedOf(db: DbClient, drillId: string) {
  const signed = await db.drills.getSignedDrill(drillId)
  if (signed === null) throw new AppError('record.not_found', { details: { what: 'drill record' } })
  return signed
}
