import type { Assignee } from '../../core/tickets/types.ts'
import type { TicketSummary } from '../../core/tickets/shapes.ts'
import { breachingWithinMs } from '../../core/tickets/views.ts'
import type { TicketFilter, TicketSort } from '../../core/tickets/views.ts'
import type { ReadHandle } from '../handles.ts'
import { conditionsOf, matchExpression } from './tickets-filter.ts'
import type { FilterContext, Sql } from './tickets-filter.ts'
import { toSummary } from './tickets-rows.ts'
import type { TicketRow } from './tickets-rows.ts'

/** What a list shows. `after` is the `nextCursor` of the page before. */
export interface ListTicketsInput extends FilterContext {
  readonly filter: TicketFilter
  readonly text: string
  readonly sort: TicketSort
  readonly after: string | null
  readonly limit: number
}

export interface TicketPage {
  readonly tickets: TicketSummary[]
  readonly total: number
  readonly nextCursor: string | null
}

interface Order {
  readonly column: string
  readonly direction: 'ASC' | 'DESC'
  readonly index: string
}

const orders: Readonly<Record<TicketSort, Order>> = {
  updated: { column: 'updated_at_ms', direction: 'DESC', index: 'tickets_by_updated' },
  created: { column: 'created_at_ms', direction: 'DESC', index: 'tickets_by_created' },
  due: { column: 'due_at_ms', direction: 'ASC', index: 'tickets_by_due' },
  priority: { column: 'priority_sort', direction: 'DESC', index: 'tickets_by_priority' },
}

const columns = `t.row_id AS rowId, t.ticket_id AS ticketId, t.number, t.subject, t.requester_name AS requesterName,
  t.requester_email AS requesterEmail, t.person_id AS personId, t.mailbox_id AS mailboxId, t.status, t.priority,
  t.category, t.assignee, t.tags, t.created_at_ms AS createdAtMs, t.updated_at_ms AS updatedAtMs,
  t.due_at_ms AS dueAtMs, t.due_clock AS dueClock, t.evidence_count AS evidenceCount,
  t.reply_state AS replyState, t.priority_sort AS prioritySort`

/** One page of tickets in an order; with a text, those that contain it, newest first. */
export function listTickets(db: ReadHandle, input: ListTicketsInput): TicketPage {
  const match = matchExpression(input.text)
  if (input.text.trim() !== '' && match === null) return { tickets: [], total: 0, nextCursor: null }
  return match === null ? listInOrder(db, input) : search(db, input, match)
}

function listInOrder(db: ReadHandle, input: ListTicketsInput): TicketPage {
  const where = conditionsOf(input.filter, input)
  const { column, direction, index } = orders[input.sort]
  const beyond = direction === 'DESC' ? '<' : '>'
  const from = where.selective ? 'tickets t' : `tickets t INDEXED BY ${index}`
  const after = decodeCursor(input.after)
  const page: Sql =
    after === null
      ? { sql: '', params: [] }
      : { sql: `AND (t.${column}, t.row_id) ${beyond} (?, ?)`, params: after }
  const rows = db.$client
    .prepare(
      `SELECT ${columns} FROM ${from} WHERE ${where.sql} ${page.sql}
       ORDER BY t.${column} ${direction}, t.row_id ${direction} LIMIT ?`,
    )
    .all(...where.params, ...page.params, input.limit + 1) as TicketRow[]
  const total = countWhere(db, where)
  const keyOf = (row: TicketRow): number =>
    ({ updated: row.updatedAtMs, created: row.createdAtMs, due: row.dueAtMs, priority: row.prioritySort })[
      input.sort
    ]
  return toPage(rows, input.limit, total, (row) => `${keyOf(row)}.${row.rowId}`)
}

/** FTS5 walks its own rows newest first and stops when the page is full, however common the word. */
function search(db: ReadHandle, input: ListTicketsInput, match: string): TicketPage {
  const where = conditionsOf(input.filter, input)
  const [, afterRow] = decodeCursor(input.after) ?? [0, Number.MAX_SAFE_INTEGER]
  const rows = db.$client
    .prepare(
      `SELECT ${columns} FROM ticket_search s CROSS JOIN tickets t ON t.row_id = s.rowid
       WHERE s.ticket_search MATCH ? AND s.rowid < ? AND ${where.sql} ORDER BY s.rowid DESC LIMIT ?`,
    )
    .all(match, afterRow, ...where.params, input.limit + 1) as TicketRow[]
  const counted = where.always
    ? db.$client.prepare('SELECT count(*) FROM ticket_search WHERE ticket_search MATCH ?').pluck().get(match)
    : db.$client
        .prepare(
          `SELECT count(*) FROM ticket_search s CROSS JOIN tickets t ON t.row_id = s.rowid
           WHERE s.ticket_search MATCH ? AND ${where.sql}`,
        )
        .pluck()
        .get(match, ...where.params)
  return toPage(rows, input.limit, counted as number, (row) => `0.${row.rowId}`)
}

function countWhere(db: ReadHandle, where: Sql & { readonly always: boolean }): number {
  return db.$client
    .prepare(`SELECT count(*) FROM tickets t WHERE ${where.sql}`)
    .pluck()
    .get(...where.params) as number
}

function toPage(
  rows: readonly TicketRow[],
  limit: number,
  total: number,
  cursor: (row: TicketRow) => string,
): TicketPage {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    tickets: shown.map(toSummary),
    total,
    nextCursor: rows.length > limit && last ? cursor(last) : null,
  }
}

function decodeCursor(cursor: string | null): readonly [number, number] | null {
  const match = cursor === null ? null : /^(\d{1,16})\.(\d{1,16})$/.exec(cursor)
  return match === null ? null : [Number(match[1]), Number(match[2])]
}

/** How many tickets pass each of some filters, in one walk over them. */
export function countTicketViews(
  db: ReadHandle,
  filters: readonly TicketFilter[],
  context: FilterContext,
): readonly number[] {
  const wheres = filters.map((filter) => conditionsOf(filter, context))
  const sums = wheres.map((where) => `count(*) FILTER (WHERE ${where.sql})`)
  const row = db.$client
    .prepare(`SELECT ${sums.join(', ')} FROM tickets t`)
    .raw()
    .get(...wheres.flatMap((where) => where.params))
  return row as number[]
}

/** The numbers of the Today page. */
export interface TicketCounts {
  readonly open: number
  readonly pending: number
  readonly unassigned: number
  readonly mine: number
  readonly breaching: number
  readonly overdue: number
  readonly repliesQueued: number
  readonly repliesFailed: number
  readonly total: number
}

/** How many tickets need somebody. */
export function countTickets(db: ReadHandle, context: FilterContext): TicketCounts {
  const [open = 0, pending = 0, unassigned = 0, mine = 0, breaching = 0, overdue = 0, total = 0] =
    countTicketViews(
      db,
      [
        { statuses: ['open'] },
        { statuses: ['pending'] },
        { statuses: ['open'], assignedTo: 'nobody' },
        { statuses: ['open'], assignedTo: 'me' },
        { statuses: ['open'], dueWithinMs: breachingWithinMs },
        { statuses: ['open'], dueWithinMs: 0 },
        {},
      ],
      context,
    )
  const replies = db.$client.prepare('SELECT count(*) FROM tickets WHERE reply_state IN (?, ?)').pluck()
  const repliesQueued = db.$client.prepare('SELECT count(*) FROM reply_outbox').pluck().get() as number
  const repliesFailed = replies.get('failed', 'unknown') as number
  return { open, pending, unassigned, mine, breaching, overdue, repliesQueued, repliesFailed, total }
}

/** Everybody who has had a ticket, by name. */
export function listAssignees(db: ReadHandle): Assignee[] {
  // Jumps from one assignee to the next in the index instead of reading every ticket.
  const rows = db.$client
    .prepare(
      `WITH RECURSIVE found (assignee) AS (
         SELECT min(assignee) FROM tickets
         UNION ALL
         SELECT (SELECT min(assignee) FROM tickets t WHERE t.assignee > found.assignee) FROM found
         WHERE found.assignee IS NOT NULL
       ) SELECT assignee FROM found WHERE assignee IS NOT NULL`,
    )
    .pluck()
    .all() as string[]
  return rows.map((row) => JSON.parse(row) as Assignee).sort((a, b) => a.name.localeCompare(b.name))
}
