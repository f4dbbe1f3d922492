import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Archives that this desk knows. What is in them stands in their own folders. */
export const archivesTable = sqliteTable('archives', {
  archiveId: text('archive_id').primaryKey(),
  name: text().notNull(),
  path: text().notNull(),
  kind: text().notNull(),
  createdAtMs: integer('created_at_ms').notNull(),
})

/** What runs of the archive found, kept as evidence. `report` is an `ArchiveReport` as JSON. */
export const archiveReportsTable = sqliteTable(
  'archive_reports',
  {
    runId: text('run_id').primaryKey(),
    archiveId: text('archive_id'),
    endedAtMs: integer('ended_at_ms').notNull(),
    report: text().notNull(),
  },
  (table) => [index('archive_reports_newest').on(table.archiveId, table.endedAtMs)],
)

/** How long mail is kept, by archive. `rule` is a `RetentionRule` as JSON. */
export const retentionRulesTable = sqliteTable('retention_rules', {
  ruleId: text('rule_id').primaryKey(),
  archiveId: text('archive_id').notNull(),
  rule: text().notNull(),
  createdAtMs: integer('created_at_ms').notNull(),
})

/** What went over the line between a mailbox and its server, by the hour: providers limit it by the day. */
export const mailboxTransfersTable = sqliteTable(
  'mailbox_transfers',
  {
    mailboxId: text('mailbox_id').notNull(),
    /** `down` or `up`. */
    direction: text().notNull(),
    /** When the hour began. */
    hourMs: integer('hour_ms').notNull(),
    bytes: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.mailboxId, table.direction, table.hourMs] })],
)
