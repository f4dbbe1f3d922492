import type { TicketFilter } from '../../core/tickets/views.ts'

/** A piece of SQL and the values for its question marks. */
export interface Sql {
  readonly sql: string
  readonly params: readonly (string | number)[]
}

/** What a filter needs to know beside itself. */
export interface FilterContext {
  /** The assignee key of whoever works here, for `assignedTo: 'me'`. */
  readonly meKey: string
  readonly nowMs: number
}

/** A filter as a condition on `tickets t`. */
export interface Conditions extends Sql {
  /** It names one requester, mailbox, tag or state of a reply, of which an index finds the few rows. */
  readonly selective: boolean
  /** It lets everything pass. */
  readonly always: boolean
}

/** Translates a filter. Values travel as parameters only. */
export function conditionsOf(filter: TicketFilter, context: FilterContext): Conditions {
  const selective = [
    equals('t.requester_email', filter.requesterEmail?.toLowerCase()),
    equals('t.person_id', filter.personId),
    equals('t.mailbox_id', filter.mailboxId),
    tagged(filter.tag),
    oneOf('t.reply_state', filter.replyStates),
  ].flat()
  const others = [
    oneOf('t.status', filter.statuses),
    oneOf('t.priority', filter.priorities),
    oneOf('t.category', filter.categories),
    equals('t.assignee_key', assigneeKeyOf(filter.assignedTo, context.meKey)),
    dueBefore(filter.dueWithinMs, context.nowMs),
  ].flat()
  const all = [...selective, ...others]
  return {
    sql: all.length === 0 ? 'TRUE' : all.map((part) => part.sql).join(' AND '),
    params: all.flatMap((part) => part.params),
    selective: selective.length > 0,
    always: all.length === 0,
  }
}

/**
 * What a person typed as an FTS5 query: every word must occur, the last one may be only begun. Words are
 * quoted, so that no character has a meaning of its own. Null when there is nothing to look for.
 */
export function matchExpression(text: string): string | null {
  const words = text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word))
  if (words.length === 0) return null
  const isBegun = !/\s$/u.test(text) && (words.at(-1) ?? '').length > 1
  return words
    .map(
      (word, index) => `"${word.replaceAll('"', '""')}"${isBegun && index === words.length - 1 ? '*' : ''}`,
    )
    .join(' ')
}

function assigneeKeyOf(assignedTo: string | undefined, meKey: string): string | undefined {
  if (assignedTo === 'me') return meKey
  return assignedTo === 'nobody' ? '' : assignedTo?.toLowerCase()
}

function equals(column: string, value: string | undefined): readonly Sql[] {
  return value === undefined ? [] : [{ sql: `${column} = ?`, params: [value] }]
}

function oneOf(column: string, values: readonly string[] | undefined): readonly Sql[] {
  if (values === undefined || values.length === 0) return []
  return [{ sql: `${column} IN (${values.map(() => '?').join(', ')})`, params: values }]
}

function tagged(tag: string | undefined): readonly Sql[] {
  if (tag === undefined) return []
  return [{ sql: 't.row_id IN (SELECT row_id FROM ticket_tags WHERE tag = ?)', params: [tag] }]
}

function dueBefore(withinMs: number | undefined, nowMs: number): readonly Sql[] {
  return withinMs === undefined ? [] : [{ sql: 't.due_at_ms <= ?', params: [nowMs + withinMs] }]
}
