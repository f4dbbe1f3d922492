import type { careContract } from '../../../core/care/contract.ts'
import type { JunkMessage } from '../../../core/care/junk.ts'
import type { RunMessage } from '../../../core/care/plans.ts'
import { AppError } from '../../../core/errors.ts'
import type { JournalMessage } from '../../../db/queries/care-journal.ts'
import type { HandlersOf } from '../../ipc/handlers.ts'
import type { CareDeps } from './deps.ts'
import { readJunkHeader, startJunkSearch } from './junk.ts'
import { listCaredMailboxes, readStorage } from './overview.ts'
import { findRun, savePlan } from './plans.ts'
import { recover, shown, undoRecovery } from './recover.ts'
import { createCareRuns } from './runs.ts'
import type { StartedRun } from './runs.ts'
import { startScan } from './scan.ts'
import { createSlots } from './slots.ts'

export type { CareDeps } from './deps.ts'

type Handlers = HandlersOf<typeof careContract>

/** Connections that scans and looks through junk share: many mailboxes are asked, a few at once. */
const connections = 3

/** Care for live mailboxes, and what schedules need of it. */
export function createCare(deps: CareDeps): {
  readonly handlers: Handlers
  readonly service: {
    /** Makes a plan's list in each mailbox; removes only where the plan's removal is on. */
    readonly runPlan: (planId: string) => Promise<StartedRun>
  }
} {
  const slots = createSlots(connections)
  const runs = createCareRuns(deps)
  return {
    handlers: {
      list: ({ text }) => listCaredMailboxes(deps, text),
      scan: ({ mailboxId }) => startScan(deps, slots, mailboxId),
      storage: ({ mailboxId }) => readStorage(deps, mailboxId),
      ...planHandlers(deps, runs),
      ...junkHandlers(deps, slots),
    },
    service: { runPlan: runs.runPlan },
  }
}

function planHandlers(deps: CareDeps, runs: ReturnType<typeof createCareRuns>) {
  const { db } = deps
  return {
    plans: async () => ({ plans: [...(await db.care.listCarePlans())] }),
    savePlan: (wish) => savePlan(deps, wish),
    removePlan: async ({ planId }) => {
      await db.care.removeCarePlan(planId)
      deps.publish('care.plansChanged', {})
      return {}
    },
    preview: ({ planId, mailboxIds }) => runs.preview(planId, mailboxIds),
    carryOut: ({ runId }) => runs.carryOut(runId),
    undoRun: ({ runId }) => runs.undo(runId),
    runs: async (filter) => ({ runs: [...(await db.care.listCareRuns(filter))] }),
    run: ({ runId }) => findRun(deps, runId),
    runMessages: async ({ itemId, ...page }) => {
      const { total, messages } = await db.care.listCareMessages(itemId, page)
      return { total, messages: messages.map(withoutMessageId) }
    },
  } satisfies Partial<Handlers>
}

function junkHandlers(deps: CareDeps, slots: ReturnType<typeof createSlots>) {
  const { db } = deps
  return {
    findJunk: ({ mailboxIds, criteria }) => startJunkSearch(deps, slots, mailboxIds, criteria),
    junk: async ({ runId }) => {
      const found = await db.care.getJunkLook(runId)
      if (found === null) throw new AppError('record.not_found', { details: { what: 'look through junk' } })
      const { criteria, atMs, looks, messages } = found
      const recovered = await db.care.listRecovered(messages.map(({ mailboxId }) => mailboxId))
      const isThere = ({ mailboxId, folder, uidValidity, uid }: JunkMessage) =>
        !recovered.has(`${mailboxId}/${folder}/${uidValidity}/${uid}`)
      return { criteria, atMs, looks: [...looks], messages: messages.filter(isThere) }
    },
    junkHeader: (at, { signal }) => readJunkHeader(deps, at, signal),
    recover: (wish, { signal }) => recover(deps, wish, signal),
    undoRecovery: ({ recoveryId }, { signal }) => undoRecovery(deps, recoveryId, signal),
    recoveries: async ({ mailboxId, limit }) => ({
      recoveries: (await db.care.listRecoveries(mailboxId, limit)).map(shown),
    }),
  } satisfies Partial<Handlers>
}

function withoutMessageId(kept: JournalMessage): RunMessage {
  const { position, folder, uidValidity, uid, subject, from, sizeBytes, internalDateMs, attachments } = kept
  const { flags, state, why, sha256, note } = kept
  return {
    ...{ position, folder, uidValidity, uid, subject, from, sizeBytes, internalDateMs, attachments },
    ...{ flags, state, why, sha256, note },
  }
}
