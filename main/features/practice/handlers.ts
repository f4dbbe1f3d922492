import { cases } from '../../../core/practice/cases.ts'
import type { CompanyAction, PracticeCase } from '../../../core/practice/cases.ts'
import type { practiceContract } from '../../../core/practice/contract.ts'
import { company as companyFacts } from '../../../core/practice/people.ts'
import { AppError } from '../../../core/errors.ts'
import type { HandlersOf } from '../../ipc/handlers.ts'
import type { PracticeDeps } from './index.ts'
import type { RunningCompany } from './ports.ts'
import type { Rounds } from './rounds.ts'
import { describeStatus } from './status.ts'

/** The endpoints of practice. */
export function createHandlers(deps: PracticeDeps, rounds: Rounds): HandlersOf<typeof practiceContract> {
  const status = () => describeStatus(deps, rounds.current())
  const changed = () => deps.publish('practice.changed', {})
  return {
    status,
    access: () => describeAccess(rounds.require().company),
    getCase: ({ caseId }) => revealCase(caseOf(caseId)),
    start: async () => {
      await rounds.begin()
      changed()
      return status()
    },
    act: async ({ caseId, action }) => {
      const said = await act(rounds.require().company, caseOf(caseId), action)
      changed()
      return { said }
    },
    stop: async () => {
      await rounds.close()
      changed()
      return status()
    },
  }
}

async function act(
  company: RunningCompany,
  practiceCase: PracticeCase,
  asked: CompanyAction,
): Promise<string> {
  if (asked === 'phone_user') return company.phone(practiceCase)
  const { caseId, action } = practiceCase
  if (asked === action) return company.act(practiceCase)
  const why = action === null ? 'There is nothing to repair in this case.' : `In this case it can ${action}.`
  throw new AppError('record.conflict', { details: { what: 'action', id: `${caseId} ${asked}`, why } })
}

function describeAccess({ dnsServer, caPem, users }: RunningCompany) {
  return {
    name: companyFacts.name,
    domain: companyFacts.domain,
    dnsServer,
    caPem,
    users: users.map(({ name, address, username, password, imap, smtp, problem }) => {
      return { name, address, username, password, imap, smtp, caseId: problem }
    }),
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
