import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** All that ever happened to tickets. Append-only: triggers refuse UPDATE and DELETE. */
export const ticketEventsTable = sqliteTable(
  'ticket_events',
  {
    ticketId: text('ticket_id').notNull(),
    eventId: text('event_id').notNull(),
    stepId: text('step_id').notNull(),
    machineId: text('machine_id').notNull(),
    atMs: integer('at_ms').notNull(),
    type: text().notNull(),
    /** JSON of the actor. */
    actor: text().notNull(),
    /** JSON of the fields that only this type of event has. */
    body: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.ticketId, table.eventId] })],
)

/** What lists read: one row a ticket, computed from its events in the same transaction, rebuildable. */
export const ticketsTable = sqliteTable(
  'tickets',
  {
    /** Also the row of `ticket_search`. */
    rowId: integer('row_id').primaryKey(),
    ticketId: text('ticket_id').notNull().unique(),
    number: text().notNull(),
    desk: text().notNull(),
    sequence: integer().notNull(),
    subject: text().notNull(),
    requesterName: text('requester_name').notNull(),
    /** Lower case, for look-ups; the requester's own spelling is in the events. */
    requesterEmail: text('requester_email').notNull(),
    personId: text('person_id'),
    mailboxId: text('mailbox_id'),
    status: text().notNull(),
    priority: text().notNull(),
    category: text().notNull(),
    /** '' when nobody has it. */
    assigneeKey: text('assignee_key').notNull(),
    /** JSON, null when nobody has it. */
    assignee: text(),
    /** JSON. */
    tags: text().notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    updatedAtMs: integer('updated_at_ms').notNull(),
    /** When the next running clock runs out; `noDueMs` when none runs, so that it sorts last. */
    dueAtMs: integer('due_at_ms').notNull(),
    dueClock: text('due_clock'),
    /** Priority first, then the last change, in one number: see `prioritySort`. */
    prioritySort: integer('priority_sort').notNull(),
    evidenceCount: integer('evidence_count').notNull(),
    replyState: text('reply_state'),
  },
  (table) => {
    // One index for each order, with the columns of the usual filters behind it: a list walks the order and
    // leaves out rows without touching the table.
    const filters = [table.status, table.assigneeKey, table.priority, table.category] as const
    return [
      index('tickets_by_updated').on(table.updatedAtMs, table.rowId, ...filters, table.dueAtMs),
      index('tickets_by_created').on(table.createdAtMs, table.rowId, ...filters, table.dueAtMs),
      index('tickets_by_due').on(table.dueAtMs, table.rowId, ...filters),
      index('tickets_by_priority').on(table.prioritySort, table.rowId, ...filters, table.dueAtMs),
      index('tickets_by_requester').on(table.requesterEmail),
      index('tickets_by_person').on(table.personId),
      index('tickets_by_mailbox').on(table.mailboxId),
      index('tickets_by_number').on(table.desk, table.sequence),
      index('tickets_by_assignee').on(table.assignee),
      index('tickets_by_reply_state').on(table.replyState),
    ]
  },
)

/** Which tickets carry which tag; a projection like `tickets`. */
export const ticketTagsTable = sqliteTable(
  'ticket_tags',
  { tag: text().notNull(), rowId: integer('row_id').notNull() },
  (table) => [primaryKey({ columns: [table.tag, table.rowId] }), index('ticket_tags_by_row').on(table.rowId)],
)

/** The bytes of attachments; what they are called is in the events. */
export const ticketAttachmentsTable = sqliteTable(
  'ticket_attachments',
  {
    attachmentId: text('attachment_id').primaryKey(),
    ticketId: text('ticket_id').notNull(),
    bytes: blob({ mode: 'buffer' }).notNull(),
  },
  (table) => [index('ticket_attachments_by_ticket').on(table.ticketId)],
)

/**
 * Public replies that this machine has still to send. A trigger refuses rows whose event is not `replied`:
 * an internal note cannot get here, whatever the program does.
 */
export const replyOutboxTable = sqliteTable(
  'reply_outbox',
  {
    replyEventId: text('reply_event_id').primaryKey(),
    ticketId: text('ticket_id').notNull(),
    /** waiting, or sending from just before the server is spoken to until its answer is written down. */
    state: text().notNull(),
    reason: text().notNull(),
    attempts: integer().notNull(),
    nextAttemptAtMs: integer('next_attempt_at_ms').notNull(),
  },
  (table) => [index('reply_outbox_by_time').on(table.state, table.nextAttemptAtMs)],
)

/** Filters that people saved. */
export const ticketViewsTable = sqliteTable('ticket_views', {
  viewId: text('view_id').primaryKey(),
  name: text().notNull(),
  /** JSON. */
  filter: text().notNull(),
  sort: text().notNull(),
  createdAtMs: integer('created_at_ms').notNull(),
})
