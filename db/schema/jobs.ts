import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Long work that runs or has run. Progress is the last one written; live numbers travel by events. */
export const jobsTable = sqliteTable(
  'jobs',
  {
    runId: text('run_id').primaryKey(),
    kind: text().notNull(),
    title: text().notNull(),
    state: text().notNull(),
    progress: text().notNull(),
    startedAtMs: integer('started_at_ms').notNull(),
    endedAtMs: integer('ended_at_ms'),
    outcome: text(),
    errorCode: text('error_code'),
    pausable: integer({ mode: 'boolean' }).notNull(),
  },
  (table) => [index('jobs_started').on(table.startedAtMs)],
)
