import type { Discovery } from '../../../core/accounts/discovery.ts'
import type { NetworkProfile } from '../../../core/accounts/types.ts'
import type { Publish } from '../../../core/contract/index.ts'
import { AppError } from '../../../core/errors.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Jobs, Run } from '../jobs/index.ts'
import { createBoard } from './board.ts'
import type { Board } from './board.ts'
import type { DiscoveryPorts } from './ports.ts'
import {
  askAutoconfig,
  askAutodiscover,
  askKnownProvider,
  askServiceRecords,
  guessServers,
} from './sources.ts'
import type { Search } from './sources.ts'

/** Discoveries that run or have run since the program was started. */
export interface Discoveries {
  /** Starts one as a job; `accounts.attempted` tells of each step. */
  start(email: string, network: NetworkProfile): Promise<{ readonly runId: string }>
  /** Errors: `record.not_found`. */
  get(runId: string): Discovery
}

interface DiscoveriesDeps {
  readonly jobs: Pick<Jobs, 'start'>
  readonly ports: DiscoveryPorts
  readonly publish: Publish
  readonly clock: Clock
}

/** A discovery is of no use once its settings are taken; the last few are kept for the screen that shows them. */
const mostKept = 20

/** Finds servers by an address alone. No secret ever comes here. */
export function createDiscoveries({ jobs, ports, publish, clock }: DiscoveriesDeps): Discoveries {
  const boards = new Map<string, Board>()
  const open = (run: Run, email: string, network: NetworkProfile): Board => {
    const { runId, signal } = run
    const changed = (attemptId: string) => {
      report(run, board)
      publish('accounts.attempted', { runId, attemptId })
    }
    const board: Board = createBoard({ runId, email, network, signal, clock, meet: ports.meet, changed })
    boards.set(runId, board)
    for (const oldest of [...boards.keys()].slice(0, -mostKept)) boards.delete(oldest)
    return board
  }
  return {
    start: (email, network) =>
      jobs.start(
        { kind: 'accounts.discover', title: `Find the servers of ${email}`, pausable: false },
        async (run) => {
          const board = open(run, email, network)
          try {
            await search({ email, network, board, ports })
            board.end('done')
            return outcomeOf(board.see())
          } catch (error) {
            board.end(run.signal.aborted ? 'cancelled' : 'failed')
            throw error
          } finally {
            publish('accounts.discovered', { runId: run.runId })
          }
        },
      ),
    get: (runId) => {
      const board = boards.get(runId)
      if (board === undefined) throw new AppError('record.not_found', { details: { what: 'discovery' } })
      return board.see()
    },
  }
}

/** Every source at once; guesses only where none of them knows anything. Then every server is met. */
async function search(about: Search): Promise<void> {
  const { board } = about
  await Promise.all([
    askAutoconfig(about),
    askServiceRecords(about),
    askAutodiscover(about),
    askKnownProvider(about),
  ])
  if (board.candidates().length === 0) await guessServers(about)
  await Promise.all(
    board
      .candidates()
      .flatMap(({ source, imap, smtp }) => [
        board.meet(source, 'imap', imap),
        ...(smtp === null ? [] : [board.meet(source, 'smtp', smtp)]),
      ]),
  )
}

function report(run: Run, board: Board): void {
  const { attempts } = board.see()
  const asking = attempts.filter(({ outcome }) => outcome === 'asking')
  run.progress({
    done: attempts.length - asking.length,
    total: attempts.length,
    unit: 'questions',
    item: asking[0]?.asked ?? null,
  })
}

function outcomeOf({ email, attempts, proposals }: Discovery): string {
  const [best] = proposals
  const asked = `${attempts.length} questions were asked.`
  if (best === undefined) return `No servers were found for ${email}. ${asked} Enter them by hand.`
  return `Best settings for ${email}: ${best.imap.host}, port ${best.imap.port}. ${asked}`
}
