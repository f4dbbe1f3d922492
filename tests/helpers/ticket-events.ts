import fc from 'fast-check'
import { nextEventId } from '../../core/tickets/event-id.ts'
import type { TicketChange, TicketEvent } from '../../core/tickets/events.ts'
import type { Actor } from '../../core/tickets/types.ts'
import { ticketCategory, ticketPriority, ticketStatus } from '../../core/tickets/types.ts'

export const ticketId = '01890000-0000-7000-8000-000000000001'
export const ana: Actor = { kind: 'person', name: 'Ana', email: 'ana@desk.example' }
export const startMs = 1_700_000_000_000

/** Writes events as one machine would, each after all that it has seen. */
export interface Scribe {
  write(change: TicketChange, atMs: number, stepId?: string): TicketEvent
  see(event: TicketEvent): void
}

export function createScribe(machineId: string, id = ticketId, seed = machineId.length * 37): Scribe {
  let newest: string | null = null
  let counter = seed
  const see = (event: TicketEvent) => {
    if (newest === null || event.eventId > newest) newest = event.eventId
  }
  return {
    see,
    write: (change, atMs, stepId) => {
      counter += 1
      const random = new Uint8Array(10).map((_, index) => (counter * (index + 7) * 31) & 0xff)
      const eventId = nextEventId(atMs, newest, random)
      const event = {
        ...change,
        eventId,
        stepId: stepId ?? eventId,
        ticketId: id,
        machineId,
        actor: ana,
        atMs,
      }
      see(event)
      return event
    },
  }
}

export const openedChange: TicketChange = {
  type: 'opened',
  number: 'K7F-1',
  subject: 'Cannot sign in',
  description: 'Since this morning.',
  requester: { name: 'Bo', email: 'bo@harbour.example', personId: null },
  mailboxId: null,
  category: 'access',
  priority: 'normal',
  assignee: null,
}

/** A change that anybody could make to an open ticket. */
export const anyChange: fc.Arbitrary<TicketChange> = fc.oneof(
  fc.record({
    type: fc.constant('status_changed' as const),
    status: fc.constantFrom(...ticketStatus.options),
  }),
  fc.record({
    type: fc.constant('priority_changed' as const),
    priority: fc.constantFrom(...ticketPriority.options),
  }),
  fc.record({
    type: fc.constant('category_changed' as const),
    category: fc.constantFrom(...ticketCategory.options),
  }),
  fc.record({
    type: fc.constant('assigned' as const),
    assignee: fc.option(
      fc.constantFrom({ name: 'Ana', email: 'ana@desk.example' }, { name: 'Cy', email: '' }),
    ),
  }),
  fc.record({ type: fc.constant('edited' as const), subject: fc.string({ minLength: 1, maxLength: 20 }) }),
  fc.record({ type: fc.constant('edited' as const), mailboxId: fc.option(fc.constantFrom('m1', 'm2')) }),
  fc.record({
    type: fc.constant('tagged' as const),
    added: fc.subarray(['vip', 'outage', 'phone']),
    removed: fc.subarray(['vip', 'outage']),
  }),
  fc.record({
    type: fc.constant('noted' as const),
    body: fc.string({ minLength: 1, maxLength: 30 }),
    attachmentIds: fc.constant([] as string[]),
  }),
  fc.record({
    type: fc.constant('replied' as const),
    to: fc.constant('bo@harbour.example'),
    body: fc.string({ minLength: 1, maxLength: 30 }),
    attachmentIds: fc.constant([] as string[]),
    messageId: fc.uuid().map((id) => `<${id}@desk.example>`),
  }),
)

/** What one machine does next: a change, taking back one of its known steps, a server's answer, or a sync. */
type Move =
  | { readonly do: 'change'; readonly change: TicketChange }
  | {
      readonly do: 'undo' | 'deliver'
      readonly pick: number
      readonly state: 'queued' | 'accepted' | 'failed' | 'unknown'
    }
  | { readonly do: 'sync' }

const anyMove: fc.Arbitrary<Move> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('change' as const), change: anyChange }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('undo' as const, 'deliver' as const),
      pick: fc.nat(50),
      state: fc.constantFrom('queued' as const, 'accepted' as const, 'failed' as const, 'unknown' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sync' as const) }) },
)

/** All events of one ticket on which two machines worked, with clocks that disagree and syncs now and then. */
export const twoMachinesEvents: fc.Arbitrary<readonly TicketEvent[]> = fc
  .array(fc.record({ machine: fc.boolean(), move: anyMove, afterMs: fc.nat(5_000_000) }), { maxLength: 25 })
  .map((moves) => {
    const scribes = [createScribe('desk-a'), createScribe('desk-bb')] as const
    const opened = scribes[0].write(openedChange, startMs)
    scribes[1].see(opened)
    const known: [TicketEvent[], TicketEvent[]] = [[opened], [opened]]
    let atMs = startMs
    for (const { machine, move, afterMs } of moves) {
      atMs += afterMs
      const side = machine ? 1 : 0
      const wallMs = machine ? Math.max(0, atMs - 3_000_000) : atMs
      if (move.do === 'sync') syncSides(known, scribes)
      else writeMove(known[side], scribes[side], move, wallMs)
    }
    return [...known[0], ...known[1]]
  })

function syncSides(known: [TicketEvent[], TicketEvent[]], scribes: readonly [Scribe, Scribe]): void {
  const union = [...new Set([...known[0], ...known[1]])]
  for (const side of [0, 1] as const) {
    known[side] = [...union]
    union.forEach((event) => scribes[side].see(event))
  }
}

function writeMove(
  known: TicketEvent[],
  scribe: Scribe,
  move: Exclude<Move, { do: 'sync' }>,
  atMs: number,
): void {
  if (move.do === 'change') known.push(scribe.write(move.change, atMs))
  else if (move.do === 'undo') {
    const step = known[move.pick % known.length]
    if (step !== undefined) known.push(scribe.write({ type: 'undone', undoneStepId: step.stepId }, atMs))
  } else {
    const replies = known.filter((event) => event.type === 'replied')
    const reply = replies[move.pick % Math.max(1, replies.length)]
    if (reply !== undefined)
      known.push(
        scribe.write(
          {
            type: 'reply_delivery_changed',
            replyEventId: reply.eventId,
            state: move.state,
            answer: '250 ok',
          },
          atMs,
        ),
      )
  }
}
