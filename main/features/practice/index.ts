import type { Publish } from '../../../core/contract/index.ts'
import type { practiceContract } from '../../../core/practice/contract.ts'
import type { DbClient } from '../../../db/client.ts'
import type { HandlersOf } from '../../ipc/handlers.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Accounts } from '../accounts/index.ts'
import type { SettingsService } from '../settings/index.ts'
import type { TicketService } from '../tickets/index.ts'
import { createHandlers } from './handlers.ts'
import type { PracticeDiagnoses, RunningCompany } from './ports.ts'
import { createRounds } from './rounds.ts'

export { createPracticeDiagnoses } from './diagnoses.ts'
export type { PracticeDiagnoses, RunningCompany } from './ports.ts'

/** What practice is made of. */
export interface PracticeDeps {
  readonly db: DbClient
  readonly publish: Publish
  readonly clock: Clock
  readonly startCompany: () => Promise<RunningCompany>
  readonly accounts: Pick<Accounts, 'records' | 'get' | 'removeByOrigin'>
  readonly tickets: Pick<TicketService, 'open' | 'get' | 'change'>
  readonly diagnoses: PracticeDiagnoses
  readonly settings: SettingsService
}

/** The practice company as a feature. `dispose` stops its servers and leaves its people for the next start. */
export function createPractice(deps: PracticeDeps): {
  readonly handlers: HandlersOf<typeof practiceContract>
  readonly dispose: () => Promise<void>
} {
  const rounds = createRounds(deps)
  return { handlers: createHandlers(deps, rounds), dispose: rounds.end }
}
