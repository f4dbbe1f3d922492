import { join } from 'node:path'
import { createAccounts } from '../features/accounts/index.ts'
import type { MailboxAccess } from '../features/accounts/index.ts'
import { createArchive } from '../features/archive/index.ts'
import type { ArchiveService } from '../features/archive/index.ts'
import { createCare } from '../features/care/index.ts'
import type { CareDeps } from '../features/care/index.ts'
import { createDiagnostics } from '../features/diagnostics/index.ts'
import type { Jobs } from '../features/jobs/index.ts'
import { createPractice, createPracticeDiagnoses } from '../features/practice/index.ts'
import type { PracticeDeps } from '../features/practice/index.ts'
import { createSchedules } from '../features/schedules/index.ts'
import type { Runnables } from '../features/schedules/index.ts'
import { createSecrets } from '../features/secrets/index.ts'
import type { Secrets } from '../features/secrets/index.ts'
import type { SettingsService } from '../features/settings/index.ts'
import type { Signing } from '../features/signing/index.ts'
import type { TicketService } from '../features/tickets/index.ts'
import { systemClock } from '../lib/clock.ts'
import { late } from '../lib/late.ts'
import { workerUrl } from '../lib/worker-url.ts'
import { createDiscoveryPorts } from '../protocols/autoconfig/index.ts'
import { createDiagnosticsPorts } from '../protocols/diagnostics-ports.ts'
import { createKeytarKeychain } from '../protocols/keychain/keytar-keychain.ts'
import { createReadPower } from '../protocols/power/read-power.ts'
import type { Ground } from './ground.ts'

/** People, mailboxes and their secrets. */
export function buildAccounts({ db, dataDir, publish, keychain, discovery }: Ground, jobs: Jobs) {
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
    trySignIn: late(async () => (await import('../protocols/imap/try-sign-in.ts')).trySignIn),
  })
  return { secrets, accounts }
}

/** What the long-running features share. */
interface Workers {
  readonly jobs: Jobs
  readonly mailboxes: MailboxAccess
}

/** Archives, with the thread that does their work and the servers they pull from. */
export function buildArchive(
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
    connect: late(async () => (await import('../protocols/imap/mail-source.ts')).connectMailSource),
    isHost: role === 'host',
    workerUrl: workerUrl('main/features/archive/worker/archive.worker.ts', 'archive-worker'),
  })
}

/** Mailbox care, on live servers. */
export function buildCare(
  { db, publish, logger }: Ground,
  services: Pick<CareDeps, 'jobs' | 'cancelJob' | 'mailboxes' | 'linkEvidence'> & {
    readonly archive: ArchiveService
  },
) {
  const { holdsOf } = services.archive
  const connect = late(async () => (await import('../protocols/imap/care-mailbox.ts')).connectCareMailbox)
  return createCare({ db, publish, logger, clock: systemClock, connect, holdsOf, ...services })
}

/** Schedules; they run where the desk stays. */
export function buildSchedules({ db, publish, logger, role }: Ground, jobs: Jobs, runnables: Runnables) {
  const readPower = createReadPower()
  const runsHere = role === 'host'
  return createSchedules({ db, publish, logger, clock: systemClock, jobs, runnables, readPower, runsHere })
}

/** Diagnoses, with everything that probes a network. */
export function buildDiagnostics(
  { db, publish, logger }: Ground,
  { jobs, mailboxes, tickets }: Workers & { readonly tickets: TicketService },
) {
  const { linkEvidence } = tickets
  const ports = createDiagnosticsPorts()
  return createDiagnostics({ db, publish, logger, clock: systemClock, jobs, mailboxes, linkEvidence, ports })
}

/** The practice company. */
export function buildPractice(
  { db, publish }: Ground,
  services: Pick<PracticeDeps, 'settings' | 'accounts' | 'tickets'>,
) {
  const diagnoses = createPracticeDiagnoses(db.diagnostics)
  return createPractice({ db, publish, clock: systemClock, ...services, diagnoses, startCompany })
}

/** Loaded when it is wanted: most days nobody practises. */
async function startCompany() {
  const { startPracticeCompany } = await import('../practice/index.ts')
  return startPracticeCompany()
}
