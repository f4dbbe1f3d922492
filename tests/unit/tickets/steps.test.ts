import { describe, expect, it } from 'vitest'
import type { TicketEvent } from '../../../core/tickets/events.ts'
import { foldTicket } from '../../../core/tickets/fold.ts'
import { defaultPolicy } from '../../../core/tickets/policy.ts'
import { findUndoableStep, orderEvents } from '../../../core/tickets/steps.ts'
import { createScribe, openedChange, startMs } from '../../helpers/ticket-events.ts'

const replied = {
  type: 'replied',
  to: 'bo@harbour.example',
  body: 'Try now.',
  attachmentIds: [] as string[],
  messageId: '<a@b>',
} as const

function story(): { scribe: ReturnType<typeof createScribe>; events: TicketEvent[] } {
  const scribe = createScribe('desk-a')
  return { scribe, events: [scribe.write(openedChange, startMs)] }
}

const statusOf = (events: readonly TicketEvent[]) => foldTicket(events, defaultPolicy)?.status
const undoable = (events: readonly TicketEvent[]) => findUndoableStep(orderEvents(events))

describe('undo', () => {
  it('takes back the last step, then the one before it', () => {
    const { scribe, events } = story()
    const pending = scribe.write({ type: 'status_changed', status: 'pending' }, startMs + 1)
    const solved = scribe.write({ type: 'status_changed', status: 'solved' }, startMs + 2)
    events.push(pending, solved)
    const first = undoable(events)
    events.push(scribe.write({ type: 'undone', undoneStepId: first! }, startMs + 3))
    const second = undoable(events)
    events.push(scribe.write({ type: 'undone', undoneStepId: second! }, startMs + 4))
    expect([first, second, undoable(events), statusOf(events)]).toEqual([
      solved.stepId,
      pending.stepId,
      null,
      'open',
    ])
  })

  it('can itself be undone', () => {
    const { scribe, events } = story()
    const solved = scribe.write({ type: 'status_changed', status: 'solved' }, startMs + 1)
    const undo = scribe.write({ type: 'undone', undoneStepId: solved.stepId }, startMs + 2)
    const redo = scribe.write({ type: 'undone', undoneStepId: undo.stepId }, startMs + 3)
    expect(statusOf([...events, solved, undo, redo])).toBe('solved')
  })

  it('takes back all events of a step', () => {
    const { scribe, events } = story()
    const reply = scribe.write(replied, startMs + 1)
    const pending = scribe.write({ type: 'status_changed', status: 'pending' }, startMs + 1, reply.stepId)
    const undo = scribe.write({ type: 'undone', undoneStepId: reply.stepId }, startMs + 2)
    const ticket = foldTicket([...events, reply, pending, undo], defaultPolicy)!
    expect([ticket.status, ticket.timeline.map((entry) => entry.kind)]).toEqual(['open', ['request']])
  })

  it('never takes back a reply that has left, whatever another machine asked for meanwhile', () => {
    const { scribe, events } = story()
    const reply = scribe.write(replied, startMs + 1)
    const other = createScribe('desk-bb')
    ;[...events, reply].forEach((event) => other.see(event))
    const undo = other.write({ type: 'undone', undoneStepId: reply.stepId }, startMs + 2)
    const accepted = scribe.write(
      { type: 'reply_delivery_changed', replyEventId: reply.eventId, state: 'accepted', answer: '250 ok' },
      startMs + 3,
    )
    const all = [...events, reply, undo, accepted]
    expect([foldTicket(all, defaultPolicy)?.timeline.map((entry) => entry.kind), undoable(all)]).toEqual([
      ['request', 'public_reply'],
      null,
    ])
  })

  it('does not take back the opening', () => {
    expect(undoable(story().events)).toBeNull()
  })
})
