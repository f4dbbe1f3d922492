import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createWorkerDbClient } from '../db/client.ts'
import type { DbClient } from '../db/client.ts'
import type { DiscoveryPorts } from './features/accounts/index.ts'
import type { Keychain } from './features/secrets/index.ts'
import { createEvents } from './ipc/publish.ts'
import type { Subscribe } from './ipc/publish.ts'
import { createRouter } from './ipc/router.ts'
import type { Router } from './ipc/router.ts'
import { systemClock } from './lib/clock.ts'
import { createFileLogger } from './lib/logger.ts'
import type { Logger } from './lib/logger.ts'
import { workerUrl } from './lib/worker-url.ts'
import { buildFeatures } from './composition/features.ts'

/** Where the desk keeps its things and in what part it runs. */
export interface DeskOptions {
  readonly dataDir: string
  readonly version: string
  /** The host (window or browser server) owns long work; a command line visits. */
  readonly role: 'host' | 'visitor'
  /** Given by tests. */
  readonly logger?: Logger
  readonly db?: DbClient
  readonly keychain?: Keychain
  readonly discovery?: DiscoveryPorts
}

/** A whole desk: what every face needs, and nothing else. */
export interface Desk {
  readonly call: Router
  readonly subscribe: Subscribe
  readonly logger: Logger
  readonly dispose: () => Promise<void>
}

/** The only composition root: every service is built here, by hand, in the order of need. */
export async function composeDesk(options: DeskOptions): Promise<Desk> {
  // Mail, tickets and the log are nobody else's business on a computer that several people use.
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 })
  const logger = options.logger ?? createFileLogger(join(options.dataDir, 'logs', 'desk.log'))
  const db = options.db ?? (await openDb(options.dataDir))
  if (options.role === 'host') {
    await db.jobs.interruptJobs(systemClock.nowMs())
    await db.diagnostics.interruptRuns(systemClock.nowMs())
    await db.care.interruptCareItems()
    await db.restore.interruptRestores(systemClock.nowMs())
    await db.drills.interruptDrills(systemClock.nowMs())
  }
  const { publish, subscribe } = createEvents()
  const built = buildFeatures({ ...options, db, logger, publish })
  if (options.role === 'host') built.startHost()
  const route = createRouter(built.handlers, logger)
  const stop = new AbortController()
  return {
    call: (name, input, context) =>
      route(name, input, { ...context, signal: AbortSignal.any([context.signal, stop.signal]) }),
    subscribe,
    logger,
    dispose: async () => {
      stop.abort(new DOMException('The program ends', 'AbortError'))
      await built.dispose()
      await db.close()
    },
  }
}

function openDb(dataDir: string): Promise<DbClient> {
  return createWorkerDbClient(join(dataDir, 'desk.sqlite'), workerUrl('db/worker.ts', 'db-worker'))
}
