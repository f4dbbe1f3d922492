import { AppError, assertNever } from '../../../core/errors.ts'
import { describeError } from '../../../core/error-text.ts'
import type { PublicReply } from '../../../core/tickets/shapes.ts'
import type { Ticket } from '../../../core/tickets/fold.ts'
import type { DbClient } from '../../../db/client.ts'
import type { ClaimedReply } from '../../../db/queries/tickets-outbox.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Logger } from '../../lib/logger.ts'
import type { SettingsService } from '../settings/index.ts'
import { programActor } from './authorship.ts'
import type { HelpdeskMailbox, OutgoingReply, ReplySender, SendOutcome } from './ports.ts'

/** Sends queued public replies, one at a time, each at most once unless a person asks for more. */
export interface Outbox {
  /** Hands over all replies that are due, and resolves when each has an outcome or waits again. */
  sendDue(): Promise<void>
  /** Replies that were being sent when the program ended: whether they left is not known, and they say so. */
  recover(): Promise<void>
}

interface OutboxDeps {
  readonly db: DbClient
  readonly clock: Clock
  readonly logger: Logger
  readonly settings: Pick<SettingsService, 'get'>
  readonly mailboxes: HelpdeskMailbox
  readonly sender: ReplySender
  readonly machineId: () => Promise<string>
  readonly changed: (ticketIds: string[]) => void
  readonly signal: AbortSignal
}

/** Waiting for a person (no mailbox, no password) is looked at again soon: it costs nothing. */
const recheckMs = 15_000
const firstRetryMs = 30_000
const longestRetryMs = 3_600_000

/** See `Outbox`. `recover` belongs before the first `sendDue`. */
export function createOutbox(deps: OutboxDeps): Outbox {
  const sendDue = async () => {
    while (!deps.signal.aborted) {
      const claimed = await deps.db.tickets.claimNextReply(deps.clock.nowMs())
      if (claimed === null) return
      const outcome = await handOver(deps, claimed)
      await conclude(deps, claimed, outcome)
      // A reply that waits on for the same reason is looked at often; that is no news to anybody.
      if (outcome.kind !== 'waiting' || outcome.reason !== claimed.reason)
        deps.changed([claimed.ticket.ticketId])
    }
  }
  let tail = Promise.resolve()
  return {
    sendDue: () => (tail = tail.then(sendDue, sendDue)),
    recover: async () => {
      for (const { ticketId, replyEventId } of await deps.db.tickets.listInterruptedReplies())
        await settle(deps, ticketId, replyEventId, 'unknown', 'The program ended while this was being sent.')
    },
  }
}

/** What handing over came to; waiting: a person has to do something first. */
type Outcome = SendOutcome | { readonly kind: 'waiting'; readonly reason: string }

async function conclude(deps: OutboxDeps, claimed: ClaimedReply, outcome: Outcome): Promise<void> {
  const { replyEventId, attempts } = claimed
  const { ticketId } = claimed.ticket
  const nowMs = deps.clock.nowMs()
  switch (outcome.kind) {
    case 'accepted':
      return settle(deps, ticketId, replyEventId, 'accepted', outcome.answer)
    case 'refused':
      return settle(deps, ticketId, replyEventId, 'failed', outcome.answer)
    case 'unknown':
      return settle(deps, ticketId, replyEventId, 'unknown', outcome.reason)
    case 'deferred':
      return deps.db.tickets.postponeReply(replyEventId, outcome.reason, nowMs + retryAfterMs(attempts), true)
    case 'waiting':
      return deps.db.tickets.postponeReply(replyEventId, outcome.reason, nowMs + recheckMs, false)
    default:
      return assertNever(outcome)
  }
}

async function settle(
  { db, clock, machineId }: OutboxDeps,
  ticketId: string,
  replyEventId: string,
  state: 'accepted' | 'failed' | 'unknown',
  answer: string,
): Promise<void> {
  const by = { actor: programActor, machineId: await machineId(), nowMs: clock.nowMs() }
  await db.tickets.settleReply(ticketId, { replyEventId, state, answer: answer.slice(0, 2000) }, by)
}

/** Doubles from half a minute to an hour. */
export function retryAfterMs(attempts: number): number {
  return Math.min(longestRetryMs, firstRetryMs * 2 ** attempts)
}

async function handOver(deps: OutboxDeps, claimed: ClaimedReply): Promise<Outcome> {
  const { helpdeskMailboxId, operatorName } = await deps.settings.get()
  if (helpdeskMailboxId === null)
    return {
      kind: 'waiting',
      reason: 'No helpdesk mailbox is chosen. Choose one in Settings, and the reply leaves.',
    }
  const reply = claimed.ticket.timeline.find((entry) => entry.eventId === claimed.replyEventId)
  if (reply?.kind !== 'public_reply')
    return { kind: 'refused', answer: 'The reply is no longer part of the ticket.' }
  try {
    const { mailbox, secret } = await deps.mailboxes.open(helpdeskMailboxId)
    return await deps.sender.send(toMessage(claimed, reply, operatorName), mailbox, secret, deps.signal)
  } catch (error) {
    // A sender does not reject, so nothing has left: the mailbox or its password could not be opened.
    deps.logger.warn({ err: error, replyEventId: claimed.replyEventId }, 'reply not sent')
    const known =
      error instanceof AppError ? describeError(error.code, error.details) : describeError('internal')
    return { kind: 'waiting', reason: `${known.sentence} ${known.nextStep}` }
  }
}

function toMessage(claimed: ClaimedReply, reply: PublicReply, operatorName: string): OutgoingReply {
  return {
    reply,
    fromName: operatorName,
    subject: replySubject(claimed.ticket),
    references: claimed.ticket.timeline.flatMap((entry) =>
      entry.kind === 'public_reply' && entry.eventId < reply.eventId ? [entry.messageId] : [],
    ),
    attachments: claimed.attachments.map(({ name, mediaType, bytes }) => ({ name, mediaType, bytes })),
  }
}

/** The ticket's number in brackets, so that people and answers find the ticket again. */
export function replySubject(ticket: Pick<Ticket, 'number' | 'subject'>): string {
  return `[${ticket.number}] Re: ${ticket.subject.replace(/^re:\s*/i, '')}`
}
