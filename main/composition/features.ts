import type { AllHandlers } from '../ipc/handlers.ts'
import { systemClock } from '../lib/clock.ts'
import { late } from '../lib/late.ts'
import { createDesk } from '../features/desk/index.ts'
import { createJobs } from '../features/jobs/index.ts'
import { createRestore } from '../features/restore/index.ts'
import { createSettings } from '../features/settings/index.ts'
import { createSigning } from '../features/signing/index.ts'
import { createTickets } from '../features/tickets/index.ts'
import {
  buildAccounts,
  buildArchive,
  buildCare,
  buildDiagnostics,
  buildPractice,
  buildSchedules,
} from './adapters.ts'
import type { Ground } from './ground.ts'
import { createRunnables } from './runnables.ts'

/** All features, in the order of need, and how they end. */
export interface Features {
  readonly handlers: AllHandlers
  /** Begins what a desk that stays does by itself. */
  readonly startHost: () => void
  readonly dispose: () => Promise<void>
}

/** Builds every feature by hand. */
export function buildFeatures(ground: Ground): Features {
  const services = buildServices(ground)
  return {
    handlers: handlersOf(services),
    startHost: () => startHost(ground, services),
    dispose: () => disposeOf(services),
  }
}

type Services = ReturnType<typeof buildServices>

function buildServices(ground: Ground) {
  const { db, publish, logger, dataDir, version } = ground
  const clock = systemClock
  const settings = createSettings({ db, publish })
  const jobs = createJobs({ db, publish, clock, logger })
  const { secrets, accounts } = buildAccounts(ground, jobs)
  const mailboxes = accounts
  const desk = createDesk({ db, dataDir, version, publish, secrets })
  const signing = createSigning({ secrets, dataDir, publish })
  const send = late(async () => (await import('../protocols/smtp/reply-sender.ts')).createReplySender().send)
  const tickets = createTickets({ db, publish, clock, logger, jobs, settings, mailboxes, sender: { send } })
  const archive = buildArchive(ground, { jobs, mailboxes, settings, signing, secrets })
  const diagnostics = buildDiagnostics(ground, { jobs, mailboxes, tickets: tickets.service })
  const practice = buildPractice(ground, { settings, accounts, tickets: tickets.service })
  const care = buildCare(ground, {
    jobs,
    cancelJob: async (runId) => {
      await jobs.handlers.cancel({ runId }, { signal: new AbortController().signal, face: 'window' })
    },
    mailboxes,
    archive: archive.service,
    linkEvidence: tickets.service.linkEvidence,
  })
  const restore = createRestore({
    ...{ db, publish, clock, jobs, signing, version, dataDir, mailboxes },
    connect: late(async () => (await import('../protocols/imap/mail-target.ts')).connectMailTarget),
    archives: archive.service,
  })
  const scheduled = { archive: archive.service, care: care.service, restore: restore.service, dataDir }
  const schedules = buildSchedules(ground, jobs, createRunnables(scheduled))
  return {
    ...{ settings, jobs, secrets, accounts, desk, signing, tickets, archive, diagnostics, practice },
    ...{ care, restore, schedules },
  }
}

function handlersOf(services: Services): AllHandlers {
  return {
    desk: services.desk.handlers,
    settings: services.settings.handlers,
    jobs: services.jobs.handlers,
    practice: services.practice.handlers,
    accounts: services.accounts.handlers,
    diagnostics: services.diagnostics.handlers,
    tickets: services.tickets.handlers,
    archive: services.archive.handlers,
    care: services.care.handlers,
    restore: services.restore.handlers,
    schedules: services.schedules.handlers,
    signing: services.signing.handlers,
  }
}

function startHost({ logger }: Ground, { tickets, schedules, restore }: Services): void {
  void tickets.startOutbox()
  void schedules.start()
  restore.cleanUp().catch((err: unknown) => logger.error({ err }, 'scratch folders of drills not looked for'))
}

async function disposeOf(services: Services): Promise<void> {
  // Nothing is started any more; it ends when the jobs have, whose ends it notes.
  const unscheduled = services.schedules.dispose()
  await services.practice.dispose()
  await services.tickets.dispose()
  services.restore.dispose()
  await services.jobs.dispose()
  await unscheduled
  await services.archive.dispose()
  services.secrets.dispose()
}
