import type { Publish } from '../../../core/contract/index.ts'
import type { ticketsContract } from '../../../core/tickets/contract.ts'
import type { DbClient } from '../../../db/client.ts'
import type { HandlersOf } from '../../ipc/handlers.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Logger } from '../../lib/logger.ts'
import { machineIdOf } from '../desk/index.ts'
import type { Jobs } from '../jobs/index.ts'
import type { SettingsService } from '../settings/index.ts'
import { whoWorksHere } from './authorship.ts'
import { createTicketHandlers } from './handlers.ts'
import { createOutbox } from './outbox.ts'
import type { Outbox } from './outbox.ts'
import type { HelpdeskMailbox, ReplySender } from './ports.ts'
import { createTicketService } from './service.ts'
import type { TicketService } from './service.ts'

export type { TicketService } from './service.ts'
export type { OutgoingReply, SendOutcome } from './ports.ts'

interface TicketsDeps {
  readonly db: DbClient
  readonly publish: Publish
  readonly clock: Clock
  readonly logger: Logger
  readonly jobs: Jobs
  readonly settings: Pick<SettingsService, 'get'>
  readonly mailboxes: HelpdeskMailbox
  readonly sender: ReplySender
}

/** The queue: tickets as folds of their events, and the outbox of public replies. */
export interface Tickets {
  readonly handlers: HandlersOf<typeof ticketsContract>
  readonly service: TicketService
  readonly outbox: Outbox
  /** Sends queued replies from now on. Only the host of a desk does, so that two processes do not. */
  startOutbox(): Promise<void>
  dispose(): Promise<void>
}

/** How often the outbox looks for replies that another process (the command line) has queued. */
const lookEveryMs = 10_000

export function createTickets(deps: TicketsDeps): Tickets {
  const stop = new AbortController()
  let machineId: Promise<string> | null = null
  const machine = () => (machineId ??= machineIdOf(deps.db))
  const me = async () => whoWorksHere(await deps.settings.get(), await machine(), deps.clock)
  const changed = (ticketIds: string[]) => {
    deps.publish('tickets.changed', { ticketIds })
  }
  const sending = createOutbox({ ...deps, machineId: machine, changed, signal: stop.signal })
  let isHost = false
  const outbox: Outbox = { ...sending, sendDue: () => (isHost ? sending.sendDue() : Promise.resolve()) }
  const service = createTicketService({ db: deps.db, me, changed })
  const kick = () => void look(outbox, deps.logger)
  const handlers = createTicketHandlers({ ...deps, service, kick, me, changed })
  let timer: NodeJS.Timeout | null = null
  return {
    handlers,
    service,
    outbox,
    startOutbox: async () => {
      await sending.recover()
      isHost = true
      kick()
      timer = setInterval(kick, lookEveryMs).unref()
    },
    dispose: async () => {
      if (timer !== null) clearInterval(timer)
      stop.abort()
      await look(sending, deps.logger)
    },
  }
}

async function look(outbox: Outbox, logger: Logger): Promise<void> {
  try {
    await outbox.sendDue()
  } catch (err) {
    logger.error({ err }, 'outbox')
  }
}
