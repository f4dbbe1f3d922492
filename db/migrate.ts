import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { AppError } from '../core/errors.ts'
import type { WriteHandle } from './handles.ts'

interface Journal {
  readonly entries: readonly { readonly tag: string; readonly when: number }[]
}

/**
 * Brings the schema up to date: refuses a database that is newer than the program, copies the file first,
 * and keeps foreign keys off while tables are rebuilt, because inside drizzle's transaction the pragma does
 * nothing and a rebuild would delete the rows of ON DELETE CASCADE children.
 */
export function migrateDatabase(handle: WriteHandle, file: string, folder = migrationsFolder()): void {
  const known = readJournal(folder).entries
  const applied = appliedMigrations(handle)
  const newest = applied.at(-1)
  const latestKnown = known.at(-1)?.when ?? 0
  if (newest !== undefined && newest > latestKnown)
    throw new AppError('db.schema_newer', { details: { file, newest, latestKnown } })
  const missing = known.filter((entry) => !applied.includes(entry.when))
  if (missing.length === 0) return
  // drizzle skips a migration that is older than the last one applied: better to stop than to skip unseen.
  const skipped = missing.filter((entry) => newest !== undefined && entry.when < newest)
  if (skipped.length > 0)
    throw new AppError('db.migration_failed', { details: { file, skipped: skipped.map((e) => e.tag) } })
  if (file !== ':memory:' && newest !== undefined) backUp(handle, `${file}.before-${missing[0]?.tag ?? ''}`)
  runMigrations(handle, folder, file)
}

function runMigrations(handle: WriteHandle, folder: string, file: string): void {
  handle.$client.pragma('foreign_keys = OFF')
  try {
    migrate(handle, { migrationsFolder: folder })
  } catch (cause) {
    throw new AppError('db.migration_failed', { details: { file }, cause })
  } finally {
    handle.$client.pragma('foreign_keys = ON')
  }
  const orphans = handle.$client.pragma('foreign_key_check') as readonly unknown[]
  if (orphans.length > 0)
    throw new AppError('db.migration_failed', { details: { file, orphanRows: orphans.length } })
}

function backUp(handle: WriteHandle, copy: string): void {
  if (existsSync(copy)) return
  handle.$client.prepare('VACUUM INTO ?').run(copy)
}

function appliedMigrations(handle: WriteHandle): readonly number[] {
  const table = handle.$client
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name = '__drizzle_migrations'")
    .get()
  if (table === undefined) return []
  const rows = handle.$client.prepare('SELECT created_at AS at FROM __drizzle_migrations ORDER BY at').all()
  return (rows as { at: number }[]).map((row) => row.at)
}

function readJournal(folder: string): Journal {
  return JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8')) as Journal
}

/** Beside this file in a checkout; copied beside the bundle in a build. */
function migrationsFolder(): string {
  const local = fileURLToPath(new URL('./migrations', import.meta.url))
  return existsSync(local) ? local : fileURLToPath(new URL('../../db/migrations', import.meta.url))
}
