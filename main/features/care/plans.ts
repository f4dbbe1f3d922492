import { v7 as uuid } from 'uuid'
import type { CleanupPlan, CleanupRun } from '../../../core/care/plans.ts'
import { AppError } from '../../../core/errors.ts'
import type { CareDeps } from './deps.ts'

const maxMailboxes = 10_000

/** Errors: `record.not_found`. */
export async function findPlan(deps: CareDeps, planId: string): Promise<CleanupPlan> {
  const plan = await deps.db.care.getCarePlan(planId)
  if (plan === null) throw new AppError('record.not_found', { details: { what: 'clean-up plan' } })
  return plan
}

/** Errors: `record.not_found`. */
export async function findRun(deps: CareDeps, runId: string): Promise<CleanupRun> {
  const run = await deps.db.care.getCareRun(runId)
  if (run === null) throw new AppError('record.not_found', { details: { what: 'run of a clean-up' } })
  return run
}

/** Saves a plan. Its archive has to be one that mail can be put into: `archive.read_only`, `record.not_found`. */
export async function savePlan(
  deps: CareDeps,
  wish: Omit<CleanupPlan, 'planId' | 'createdAtMs' | 'updatedAtMs'> & { readonly planId: string | null },
): Promise<CleanupPlan> {
  const archive = await deps.archive.find(wish.archiveId)
  if (archive.kind === 'bundle') throw new AppError('archive.read_only')
  const nowMs = deps.clock.nowMs()
  const before = wish.planId === null ? null : await findPlan(deps, wish.planId)
  const plan: CleanupPlan = {
    ...wish,
    planId: before?.planId ?? uuid(),
    createdAtMs: before?.createdAtMs ?? nowMs,
    updatedAtMs: nowMs,
  }
  await deps.db.care.putCarePlan(plan)
  deps.publish('care.plansChanged', {})
  return plan
}

/** Writes a run of a plan down: one item for each of its mailboxes, or of those that are named. */
export async function beginRun(
  deps: CareDeps,
  plan: CleanupPlan,
  only: readonly string[] | null,
): Promise<CleanupRun> {
  const mailboxes = await mailboxesOf(deps, only ?? plan.mailboxIds)
  if (mailboxes.length === 0)
    throw new AppError('record.not_found', { details: { what: 'mailbox with an IMAP server in this plan' } })
  const runId = uuid()
  await deps.db.care.addCareRun({
    runId,
    planId: plan.planId,
    planName: plan.name,
    rule: plan.rule,
    archiveId: plan.archiveId,
    compareAgain: plan.compareAgain,
    jobId: null,
    createdAtMs: deps.clock.nowMs(),
    items: mailboxes.map((one) => ({ ...one, itemId: uuid() })),
  })
  return findRun(deps, runId)
}

async function mailboxesOf(deps: CareDeps, wanted: readonly string[] | null) {
  const page = { text: '', personId: null, offset: 0, limit: maxMailboxes }
  const { mailboxes } = await deps.db.accounts.listMailboxes(page)
  return mailboxes
    .filter(({ mailboxId, imapHost }) => imapHost !== null && (wanted?.includes(mailboxId) ?? true))
    .map(({ mailboxId, address }) => ({ mailboxId, address }))
}
