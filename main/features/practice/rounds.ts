import { AppError } from '../../../core/errors.ts'
import type { PracticeDeps } from './index.ts'
import type { RunningCompany } from './ports.ts'
import { clearOut, moveIn } from './residents.ts'

/** A round of practice: it begins when the servers start and ends when they stop. */
export interface Round {
  readonly company: RunningCompany
  readonly startedAtMs: number
}

/** At most one round at a time. */
export interface Rounds {
  /** Null while the company does not run. */
  current(): Round | null
  /** Errors: `practice.not_running`. */
  require(): Round
  /** Starts the servers and moves everybody in; nothing when a round is on. */
  begin(): Promise<void>
  /** Stops the servers; everybody stays in People. */
  end(): Promise<void>
  /** Stops the servers and removes everybody. */
  close(): Promise<void>
}

/** Keeps the round of this process. */
export function createRounds(deps: PracticeDeps): Rounds {
  let round: Round | null = null
  const end = async () => {
    const ended = round
    round = null
    await ended?.company[Symbol.asyncDispose]()
  }
  return {
    current: () => round,
    require: () => {
      if (round === null) throw new AppError('practice.not_running')
      return round
    },
    begin: async () => {
      if (round !== null) return
      const startedAtMs = deps.clock.nowMs()
      round = { company: await deps.startCompany(), startedAtMs }
      try {
        await moveIn(deps, round.company)
      } catch (error) {
        await end()
        throw error
      }
    },
    end,
    close: async () => {
      await end()
      await clearOut(deps)
    },
  }
}
