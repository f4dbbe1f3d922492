import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What runs by itself. `wish` is a `ScheduleWish` as JSON. */
export const schedulesTable = sqliteTable('schedules', {
  scheduleId: text('schedule_id').primaryKey(),
  wish: text().notNull(),
  createdAtMs: integer('created_at_ms').notNull(),
})

/** The last run of each thing that a schedule runs. `last_run` is a `LastRun` as JSON. */
export const scheduleRunsTable = sqliteTable(
  'schedule_runs',
  {
    scheduleId: text('schedule_id')
      .notNull()
      .references(() => schedulesTable.scheduleId, { onDelete: 'cascade' }),
    itemId: text('item_id').notNull(),
    lastRun: text('last_run').notNull(),
  },
  (table) => [primaryKey({ columns: [table.scheduleId, table.itemId] })],
)
