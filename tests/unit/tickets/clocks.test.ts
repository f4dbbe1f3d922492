import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readClock } from '../../../core/tickets/clocks.ts'
import type { TicketChange, TicketEvent } from '../../../core/tickets/events.ts'
import { foldTicket } from '../../../core/tickets/fold.ts'
import type { TicketPolicy } from '../../../core/tickets/policy.ts'
import { defaultPolicy } from '../../../core/tickets/policy.ts'
import type { TicketStatus } from '../../../core/tickets/types.ts'
import { createScribe, openedChange, startMs, twoMachinesEvents } from '../../helpers/ticket-events.ts'

const hourMs = 3_600_000
const dayPolicy: TicketPolicy = {
  version: 1,
  targetsMs: {
    first_response: { urgent: hourMs, high: hourMs, normal: 4 * hourMs, low: hourMs },
    resolution: { urgent: 24 * hourMs, high: 24 * hourMs, normal: 24 * hourMs, low: 24 * hourMs },
  },
}

/** A ticket opened at hour 0 with a status set at each of the given hours. */
function ticketWith(...statuses: readonly (readonly [atHour: number, status: TicketStatus])[]) {
  const scribe = createScribe('desk-a')
  const events: TicketEvent[] = [scribe.write(openedChange, startMs)]
  for (const [atHour, status] of statuses)
    events.push(scribe.write({ type: 'status_changed', status }, startMs + atHour * hourMs))
  return foldTicket(events, dayPolicy)!
}

const atHour = (hour: number) => startMs + hour * hourMs

describe('the resolution clock', () => {
  it('runs from the opening', () => {
    expect(readClock(ticketWith().clocks.resolution, atHour(5))).toEqual({
      elapsedMs: 5 * hourMs,
      remainingMs: 19 * hourMs,
      overdue: false,
    })
  })

  it('pauses while pending and is then not due', () => {
    const { resolution } = ticketWith([2, 'pending']).clocks
    expect([resolution.dueAtMs, readClock(resolution, atHour(100)).elapsedMs]).toEqual([null, 2 * hourMs])
  })

  it('resumes the remaining time when the ticket is reopened, however late', () => {
    const { resolution } = ticketWith([20, 'solved'], [500, 'open']).clocks
    expect([resolution.dueAtMs, readClock(resolution, atHour(501)).remainingMs]).toEqual([
      atHour(504),
      3 * hourMs,
    ])
  })

  it('is overdue when more than the target has run', () => {
    expect(readClock(ticketWith().clocks.resolution, atHour(25)).overdue).toBe(true)
  })

  it('never loses a pause when the policy or the priority changes', () => {
    fc.assert(
      fc.property(twoMachinesEvents, fc.integer({ min: 1, max: 1000 }), (events, factor) => {
        const scaled: TicketPolicy = {
          version: 2,
          targetsMs: {
            first_response: { urgent: factor, high: factor, normal: factor, low: factor },
            resolution: { urgent: factor, high: factor, normal: factor, low: factor },
          },
        }
        const [before, after] = [foldTicket(events, defaultPolicy)!, foldTicket(events, scaled)!]
        const used = (ticket: typeof before) => [
          readClock(ticket.clocks.firstResponse, atHour(5000)).elapsedMs,
          readClock(ticket.clocks.resolution, atHour(5000)).elapsedMs,
        ]
        expect(used(after)).toEqual(used(before))
      }),
    )
  })

  it('never counts more than the time that has passed since the opening', () => {
    fc.assert(
      fc.property(twoMachinesEvents, (events) => {
        const ticket = foldTicket(events, defaultPolicy)!
        const nowMs = Math.max(...events.map((event) => event.atMs))
        const { elapsedMs } = readClock(ticket.clocks.resolution, nowMs)
        expect(elapsedMs >= 0 && elapsedMs <= nowMs - ticket.createdAtMs).toBe(true)
      }),
    )
  })
})

describe('the first response clock', () => {
  const replied: TicketChange = {
    type: 'replied',
    to: 'bo@harbour.example',
    body: 'Try now.',
    attachmentIds: [],
    messageId: '<a@b>',
  }

  function answered(state: 'queued' | 'accepted') {
    const scribe = createScribe('desk-a')
    const opened = scribe.write(openedChange, startMs)
    const reply = scribe.write(replied, atHour(1))
    const pending = scribe.write({ type: 'status_changed', status: 'pending' }, atHour(1), reply.stepId)
    const delivery = scribe.write(
      { type: 'reply_delivery_changed', replyEventId: reply.eventId, state, answer: '' },
      atHour(1) + 2000,
    )
    const reopened = scribe.write({ type: 'status_changed', status: 'open' }, atHour(9))
    return foldTicket([opened, reply, pending, delivery, reopened], dayPolicy)!.clocks.firstResponse
  }

  it('is met by an accepted reply that was sent in the same step as “pending”', () => {
    expect([answered('accepted').state, readClock(answered('accepted'), atHour(50)).elapsedMs]).toEqual([
      'stopped',
      hourMs,
    ])
  })

  it('runs on while the reply is only queued: queued is not sent', () => {
    expect([answered('queued').state, answered('queued').dueAtMs]).toEqual(['running', atHour(12)])
  })
})
