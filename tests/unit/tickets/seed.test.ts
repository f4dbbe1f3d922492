import { describe, expect, it } from 'vitest'
import { ticketEvent } from '../../../core/tickets/events.ts'
import { foldTicket } from '../../../core/tickets/fold.ts'
import { defaultPolicy } from '../../../core/tickets/policy.ts'
import { createRandom } from '../../../main/features/tickets/seed/random.ts'
import { tellStory } from '../../../main/features/tickets/seed/story.ts'
import { technicians } from '../../../main/features/tickets/seed/words.ts'
import { startMs } from '../../helpers/ticket-events.ts'

function stories(seed: number, count = 100) {
  const random = createRandom(seed)
  const nowMs = startMs + 60 * 86_400_000
  return Array.from({ length: count }, (_, index) =>
    tellStory({
      random,
      machineId: 'desk-a',
      sequence: index + 1,
      openedAtMs: startMs + index * 1000,
      nowMs,
      technicians,
    }),
  )
}

describe('invented tickets', () => {
  it('are the same for the same seed', () => {
    expect(stories(5)).toEqual(stories(5))
  })

  it('are made of events that the contract accepts', () => {
    expect(
      stories(6)
        .flat()
        .filter((event) => !ticketEvent.safeParse(event).success),
    ).toEqual([])
  })

  it('are mostly solved, and all replies were accepted', () => {
    const tickets = stories(7).map((events) => foldTicket(events, defaultPolicy)!)
    const done = tickets.filter((ticket) => ticket.status === 'solved' || ticket.status === 'closed').length
    expect([done > 80, tickets.every((ticket) => ticket.replyState === null)]).toEqual([true, true])
  })
})
