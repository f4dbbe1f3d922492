import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What mailboxes held, scan by scan. STRICT; see the migration. */
export const careScansTable = sqliteTable(
  'care_scans',
  {
    scanId: text('scan_id').primaryKey(),
    mailboxId: text('mailbox_id').notNull(),
    atMs: integer('at_ms').notNull(),
    usedBytes: integer('used_bytes'),
    limitBytes: integer('limit_bytes'),
    messages: integer().notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    /** JSON of a ScanReport; of the newest scan of a mailbox only. */
    report: text(),
  },
  (table) => [index('care_scans_newest').on(table.mailboxId, table.atMs)],
)

/** Clean-up plans. */
export const carePlansTable = sqliteTable('care_plans', {
  planId: text('plan_id').primaryKey(),
  name: text().notNull(),
  /** JSON of a CleanupRule. */
  rule: text().notNull(),
  archiveId: text('archive_id').notNull(),
  /** JSON of a list of ids; null: all mailboxes. */
  mailboxIds: text('mailbox_ids'),
  compareAgain: integer('compare_again', { mode: 'boolean' }).notNull(),
  removalOn: integer('removal_on', { mode: 'boolean' }).notNull(),
  createdAtMs: integer('created_at_ms').notNull(),
  updatedAtMs: integer('updated_at_ms').notNull(),
})

/** Runs of plans, with the rule as it was when they began. They outlive their plan: an undo needs them. */
export const careRunsTable = sqliteTable(
  'care_runs',
  {
    runId: text('run_id').primaryKey(),
    planId: text('plan_id'),
    planName: text('plan_name').notNull(),
    rule: text().notNull(),
    archiveId: text('archive_id').notNull(),
    compareAgain: integer('compare_again', { mode: 'boolean' }).notNull(),
    jobId: text('job_id'),
    createdAtMs: integer('created_at_ms').notNull(),
  },
  (table) => [index('care_runs_newest').on(table.createdAtMs)],
)

/** A run in one mailbox. */
export const careItemsTable = sqliteTable(
  'care_items',
  {
    itemId: text('item_id').primaryKey(),
    runId: text('run_id')
      .notNull()
      .references(() => careRunsTable.runId, { onDelete: 'cascade' }),
    mailboxId: text('mailbox_id').notNull(),
    address: text().notNull(),
    state: text().notNull(),
    note: text(),
    startedAtMs: integer('started_at_ms'),
    endedAtMs: integer('ended_at_ms'),
  },
  (table) => [
    index('care_items_by_run').on(table.runId),
    index('care_items_by_mailbox').on(table.mailboxId, table.state),
  ],
)

/** The journal: one row a message, written before the server is asked for anything that it cannot take back. */
export const careMessagesTable = sqliteTable(
  'care_messages',
  {
    itemId: text('item_id')
      .notNull()
      .references(() => careItemsTable.itemId, { onDelete: 'cascade' }),
    position: integer().notNull(),
    folder: text().notNull(),
    uidValidity: text('uid_validity').notNull(),
    uid: integer().notNull(),
    subject: text().notNull(),
    sender: text().notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    internalDateMs: integer('internal_date_ms'),
    attachments: integer().notNull(),
    /** JSON of a list. */
    flags: text().notNull(),
    messageId: text('message_id'),
    state: text().notNull(),
    why: text(),
    sha256: text(),
    note: text(),
  },
  (table) => [
    primaryKey({ columns: [table.itemId, table.position] }),
    index('care_messages_by_state').on(table.itemId, table.state, table.position),
  ],
)

/** What looks through junk folders found. */
export const careJunkLooksTable = sqliteTable('care_junk_looks', {
  runId: text('run_id').primaryKey(),
  atMs: integer('at_ms').notNull(),
  /** JSON of JunkCriteria. */
  criteria: text().notNull(),
  /** JSON of JunkLook[]. */
  looks: text().notNull(),
  /** JSON of JunkMessage[]. */
  messages: text().notNull(),
})

/** Mail that was moved out of junk: why, and where it is. */
export const careRecoveriesTable = sqliteTable(
  'care_recoveries',
  {
    recoveryId: text('recovery_id').primaryKey(),
    mailboxId: text('mailbox_id').notNull(),
    address: text().notNull(),
    fromFolder: text('from_folder').notNull(),
    fromUidValidity: text('from_uid_validity').notNull(),
    fromUid: integer('from_uid').notNull(),
    toFolder: text('to_folder').notNull(),
    toUidValidity: text('to_uid_validity'),
    toUid: integer('to_uid'),
    sender: text().notNull(),
    subject: text().notNull(),
    messageId: text('message_id'),
    reason: text().notNull(),
    ticketId: text('ticket_id'),
    state: text().notNull(),
    note: text(),
    atMs: integer('at_ms').notNull(),
  },
  (table) => [index('care_recoveries_newest').on(table.mailboxId, table.atMs)],
)
