import { nextEventId } from '../../../../core/tickets/event-id.ts'
import type { TicketChange, TicketEvent } from '../../../../core/tickets/events.ts'
import { ticketNumber } from '../../../../core/tickets/number.ts'
import { ticketCategory } from '../../../../core/tickets/types.ts'
import type {
  Assignee,
  TicketCategory,
  TicketPriority,
  TicketStatus,
} from '../../../../core/tickets/types.ts'
import type { Random } from './random.ts'
import { anyReply, firstNames, lastNames, problems, tagWords } from './words.ts'

/** What the story of an invented ticket is told from. */
export interface StoryInput {
  readonly random: Random
  readonly machineId: string
  readonly sequence: number
  readonly openedAtMs: number
  readonly nowMs: number
  readonly technicians: readonly Assignee[]
}

interface Step {
  readonly afterMs: number
  readonly change: TicketChange
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const priorities: readonly TicketPriority[] = [
  'normal',
  'normal',
  'normal',
  'normal',
  'high',
  'high',
  'low',
  'low',
  'urgent',
]

/** The events of one ticket, from its opening to now. Old tickets have mostly been solved. */
export function tellStory(input: StoryInput): readonly TicketEvent[] {
  const { random, openedAtMs, nowMs } = input
  const ticketId = nextEventId(openedAtMs, null, random.bytes(10))
  const category = random.pick(ticketCategory.options)
  const technician = random.pick(input.technicians)
  const requester = inventRequester(random)
  const worked = middle(random, category, technician, requester.email)
  const lastMs = Math.max(hourMs, ...worked.map((step) => step.afterMs))
  const steps = [...worked, ...ending(random, nowMs - openedAtMs, lastMs)]
  const opening = opened(input, category, requester)
  const told = steps.filter((step) => openedAtMs + step.afterMs < nowMs)
  return write(
    input,
    ticketId,
    [{ afterMs: 0, change: opening }, ...told.toSorted((a, b) => a.afterMs - b.afterMs)],
    technician,
  )
}

function opened(
  { random, machineId, sequence }: StoryInput,
  category: TicketCategory,
  requester: { readonly name: string; readonly email: string },
): TicketChange {
  const problem = problems[category]
  return {
    type: 'opened',
    number: ticketNumber(machineId, sequence),
    subject: random.pick(problem.subjects),
    description: random.pick(problem.descriptions),
    requester: { ...requester, personId: null },
    mailboxId: null,
    category,
    priority: random.pick(priorities),
    assignee: null,
  }
}

function inventRequester(random: Random): { readonly name: string; readonly email: string } {
  const name = `${random.pick(firstNames)} ${random.pick(lastNames)}`
  return { name, email: `user${random.below(5000)}@harbour.example` }
}

function middle(random: Random, category: TicketCategory, technician: Assignee, to: string): readonly Step[] {
  const problem = problems[category]
  const firstMs = Math.floor(random.next() ** 2 * 5 * hourMs)
  const steps: Step[] = []
  if (random.next() < 0.85)
    steps.push({ afterMs: firstMs, change: { type: 'assigned', assignee: technician } })
  if (random.next() < 0.6) steps.push({ afterMs: firstMs + 60_000, change: note(random.pick(problem.notes)) })
  if (random.next() < 0.8)
    steps.push({ afterMs: firstMs + 120_000, change: reply(random, to, random.pick(problem.replies)) })
  if (random.next() < 0.3) {
    steps.push({ afterMs: firstMs + 120_001, change: { type: 'status_changed', status: 'pending' } })
    steps.push({
      afterMs: firstMs + random.below(20 * hourMs) + 130_000,
      change: { type: 'status_changed', status: 'open' },
    })
  }
  if (random.next() < 0.4)
    steps.push({
      afterMs: firstMs + random.below(14 * hourMs) + hourMs,
      change: reply(random, to, random.pick(anyReply)),
    })
  if (random.next() < 0.15)
    steps.push({
      afterMs: firstMs + 200_000,
      change: { type: 'tagged', added: [random.pick(tagWords)], removed: [] },
    })
  return steps
}

function ending(random: Random, ageMs: number, lastMs: number): readonly Step[] {
  const solvedMs = lastMs + 600_000 + Math.floor(random.next() ** 3 * 2 * dayMs)
  const closedMs = solvedMs + 7 * dayMs
  const isDone = random.next() < (ageMs > 30 * dayMs ? 1 : ageMs > 7 * dayMs ? 0.97 : 0.7)
  if (!isDone) return random.next() < 0.3 ? [setTo(solvedMs, 'pending')] : []
  return random.next() < 0.8
    ? [setTo(solvedMs, 'solved'), setTo(closedMs, 'closed')]
    : [setTo(solvedMs, 'solved')]
}

const setTo = (afterMs: number, status: TicketStatus): Step => ({
  afterMs,
  change: { type: 'status_changed', status },
})

const note = (body: string): TicketChange => ({ type: 'noted', body, attachmentIds: [] })

function reply(random: Random, to: string, body: string): TicketChange {
  return {
    type: 'replied',
    to,
    body,
    attachmentIds: [],
    messageId: `<${random.below(2 ** 31)}.${random.below(2 ** 31)}@harbour.example>`,
  }
}

/** Gives the steps their envelopes; a reply is followed by the server's answer, as it would be in life. */
function write(
  input: StoryInput,
  ticketId: string,
  steps: readonly Step[],
  technician: Assignee,
): readonly TicketEvent[] {
  const { random, machineId } = input
  const events: TicketEvent[] = []
  const add = (change: TicketChange, atMs: number, kind: 'person' | 'program'): TicketEvent => {
    const eventId = nextEventId(atMs, events.at(-1)?.eventId ?? null, random.bytes(10))
    const actor = kind === 'person' ? { kind, ...technician } : { kind, name: 'Mail Desk', email: '' }
    const event: TicketEvent = { ...change, eventId, stepId: eventId, ticketId, machineId, actor, atMs }
    events.push(event)
    return event
  }
  for (const { afterMs, change } of steps) {
    const atMs = input.openedAtMs + afterMs
    const event = add(change, atMs, 'person')
    if (event.type === 'replied')
      add(
        {
          type: 'reply_delivery_changed',
          replyEventId: event.eventId,
          state: 'accepted',
          answer: '250 2.0.0 Ok: queued',
        },
        atMs + 800,
        'program',
      )
  }
  return events
}
