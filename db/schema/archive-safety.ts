import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Second copies of archives that this desk keeps. What is in a copy stands in its own folder. */
export const archiveCopiesTable = sqliteTable(
  'archive_copies',
  {
    copyId: text('copy_id').primaryKey(),
    archiveId: text('archive_id').notNull(),
    path: text().notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    /** 1: brought up to date after every pull when it is reachable. */
    automatic: integer().notNull(),
    syncedAtMs: integer('synced_at_ms'),
    /** When every byte of it was last read, and how many damaged places that found. */
    verifiedAtMs: integer('verified_at_ms'),
    damagedPlaces: integer('damaged_places'),
  },
  (table) => [index('archive_copies_by_archive').on(table.archiveId)],
)

/** How far a scrub is that is not finished. `damage` is a `Damage[]` as JSON. */
export const archiveScrubsTable = sqliteTable('archive_scrubs', {
  archiveId: text('archive_id').primaryKey(),
  startedAtMs: integer('started_at_ms').notNull(),
  pack: integer().notNull(),
  generation: integer().notNull(),
  nextByte: integer('next_byte').notNull(),
  messages: integer().notNull(),
  mailBytes: integer('mail_bytes').notNull(),
  bytesDone: integer('bytes_done').notNull(),
  segments: integer().notNull(),
  damage: text().notNull(),
})
