import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** One diagnosis. JSON columns hold what is read and written as a whole. */
export const diagnosticRunsTable = sqliteTable(
  'diagnostic_runs',
  {
    runId: text('run_id').primaryKey(),
    /** Null for servers that were given on the spot. A mailbox may be gone; its runs stay. */
    mailboxId: text('mailbox_id'),
    address: text().notNull(),
    ticketId: text('ticket_id'),
    state: text().notNull(),
    startedAtMs: integer('started_at_ms').notNull(),
    endedAtMs: integer('ended_at_ms'),
    subject: text().notNull(),
    options: text().notNull(),
    ladder: text().notNull(),
    findingStatus: text('finding_status'),
    finding: text(),
    otherFindings: text('other_findings').notNull(),
  },
  (table) => [
    index('diagnostic_runs_started').on(table.startedAtMs),
    index('diagnostic_runs_mailbox').on(table.mailboxId, table.startedAtMs),
  ],
)

/** What each probe saw, in the order in which it came. */
export const diagnosticResultsTable = sqliteTable(
  'diagnostic_results',
  {
    runId: text('run_id')
      .notNull()
      .references(() => diagnosticRunsTable.runId, { onDelete: 'cascade' }),
    resultId: text('result_id').notNull(),
    position: integer().notNull(),
    result: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.resultId] })],
)

/** The dialogues behind the results, without secrets. */
export const diagnosticTranscriptsTable = sqliteTable(
  'diagnostic_transcripts',
  {
    runId: text('run_id')
      .notNull()
      .references(() => diagnosticRunsTable.runId, { onDelete: 'cascade' }),
    transcriptId: text('transcript_id').notNull(),
    lines: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.transcriptId] })],
)
