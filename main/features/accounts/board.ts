import type {
  Discovery,
  DiscoveryAttempt,
  DiscoverySource,
  ServerCheck,
} from '../../../core/accounts/discovery.ts'
import { rankProposals, serverKey } from '../../../core/accounts/rank.ts'
import type { Candidate } from '../../../core/accounts/rank.ts'
import type { MailServer, NetworkProfile } from '../../../core/accounts/types.ts'
import { deadline, isTimeout, raceAbort } from '../../lib/deadline.ts'
import type { Clock } from '../../lib/clock.ts'
import type { DiscoveryPorts } from './ports.ts'

const attemptMs = 8_000

/** A question as it is shown, and how it is asked. */
export interface Question<T> {
  readonly source: DiscoverySource
  readonly asked: string
  readonly authentic: boolean
  readonly ask: (signal: AbortSignal) => Promise<T>
}

/** Where one discovery writes down what it asks and hears. */
export interface Board {
  /** Shows the question, asks it within its time limit, shows the answer. Null when there was none. */
  ask<T extends Pick<DiscoveryAttempt, 'outcome' | 'answer'>>(question: Question<T>): Promise<T | null>
  /** Meets a server, once however many propose it. */
  meet(source: DiscoverySource, protocol: 'imap' | 'smtp', server: MailServer): Promise<ServerCheck>
  propose(candidates: readonly Candidate[]): void
  /** The candidates so far, with what is known of their servers by now. */
  candidates(): readonly Candidate[]
  end(state: Discovery['state']): void
  see(): Discovery
}

interface BoardDeps {
  readonly runId: string
  readonly email: string
  readonly network: NetworkProfile
  readonly signal: AbortSignal
  readonly clock: Clock
  readonly meet: DiscoveryPorts['meet']
  /** Called after every change of an attempt. */
  readonly changed: (attemptId: string) => void
}

const unchecked: ServerCheck = { state: 'unchecked', answer: '' }
const notNamed: ServerCheck = { state: 'unchecked', answer: 'No server is named.' }

/** An empty board. */
export function createBoard(deps: BoardDeps): Board {
  const { runId, email, network } = deps
  const attempts = createAttempts(deps)
  const meetings = createMeetings(deps, attempts.ask)
  let proposed: readonly Candidate[] = []
  let state: Discovery['state'] = 'running'

  const candidates = () =>
    proposed.map((one) => ({
      ...one,
      imapCheck: meetings.checkOf(one.imap),
      smtpCheck: meetings.checkOf(one.smtp),
    }))
  return {
    ask: attempts.ask,
    meet: meetings.meet,
    candidates,
    propose: (more) => {
      proposed = [...proposed, ...more]
    },
    end: (next) => {
      state = next
    },
    see: () => {
      const proposals = [...rankProposals(candidates())]
      return { runId, email, network, state, attempts: [...attempts.all()], proposals }
    },
  }
}

/** The questions, in the order in which they were asked. */
function createAttempts({ signal, clock, changed }: BoardDeps) {
  const attempts = new Map<string, DiscoveryAttempt>()
  const put = (attempt: DiscoveryAttempt): void => {
    attempts.set(attempt.attemptId, attempt)
    changed(attempt.attemptId)
  }
  const ask: Board['ask'] = async ({ source, asked, authentic, ask: work }) => {
    const open = { attemptId: String(attempts.size + 1), source, asked, authentic, answer: '' }
    const startedAtMs = clock.monotonicMs()
    const end = ({ outcome, answer }: Pick<DiscoveryAttempt, 'outcome' | 'answer'>) =>
      put({ ...open, outcome, answer, durationMs: Math.round(clock.monotonicMs() - startedAtMs) })
    put({ ...open, outcome: 'asking', durationMs: null })
    const limit = deadline(signal, attemptMs)
    try {
      const answer = await raceAbort(work(limit), limit)
      end(answer)
      return answer
    } catch (error) {
      if (signal.aborted) end({ outcome: 'cancelled', answer: 'Cancelled.' })
      else end({ outcome: 'failed', answer: `No answer within ${attemptMs / 1000} seconds.` })
      if (signal.aborted || !isTimeout(limit)) throw error
      return null
    }
  }
  return { ask, all: () => attempts.values() }
}

/** The servers that were or are being met. */
function createMeetings({ meet, network }: BoardDeps, ask: Board['ask']) {
  const meetings = new Map<string, Promise<ServerCheck>>()
  const checks = new Map<string, ServerCheck>()
  const meetNow: Board['meet'] = async (source, protocol, server) => {
    const answer = await ask({
      source,
      asked: `${protocol.toUpperCase()} ${server.host}:${server.port} (${wordsFor[server.security]})`,
      authentic: server.security !== 'none',
      ask: async (limit) => {
        const check = await meet(protocol, server, network, limit)
        return { check, outcome: outcomeOf[check.state], answer: check.answer }
      },
    })
    const check = answer?.check ?? { state: 'failed' as const, answer: 'No answer in time.' }
    checks.set(serverKey(server), check)
    return check
  }
  return {
    meet: (source, protocol, server) => {
      const key = serverKey(server)
      const meeting = meetings.get(key) ?? meetNow(source, protocol, server)
      meetings.set(key, meeting)
      return meeting
    },
    checkOf: (server: MailServer | null) =>
      server === null ? notNamed : (checks.get(serverKey(server)) ?? unchecked),
  } satisfies { meet: Board['meet']; checkOf: (server: MailServer | null) => ServerCheck }
}

const wordsFor = { tls: 'TLS', starttls: 'STARTTLS', none: 'no TLS' } as const
const outcomeOf = {
  answered: 'found',
  untrusted: 'failed',
  failed: 'nothing',
  unchecked: 'nothing',
} as const
