import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TicketEvent } from '../../../core/tickets/events.ts'
import { foldTicket } from '../../../core/tickets/fold.ts'
import { defaultPolicy } from '../../../core/tickets/policy.ts'
import {
  ana,
  createScribe,
  openedChange,
  startMs,
  ticketId,
  twoMachinesEvents,
} from '../../helpers/ticket-events.ts'

const fold = (events: readonly TicketEvent[]) => foldTicket(events, defaultPolicy)

describe('a ticket is the fold of its events', () => {
  it('is the same for any order and any duplication of two machines’ events', () => {
    fc.assert(
      fc.property(
        twoMachinesEvents.chain((events) =>
          fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray([...events], { minLength: events.length }),
            fc.subarray([...events]),
          ),
        ),
        ([events, shuffled, repeated]) => {
          expect(fold([...shuffled, ...repeated])).toEqual(fold(events))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('is null until the opening has arrived', () => {
    const scribe = createScribe('desk-a')
    scribe.write(openedChange, startMs)
    expect(fold([scribe.write({ type: 'status_changed', status: 'solved' }, startMs + 1)])).toBeNull()
  })

  it('keeps both machines’ edits when they are of different fields, and the later one when of the same', () => {
    const [a, b] = [createScribe('desk-a'), createScribe('desk-bb')]
    const opened = a.write(openedChange, startMs)
    b.see(opened)
    const events = [
      opened,
      a.write({ type: 'edited', subject: 'From A' }, startMs + 10),
      b.write({ type: 'edited', mailboxId: 'm1' }, startMs + 20),
      a.write({ type: 'priority_changed', priority: 'high' }, startMs + 30),
      b.write({ type: 'priority_changed', priority: 'urgent' }, startMs + 40),
    ]
    const { subject, mailboxId, priority } = fold(events)!
    expect({ subject, mailboxId, priority }).toEqual({
      subject: 'From A',
      mailboxId: 'm1',
      priority: 'urgent',
    })
  })

  it('lets an answer win over what it answers even when its machine’s clock is an hour slow', () => {
    const [a, b] = [createScribe('desk-a'), createScribe('desk-bb')]
    const events = [
      a.write(openedChange, startMs),
      a.write({ type: 'status_changed', status: 'solved' }, startMs + 60_000),
    ]
    events.forEach((event) => b.see(event))
    events.push(b.write({ type: 'status_changed', status: 'open' }, startMs - 3_600_000))
    expect(fold(events)?.status).toBe('open')
  })

  it('tells who did what when, with the value before, and marks what was undone', () => {
    const scribe = createScribe('desk-a')
    const opened = scribe.write(openedChange, startMs)
    const pending = scribe.write({ type: 'status_changed', status: 'pending' }, startMs + 1000)
    const undo = scribe.write({ type: 'undone', undoneStepId: pending.stepId }, startMs + 2000)
    const solved = scribe.write({ type: 'status_changed', status: 'solved' }, startMs + 3000)
    const line = (event: TicketEvent, undone: boolean, change: object) => ({
      eventId: event.eventId,
      stepId: event.stepId,
      atMs: event.atMs,
      actor: ana,
      undone,
      change,
    })
    expect(fold([opened, pending, undo, solved])?.history).toEqual([
      line(opened, false, { kind: 'opened' }),
      line(pending, true, { kind: 'field', field: 'status', from: 'open', to: 'pending' }),
      line(undo, false, { kind: 'undone', stepId: pending.stepId }),
      line(solved, false, { kind: 'field', field: 'status', from: 'open', to: 'solved' }),
    ])
  })

  it('shows a reply and a note as different kinds, and the reply in the state that the server gave', () => {
    const scribe = createScribe('desk-a')
    const opened = scribe.write(openedChange, startMs)
    const note = scribe.write({ type: 'noted', body: 'He is upset.', attachmentIds: [] }, startMs + 1)
    const reply = scribe.write(
      { type: 'replied', to: 'bo@harbour.example', body: 'Try now.', attachmentIds: [], messageId: '<a@b>' },
      startMs + 2,
    )
    const accepted = scribe.write(
      { type: 'reply_delivery_changed', replyEventId: reply.eventId, state: 'accepted', answer: '250 ok' },
      startMs + 3,
    )
    const base = (event: TicketEvent, body: string) => ({
      eventId: event.eventId,
      atMs: event.atMs,
      actor: ana,
      body,
    })
    expect(fold([opened, note, reply, accepted])?.timeline).toEqual([
      { kind: 'request', ...base(opened, 'Since this morning.') },
      { kind: 'internal_note', ...base(note, 'He is upset.'), attachmentIds: [] },
      {
        kind: 'public_reply',
        ...base(reply, 'Try now.'),
        to: 'bo@harbour.example',
        messageId: '<a@b>',
        attachmentIds: [],
        delivery: { state: 'accepted', answer: '250 ok', atMs: startMs + 3 },
      },
    ])
  })

  it('names the ticket that its events name', () => {
    expect(fold([createScribe('desk-a').write(openedChange, startMs)])?.ticketId).toBe(ticketId)
  })
})
