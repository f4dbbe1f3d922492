import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unsentStates } from '../../../core/tickets/views.ts'
import type { WriteHandle } from '../../../db/handles.ts'
import { closeDatabase, openDatabase } from '../../../db/open.ts'
import * as tickets from '../../../db/queries/tickets.ts'
import { ana, createScribe, openedChange, startMs, twoMachinesEvents } from '../../helpers/ticket-events.ts'

let db: WriteHandle
beforeEach(() => {
  db = openDatabase(':memory:')
})
afterEach(() => {
  closeDatabase(db)
})

const by = (nowMs: number) => ({ actor: ana, machineId: 'desk-a', nowMs })
const context = { meKey: 'ana@desk.example', nowMs: startMs }
const everything = { ...context, filter: {}, text: '', sort: 'updated', after: null, limit: 50 } as const

function open(subject = 'Cannot sign in', atMs = startMs, email = 'bo@harbour.example'): string {
  const requester = { name: 'Bo', email, personId: null }
  const opening = {
    subject,
    description: 'Since this morning.',
    requester,
    mailboxId: null,
    category: 'access',
    priority: 'normal',
    assignee: null,
  } as const
  return tickets.openTicket(db, opening, [], by(atMs)).ticketId
}

const subjects = (input: object) =>
  tickets.listTickets(db, { ...everything, ...input }).tickets.map((ticket) => ticket.subject)

/** All rows of the projections, without the row numbers that a rebuild may give anew. */
function projections(handle: WriteHandle) {
  const rows = handle.$client.prepare('SELECT * FROM tickets ORDER BY ticket_id').all() as {
    row_id: number
  }[]
  const tags = handle.$client.prepare('SELECT count(*) FROM ticket_tags').pluck().get()
  const found = handle.$client
    .prepare(`SELECT count(*) FROM ticket_search WHERE ticket_search MATCH '"sign"'`)
    .pluck()
    .get()
  return { rows: rows.map((row) => ({ ...row, row_id: 0 })), tags, found }
}

describe('ticket events', () => {
  it('refuse to be changed or deleted', () => {
    open()
    const run = (sql: string) => () => db.$client.exec(sql)
    expect(run("UPDATE ticket_events SET body = '{}'")).toThrow('append-only')
    expect(run('DELETE FROM ticket_events')).toThrow('append-only')
  })

  it('that are notes cannot be put into the outbox, by nobody', () => {
    const id = open()
    const appended = tickets.appendToTicket(
      db,
      id,
      [{ type: 'noted', body: 'x', attachmentIds: [] }],
      by(startMs + 1),
    )
    const eventId = appended.outcome === 'written' ? appended.eventIds[0] : ''
    const put = db.$client.prepare("INSERT INTO reply_outbox VALUES (?, ?, 'waiting', '', 0, 0)")
    expect(() => put.run(eventId, id)).toThrow('only a public reply can be sent')
  })

  it('of two machines give the same projections whatever the order in which they arrive', () => {
    fc.assert(
      fc.property(
        twoMachinesEvents.chain((events) =>
          fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray([...events], { minLength: events.length }),
            fc.nat(30),
          ),
        ),
        ([events, shuffled, cut]) => {
          const [one, other] = [openDatabase(':memory:'), openDatabase(':memory:')]
          tickets.mergeTicketEvents(one, events)
          tickets.mergeTicketEvents(other, shuffled.slice(0, cut))
          tickets.mergeTicketEvents(other, shuffled)
          const merged = [projections(one), projections(other)]
          tickets.rebuildTickets(other, null, 1000)
          const rebuilt = projections(other)
          closeDatabase(one)
          closeDatabase(other)
          expect([merged[1], rebuilt]).toEqual([merged[0], merged[0]])
        },
      ),
      { numRuns: 40 },
    )
  })

  it('with a known id and another content are refused', () => {
    const event = createScribe('desk-a').write(openedChange, startMs)
    tickets.mergeTicketEvents(db, [event])
    const forged = { ...event, atMs: startMs + 1 }
    expect(() => tickets.mergeTicketEvents(db, [forged])).toThrow('record.conflict')
  })
})

describe('a rebuild', () => {
  it('gives the lists and the search that were there before', () => {
    const ids = [open(), open('Storage is full', startMs + 1), open('Spam', startMs + 2)]
    tickets.appendToTicket(db, ids[1]!, [{ type: 'tagged', added: ['vip'], removed: [] }], by(startMs + 5))
    tickets.appendToTicket(db, ids[2]!, [{ type: 'status_changed', status: 'pending' }], by(startMs + 6))
    const before = projections(db)
    let last: string | null = null
    do last = tickets.rebuildTickets(db, last, 2).lastTicketId
    while (last !== null)
    expect(projections(db)).toEqual(before)
  })

  it('keeps the order of tickets that were opened in one millisecond', () => {
    for (let n = 0; n < 20; n += 1) open(`Ticket ${n}`)
    const before = subjects({})
    tickets.rebuildTickets(db, null, 1000)
    expect(subjects({})).toEqual(before)
  })
})

describe('a list', () => {
  it('is paged by its order without losing or repeating a ticket', () => {
    for (let n = 0; n < 25; n += 1) open(`Ticket ${n}`, startMs + (n % 7))
    for (const sort of ['updated', 'created', 'due', 'priority'] as const) {
      const seen: string[] = []
      let after: string | null = null
      do {
        const page = tickets.listTickets(db, { ...everything, sort, after, limit: 4 })
        seen.push(...page.tickets.map((ticket) => ticket.ticketId))
        after = page.nextCursor
      } while (after !== null)
      expect([new Set(seen).size, seen.length, sort]).toEqual([25, 25, sort])
    }
  })

  it('keeps what passes the filter', () => {
    const [a, b] = [open('One'), open('Two', startMs + 1, 'Cy@harbour.example')]
    tickets.appendToTicket(
      db,
      a,
      [{ type: 'assigned', assignee: { name: 'Ana', email: 'Ana@desk.example' } }],
      by(startMs + 2),
    )
    tickets.appendToTicket(db, b, [{ type: 'tagged', added: ['vip'], removed: [] }], by(startMs + 3))
    tickets.appendToTicket(db, b, [{ type: 'status_changed', status: 'pending' }], by(startMs + 4))
    const reply = {
      to: 'cy@harbour.example',
      body: 'Done.',
      attachmentIds: [],
      messageId: '<1@desk.example>',
    }
    tickets.appendToTicket(db, b, [{ type: 'replied', ...reply }], by(startMs + 5))
    expect({
      mine: subjects({ filter: { assignedTo: 'me' } }),
      nobody: subjects({ filter: { assignedTo: 'nobody' } }),
      pending: subjects({ filter: { statuses: ['pending'] } }),
      requester: subjects({ filter: { requesterEmail: 'cy@harbour.example' } }),
      tag: subjects({ filter: { tag: 'vip' } }),
      unsent: subjects({ filter: { replyStates: [...unsentStates] } }),
      refused: subjects({ filter: { replyStates: ['failed'] } }),
      due: subjects({ filter: { dueWithinMs: 4 * 3_600_000 } }),
      notYetDue: subjects({ filter: { dueWithinMs: 1000 } }),
    }).toEqual({
      mine: ['One'],
      nobody: ['Two'],
      pending: ['Two'],
      requester: ['Two'],
      tag: ['Two'],
      unsent: ['Two'],
      refused: [],
      due: ['One'],
      notYetDue: [],
    })
  })

  it('finds words in subject, bodies, requester and number, the last word as it is typed', () => {
    const id = open('Outlook asks for the password')
    open('Storage is full', startMs + 1)
    tickets.appendToTicket(
      db,
      id,
      [{ type: 'noted', body: 'Größe geprüft', attachmentIds: [] }],
      by(startMs + 2),
    )
    const { number } = tickets.getTicket(db, id)!.ticket
    const texts = [
      'outl',
      'password ask',
      'grosse',
      'große',
      'harbour.example',
      number,
      '"',
      'OR',
      'nothing like it',
    ]
    expect(texts.map((text) => subjects({ text }).length)).toEqual([1, 1, 0, 1, 2, 1, 0, 0, 0])
  })

  it('counts what each view shows', () => {
    const id = open()
    open('Two', startMs + 1)
    tickets.appendToTicket(db, id, [{ type: 'status_changed', status: 'solved' }], by(startMs + 2))
    expect(
      tickets.countTicketViews(db, [{}, { statuses: ['solved'] }, { assignedTo: 'nobody' }], context),
    ).toEqual([2, 1, 2])
  })
})

describe('changing a ticket', () => {
  it('writes nothing when nothing would change', () => {
    const id = open()
    const appended = tickets.appendToTicket(
      db,
      id,
      [{ type: 'status_changed', status: 'open' }],
      by(startMs + 1),
    )
    expect([appended.outcome, tickets.listTicketEvents(db, id).length]).toEqual(['already', 1])
  })

  it('gives numbers that count up on one desk', () => {
    const numbers = [open(), open()].map((id) => tickets.getTicket(db, id)!.ticket.number.split('-')[1])
    expect(numbers).toEqual(['1', '2'])
  })
})
