import { cases } from '../../../core/practice/cases.ts'
import type { PracticeCase } from '../../../core/practice/cases.ts'
import type { practiceContract } from '../../../core/practice/contract.ts'
import type { Publish } from '../../../core/contract/index.ts'
import { AppError } from '../../../core/errors.ts'
import type { DbClient } from '../../../db/client.ts'
import type { HandlersOf } from '../../ipc/handlers.ts'
import type { Clock } from '../../lib/clock.ts'
import type { SettingsService } from '../settings/index.ts'
import type { TicketService } from '../tickets/index.ts'
import type { PracticeDiagnoses, PracticePeople, RunningCompany } from './ports.ts'
import { clearOut, moveIn } from './residents.ts'
import { describeStatus } from './status.ts'

export type { CompanyUser, PersonToKeep, PracticeDiagnoses, PracticePeople, RunningCompany } from './ports.ts'

/** What practice is made of. */
export interface PracticeDeps {
  readonly db: DbClient
  readonly publish: Publish
  readonly clock: Clock
  readonly startCompany: () => Promise<RunningCompany>
  readonly people: PracticePeople
  readonly tickets: Pick<TicketService, 'open' | 'get' | 'change'>
  readonly diagnoses: PracticeDiagnoses
  readonly settings: SettingsService
}

/** A round of practice: it begins when the servers start and ends when they stop. */
export interface Round {
  readonly company: RunningCompany
  readonly startedAtMs: number
}

/** The practice company as a feature. `dispose` stops its servers and leaves its people for the next start. */
export function createPractice(deps: PracticeDeps): {
  readonly handlers: HandlersOf<typeof practiceContract>
  readonly dispose: () => Promise<void>
} {
  let round: Round | null = null
  const status = () => describeStatus(deps, round)
  const changed = async () => {
    deps.publish('practice.changed', {})
    return status()
  }
  const end = async () => {
    await round?.company[Symbol.asyncDispose]()
    round = null
  }
  return {
    handlers: {
      status,
      getCase: ({ caseId }) => revealCase(caseOf(caseId)),
      start: async () => {
        if (round !== null) return status()
        const startedAtMs = deps.clock.nowMs()
        const company = await deps.startCompany()
        round = { company, startedAtMs }
        try {
          await moveIn(deps, company)
        } catch (error) {
          await end()
          throw error
        }
        return changed()
      },
      act: async ({ caseId, action }) => {
        const practiceCase = caseOf(caseId)
        if (round === null) throw new AppError('practice.not_running')
        if (action === 'phone_user') return { said: round.company.phone(practiceCase) }
        if (action !== practiceCase.action) throw wrongAction(practiceCase, action)
        const said = await round.company.act(practiceCase)
        deps.publish('practice.changed', {})
        return { said }
      },
      stop: async () => {
        await end()
        await clearOut(deps)
        return changed()
      },
    },
    dispose: end,
  }
}

function revealCase({ caseId, ticket, hints, finding, solution }: PracticeCase) {
  const { subject, description } = ticket
  return { caseId, subject, description, hints: [...hints], finding, solution }
}

function caseOf(caseId: string): PracticeCase {
  const found = cases.find((one) => one.caseId === caseId)
  if (found === undefined) throw new AppError('record.not_found', { details: { what: 'case', id: caseId } })
  return found
}

function wrongAction({ caseId, action }: PracticeCase, asked: string): AppError {
  const why =
    action === null ? 'The company has nothing to repair in this case.' : `In this case it can: ${action}.`
  return new AppError('record.conflict', { details: { what: 'action', id: `${caseId} ${asked}`, why } })
}
