import { sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Key and JSON value of everything that is set on this workstation. */
export const settingsTable = sqliteTable('settings', {
  key: text().primaryKey(),
  value: text().notNull(),
})
