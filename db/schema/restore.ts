import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Restores. `request` and `report` are JSON, read and written as a whole. */
export const restoresTable = sqliteTable(
  'restores',
  {
    restoreId: text('restore_id').primaryKey(),
    archiveId: text('archive_id').notNull(),
    archiveName: text('archive_name').notNull(),
    /** What the ledger is kept under: `mailbox:<id>` or `files:<format>:<path>`. */
    targetKey: text('target_key').notNull(),
    targetName: text('target_name').notNull(),
    request: text().notNull(),
    dryRun: integer('dry_run').notNull(),
    state: text().notNull(),
    runId: text('run_id').notNull(),
    startedAtMs: integer('started_at_ms').notNull(),
    endedAtMs: integer('ended_at_ms'),
    report: text(),
  },
  (table) => [index('restores_newest').on(table.archiveId, table.startedAtMs)],
)

/** The ledger: every message of a restore in every folder that it was to go to. */
export const restoreItemsTable = sqliteTable(
  'restore_items',
  {
    restoreId: text('restore_id')
      .notNull()
      .references(() => restoresTable.restoreId, { onDelete: 'cascade' }),
    occurrenceId: integer('occurrence_id').notNull(),
    targetFolder: text('target_folder').notNull(),
    sha256: text().notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    subject: text().notNull(),
    source: text().notNull(),
    path: text().notNull(),
    state: text().notNull(),
    uidValidity: text('uid_validity'),
    uid: integer(),
    knownBy: text('known_by'),
    reason: text(),
    words: text(),
    atMs: integer('at_ms').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.restoreId, table.occurrenceId, table.targetFolder] }),
    index('restore_items_by_place').on(table.targetFolder, table.uidValidity, table.uid),
    index('restore_items_by_state').on(table.restoreId, table.state),
  ],
)

/** Drills. `scratch` says what to remove after a crash, and is written before anything is made. */
export const drillsTable = sqliteTable(
  'drills',
  {
    drillId: text('drill_id').primaryKey(),
    archiveId: text('archive_id').notNull(),
    targetName: text('target_name').notNull(),
    state: text().notNull(),
    runId: text('run_id').notNull(),
    startedAtMs: integer('started_at_ms').notNull(),
    endedAtMs: integer('ended_at_ms'),
    scratch: text().notNull(),
    cleanedUp: integer('cleaned_up').notNull(),
    /** A `SignedDrill` as JSON. */
    signed: text(),
  },
  (table) => [index('drills_newest').on(table.archiveId, table.startedAtMs)],
)
