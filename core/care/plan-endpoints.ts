import { z } from 'zod'
import { command, nothing, query, started } from '../contract/define.ts'
import { cleanupPlan, cleanupRun, messageState, runMessage } from './plans.ts'
import { cleanupRule } from './rule.ts'

const planRef = z.strictObject({ planId: z.string() })
const runRef = z.strictObject({ runId: z.string() })
/** The run, and the job that works on it. */
const startedRun = started.extend({ jobId: z.string() })
const onPlans = () => 'care:plans'
const onRun = ({ runId }: { readonly runId: string }) => `care:run:${runId}`

const planFields = {
  name: z.string().trim().min(1).max(100),
  rule: cleanupRule,
  archiveId: z.string(),
  mailboxIds: z.array(z.string()).min(1).max(10_000).nullable(),
  compareAgain: z.boolean().default(false),
  removalOn: z.boolean().default(false),
}

/** Clean-up plans and their runs. */
export const planEndpoints = {
  plans: query('Clean-up plans, by name.', nothing, z.strictObject({ plans: z.array(cleanupPlan) })),
  savePlan: command(
    'Save a clean-up plan: a new one, or with an id another version of one. Runs keep the rule with which they began.',
    z.strictObject({ planId: z.string().nullable().default(null), ...planFields }),
    cleanupPlan,
    onPlans,
  ),
  removePlan: command(
    'Remove a plan. What its runs did and how to undo them stays.',
    planRef,
    nothing,
    onPlans,
  ),
  preview: command(
    'List what a plan would remove, in all its mailboxes or the named ones. Changes nothing.',
    planRef.extend({ mailboxIds: z.array(z.string()).min(1).max(10_000).nullable().default(null) }),
    startedRun,
  ),
  carryOut: command(
    'Archive, prove and then remove what a preview listed; also goes on with a run that was cut off.',
    runRef,
    startedRun,
    onRun,
  ),
  undoRun: command(
    'Put back what a run removed, from the archive, with flags and dates, into the same folders.',
    runRef,
    startedRun,
    onRun,
  ),
  runs: query(
    'Runs of plans, newest first; of one mailbox or of one plan.',
    z.strictObject({
      mailboxId: z.string().nullable().default(null),
      planId: z.string().nullable().default(null),
      limit: z.number().int().min(1).max(200).default(20),
    }),
    z.strictObject({ runs: z.array(cleanupRun) }),
  ),
  run: query('One run of a plan with its mailboxes.', runRef, cleanupRun),
  runMessages: query(
    'The messages of a run in one mailbox: what becomes of each, and why.',
    z.strictObject({
      itemId: z.string(),
      states: z.array(messageState).max(20).nullable().default(null),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(1000).default(200),
    }),
    z.strictObject({ total: z.number(), messages: z.array(runMessage) }),
  ),
}
