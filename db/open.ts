import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { WriteHandle } from './handles.ts'
import { migrateDatabase } from './migrate.ts'
import { translateSqliteError } from './sqlite-errors.ts'

/**
 * Opens the desk's database and brings its schema up to date. `:memory:` makes one that is gone on close.
 * Errors: `db.schema_newer`, `db.migration_failed`, `db.damaged`, `db.read_only`.
 */
export function openDatabase(file: string): WriteHandle {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
  const driver = openDriver(file)
  try {
    driver.pragma('journal_mode = WAL')
    driver.pragma('synchronous = NORMAL')
    driver.pragma('busy_timeout = 5000')
    driver.pragma('cache_size = -32768')
    driver.pragma('mmap_size = 268435456')
    driver.pragma('foreign_keys = ON')
    const handle = drizzle({ client: driver }) as unknown as WriteHandle
    migrateDatabase(handle, file)
    return handle
  } catch (error) {
    driver.close()
    throw translateSqliteError(error, file)
  }
}

/** Closes the file; the handle must not be used afterwards. */
export function closeDatabase(handle: WriteHandle): void {
  handle.$client.close()
}

function openDriver(file: string): Database.Database {
  try {
    return new Database(file)
  } catch (error) {
    throw translateSqliteError(error, file)
  }
}
