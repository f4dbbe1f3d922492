import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Publish } from '../core/contract/index.ts'
import { createWorkerDbClient } from '../db/client.ts'
import type { DbClient } from '../db/client.ts'
import { createAccounts } from './features/accounts/index.ts'
import type { DiscoveryPorts, MailboxAccess } from './features/accounts/index.ts'
import { createArchive } from './features/archive/index.ts'
import { createCare } from './features/care/index.ts'
import type { CareDeps } from './features/care/index.ts'
import { createDiagnostics } from './features/diagnostics/index.ts'
import { createDesk } from './features/desk/index.ts'
import { createJobs } from './features/jobs/index.ts'
import type { Jobs } from './features/jobs/index.ts'
import { createPractice, createPracticeDiagnoses } from './features/practice/index.ts'
import type { PracticeDeps } from './features/practice/index.ts'
import { createSchedules } from './features/schedules/index.ts'
import type { Runnables } from './features/schedules/index.ts'
import { createRestore } from './features/restore/index.ts'
import { createSecrets } from './features/secrets/index.ts'
import type { Keychain, Secrets } from './features/secrets/index.ts'
import { createSettings } from './features/settings/index.ts'
import type { SettingsService } from './features/settings/index.ts'
import { createSigning } from './features/signing/index.ts'
import type { Signing } from './features/signing/index.ts'
import { createTickets } from './features/tickets/index.ts'
import type { TicketService } from './features/tickets/index.ts'
import type { AllHandlers } from './ipc/handlers.ts'
import { createEvents } from './ipc/publish.ts'
import type { Subscribe } from './ipc/publish.ts'
import { createRouter } from './ipc/router.ts'
import type { Router } from './ipc/router.ts'
import { systemClock } from './lib/clock.ts'
import { createFileLogger } from './lib/logger.ts'
import type { Logger } from './lib/logger.ts'
import { createReplySender } from './protocols/smtp/reply-sender.ts'
import { workerUrl } from './lib/worker-url.ts'
import { createDiscoveryPorts } from './protocols/autoconfig/index.ts'
import { createDiagnosticsPorts } from './protocols/diagnostics-ports.ts'
import { connectCareMailbox } from './protocols/imap/care-mailbox.ts'
import { connectMailSource } from './protocols/imap/mail-source.ts'
import { connectMailTarget } from './protocols/imap/mail-target.ts'
import { trySignIn } from './protocols/imap/try-sign-in.ts'
import { createKeytarKeychain } from './protocols/keychain/keytar-keychain.ts'
import { createReadPower } from './protocols/power/read-power.ts'

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

interface Ground extends DeskOptions {
  readonly db: DbClient
  readonly logger: Logger
  readonly publish: Publish
}

function buildFeatures(ground: Ground): { handlers: AllHandlers; dispose: () => Promise<void> } {
  const { db, publish, logger, dataDir, version } = ground
  const clock = systemClock
  const settings = createSettings({ db, publish })
  const jobs = createJobs({ db, publish, clock, logger })
  const { secrets, accounts } = buildAccounts(ground, jobs)
  const desk = createDesk({ db, dataDir, version, publish, secrets })
  const signing = createSigning({ secrets, dataDir, publish })
  const tickets = createTickets({
    db,
    publish,
    clock,
    logger,
    jobs,
    settings,
    mailboxes: accounts,
    sender: createReplySender(),
  })
  const archive = buildArchive(ground, { jobs, mailboxes: accounts, settings, signing, secrets })
  const diagnostics = buildDiagnostics(ground, { jobs, mailboxes: accounts, tickets: tickets.service })
  const practice = buildPractice(ground, { settings, accounts, tickets: tickets.service })
  const care = buildCare(ground, {
    jobs,
    cancelJob: async (runId) =>
      jobs.handlers.cancel({ runId }, { signal: new AbortController().signal, face: 'window' }),
    mailboxes: accounts,
    archive: archive.service,
    linkEvidence: tickets.service.linkEvidence,
  })
  const restore = createRestore({
    ...{ db, publish, clock, jobs, signing, version, dataDir },
    mailboxes: accounts,
    connect: connectMailTarget,
    archives: archive.service,
  })
  const schedules = buildSchedules(ground, jobs, {
    'care.plan': {
      start: async ({ planId }) => ({ runId: (await care.service.runPlan(planId ?? '')).jobId }),
      needsNetwork: true,
    },
    'archive.pull': {
      start: ({ archiveId, mailboxId }) =>
        archive.service.pull({ archiveId: archiveId ?? '', mailboxId: mailboxId ?? '', folders: null }),
      needsNetwork: true,
    },
    'archive.scrub': {
      start: ({ archiveId }) => archive.service.scrub(archiveId ?? ''),
      needsNetwork: false,
    },
    'archive.syncCopies': {
      start: ({ archiveId }) => archive.service.syncCopies(archiveId ?? ''),
      needsNetwork: false,
    },
    'archive.applyRetention': {
      start: ({ archiveId }) => archive.service.applyRetention(archiveId ?? ''),
      needsNetwork: false,
    },
  })
  if (ground.role === 'host') {
    void tickets.startOutbox()
    void schedules.start()
    restore
      .cleanUp()
      .catch((err: unknown) => logger.error({ err }, 'scratch folders of drills not looked for'))
  }
  return {
    handlers: {
      desk: desk.handlers,
      settings: settings.handlers,
      jobs: jobs.handlers,
      practice: practice.handlers,
      accounts: accounts.handlers,
      diagnostics: diagnostics.handlers,
      tickets: tickets.handlers,
      archive: archive.handlers,
      care: care.handlers,
      restore: restore.handlers,
      schedules: schedules.handlers,
      signing: signing.handlers,
    },
    dispose: async () => {
      // Nothing is started any more; it ends when the jobs have, whose ends it notes.
      const unscheduled = schedules.dispose()
      await practice.dispose()
      await tickets.dispose()
      await jobs.dispose()
      await unscheduled
      await archive.dispose()
      secrets.dispose()
    },
  }
}

function buildAccounts({ db, dataDir, publish, keychain, discovery }: Ground, jobs: Jobs) {
  const secrets = createSecrets({
    vaultFile: join(dataDir, 'secrets', 'vault.bin'),
    keychain: keychain ?? createKeytarKeychain(),
  })
  const accounts = createAccounts({
    db,
    secrets,
    jobs,
    publish,
    clock: systemClock,
    ports: discovery ?? createDiscoveryPorts(),
    trySignIn,
  })
  return { secrets, accounts }
}

/** What the long-running features share. */
interface Workers {
  readonly jobs: Jobs
  readonly mailboxes: MailboxAccess
}

function buildArchive(
  { db, publish, dataDir, version, role }: Ground,
  workers: Workers & {
    readonly settings: SettingsService
    readonly signing: Signing
    readonly secrets: Secrets
  },
) {
  return createArchive({
    db,
    publish,
    dataDir,
    version,
    clock: systemClock,
    ...workers,
    connect: connectMailSource,
    isHost: role === 'host',
    workerUrl: workerUrl('main/features/archive/worker/archive.worker.ts', 'archive-worker'),
  })
}

function buildCare(
  { db, publish, logger }: Ground,
  services: Pick<CareDeps, 'jobs' | 'cancelJob' | 'mailboxes' | 'archive' | 'linkEvidence'>,
) {
  // Nobody can hold mail back yet; retention brings legal holds.
  const holdsOf: CareDeps['holdsOf'] = () => Promise.resolve(() => false)
  const connect = connectCareMailbox
  return createCare({ db, publish, logger, clock: systemClock, connect, holdsOf, ...services })
}

function buildSchedules({ db, publish, logger, role }: Ground, jobs: Jobs, runnables: Runnables) {
  const readPower = createReadPower()
  const runsHere = role === 'host'
  return createSchedules({ db, publish, logger, clock: systemClock, jobs, runnables, readPower, runsHere })
}

function buildDiagnostics(
  { db, publish, logger }: Ground,
  { jobs, mailboxes, tickets }: Workers & { readonly tickets: TicketService },
) {
  const { linkEvidence } = tickets
  const ports = createDiagnosticsPorts()
  return createDiagnostics({ db, publish, logger, clock: systemClock, jobs, mailboxes, linkEvidence, ports })
}

function buildPractice(
  { db, publish }: Ground,
  services: Pick<PracticeDeps, 'settings' | 'accounts' | 'tickets'>,
) {
  const diagnoses = createPracticeDiagnoses(db.diagnostics)
  return createPractice({ db, publish, clock: systemClock, ...services, diagnoses, startCompany })
}

/** Loaded when it is wanted: most days nobody practises. */
async function startCompany() {
  const { startPracticeCompany } = await import('./practice/index.ts')
  return startPracticeCompany()
}

function openDb(dataDir: string): Promise<DbClient> {
  return createWorkerDbClient(join(dataDir, 'desk.sqlite'), workerUrl('db/worker.ts', 'db-worker'))
}
