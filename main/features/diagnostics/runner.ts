import type { DiagnosisTarget, diagnosticsContract } from '../../../core/diagnostics/contract.ts'
import type { DiagnosisSubject, ProbeResult } from '../../../core/diagnostics/types.ts'
import type { Publish } from '../../../core/contract/index.ts'
import { AppError } from '../../../core/errors.ts'
import type { DbClient } from '../../../db/client.ts'
import type { HandlersOf } from '../../ipc/handlers.ts'
import { Secret } from '../../lib/secret.ts'
import type { Jobs, Run as JobRun } from '../jobs/index.ts'
import { diagnose, ladderOf } from './engine.ts'
import type { Diagnosis, EngineDeps } from './engine.ts'
import type { EvidenceLink, MailboxAccess } from './ports.ts'

interface RunnerDeps extends EngineDeps {
  readonly db: DbClient
  readonly publish: Publish
  readonly jobs: Jobs
  readonly mailboxes: MailboxAccess
  readonly linkEvidence: EvidenceLink
}

type Start = HandlersOf<typeof diagnosticsContract>['start']
type StartInput = Parameters<Start>[0]

/** Starts a diagnosis as a job: it is kept from its first moment, followed by events, and cancelled as a job. */
export function createRunner(deps: RunnerDeps): Start {
  return async (input) => {
    const { subject, secret } = await openTarget(input.target, deps.mailboxes)
    const request = { kind: 'diagnostics.start', title: `Diagnose ${subject.address}`, pausable: false }
    return deps.jobs.start(request, (job) => work(deps, job, input, subject, secret))
  }
}

async function work(
  deps: RunnerDeps,
  job: JobRun,
  input: StartInput,
  subject: DiagnosisSubject,
  secret: Secret | null,
): Promise<string> {
  const { db, publish, clock } = deps
  const { runId } = job
  const { mailboxId, address } = subject
  const ladder = ladderOf(deps.probes)
  const { ticketId, options } = input
  await db.diagnostics.insertRun({
    runId,
    mailboxId,
    address,
    ticketId,
    startedAtMs: clock.nowMs(),
    subject,
    options,
    ladder,
  })
  publish('diagnostics.started', { runId, mailboxId })
  const live = createLive(deps, job, ladder.length)
  const diagnosis = await diagnose(deps, {
    subject,
    secret,
    options,
    signal: job.signal,
    onStarted: live.started,
    onResults: live.ended,
  }).catch(async (error: unknown) => {
    await db.diagnostics.endRun({ ...nothingFound, runId, state: 'failed', endedAtMs: clock.nowMs() })
    publish('diagnostics.finished', { runId, mailboxId, code: null, status: null })
    throw error
  })
  await live.saved()
  return end(deps, job, subject, ticketId, diagnosis)
}

const nothingFound = { finding: null, otherFindings: [], transcripts: [] } as const

async function end(
  { db, publish, clock, linkEvidence }: RunnerDeps,
  { runId, signal }: JobRun,
  { mailboxId }: DiagnosisSubject,
  ticketId: string | null,
  { top, others, transcripts }: Diagnosis,
): Promise<string> {
  // A run that was stopped has seen too little to conclude anything; what it saw is kept.
  const finding = signal.aborted ? null : top
  const otherFindings = signal.aborted ? [] : others
  const state = signal.aborted ? 'cancelled' : 'done'
  await db.diagnostics.endRun({ runId, state, endedAtMs: clock.nowMs(), finding, otherFindings, transcripts })
  publish('diagnostics.finished', {
    runId,
    mailboxId,
    code: finding?.code ?? null,
    status: finding?.status ?? null,
  })
  if (finding === null) return 'Cancelled. What was seen until then is kept.'
  if (ticketId !== null)
    await linkEvidence(ticketId, { kind: 'diagnostic_run', id: runId, summary: finding.title })
  return `${finding.title}.`
}

/** Keeps and announces what happens while it happens. */
function createLive({ db, publish }: RunnerDeps, job: JobRun, total: number) {
  const { runId } = job
  let done = 0
  let saving: Promise<void> = Promise.resolve()
  return {
    started: (probeId: string) => publish('diagnostics.probeStarted', { runId, probeId }),
    ended: (results: readonly ProbeResult[]) => {
      done += 1
      job.progress({ done, total, unit: 'probes', item: results[0]?.title ?? null })
      saving = saving.then(async () => {
        await db.diagnostics.addResults(runId, results)
        const worst = results.find(({ status }) => status === 'fail') ?? results[0]
        if (worst !== undefined)
          publish('diagnostics.probeFinished', { runId, probeId: worst.probeId, status: worst.status })
      })
      // Reported by `saved`; without a handler the process would end before it is asked.
      saving.catch(() => undefined)
    },
    saved: () => saving,
  }
}

async function openTarget(
  target: DiagnosisTarget,
  mailboxes: MailboxAccess,
): Promise<{ readonly subject: DiagnosisSubject; readonly secret: Secret | null }> {
  if (target.kind === 'adHoc') {
    const secret = target.secret === null ? null : new Secret(target.secret)
    return { subject: { ...target.subject, mailboxId: null }, secret }
  }
  const { mailboxId } = target
  const mailbox = await mailboxes.get(mailboxId)
  const { address, username, signIn, imap, smtp, network } = mailbox
  return {
    subject: { mailboxId, address, username, signIn, imap, smtp, network },
    secret: await secretOf(mailboxId, mailboxes),
  }
}

/** Without a secret the run climbs as far as sign-in; a store that is locked is another matter, and is refused. */
async function secretOf(mailboxId: string, mailboxes: MailboxAccess): Promise<Secret | null> {
  try {
    return (await mailboxes.open(mailboxId)).secret
  } catch (error) {
    if (error instanceof AppError && error.code === 'secret.missing') return null
    throw error
  }
}
