import { randomUUID } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import type { Database as SqliteDatabase } from 'better-sqlite3'
import Database from 'better-sqlite3-multiple-ciphers'
import { AppError } from '../../core/errors.ts'
import { encryptDatabase } from '../encrypt-database.ts'
import { translateSqliteError } from '../sqlite-errors.ts'
import { indexSchema, indexVersion } from './schema.ts'

declare const access: unique symbol

/** An archive's index that may be read. */
export type IndexReader = SqliteDatabase & { readonly [access]: 'read' | 'write' }
/** An archive's index that may be changed; only the holder of the archive's lock has one. */
export type IndexWriter = IndexReader & { readonly [access]: 'write' }

/**
 * Opens the index for reading. An encrypted archive's has a key of 32 bytes; with another one, or none, an index
 * cannot be told from a damaged one. Errors: `archive.index_missing` when there is none or it is of another version,
 * `db.damaged`.
 */
export function openIndexReader(file: string, key: Uint8Array | null = null): IndexReader {
  if (!existsSync(file)) throw new AppError('archive.index_missing', { details: { file } })
  return translated(file, () => {
    const db = new Database(file)
    try {
      encryptDatabase(db, key)
      if (db.pragma('user_version', { simple: true }) !== indexVersion)
        throw new AppError('archive.index_missing', { details: { file } })
      db.pragma('query_only = ON')
      db.pragma('busy_timeout = 5000')
      db.pragma('cache_size = -16384')
    } catch (error) {
      db.close()
      throw error
    }
    return db as IndexReader
  })
}

/**
 * Opens the index for writing; makes an empty one where there is none, and anew where it is of another version.
 * A commit is on the disk when it returns (synchronous=FULL): what is reported as archived must survive a power cut.
 */
export function openIndexWriter(file: string, key: Uint8Array | null = null): IndexWriter {
  return translated(file, () => {
    if (versionOf(file, key) !== indexVersion) removeIndex(file)
    const db = new Database(file)
    encryptDatabase(db, key)
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.pragma('busy_timeout = 5000')
    // What a pull writes lies near what it wrote before; the rest is in the system's cache.
    db.pragma('cache_size = -8192')
    db.pragma('foreign_keys = ON')
    if (db.pragma('user_version', { simple: true }) === 0) {
      db.transaction(() => {
        db.exec(indexSchema)
        db.prepare('INSERT INTO meta (index_id) VALUES (?)').run(randomUUID())
        db.pragma(`user_version = ${indexVersion}`)
      })()
    }
    return db as IndexWriter
  })
}

/** Deletes the index and SQLite's files beside it. The packs have everything that matters. */
export function removeIndex(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
}

function versionOf(file: string, key: Uint8Array | null): number | null {
  if (!existsSync(file)) return null
  try {
    const db = new Database(file)
    try {
      encryptDatabase(db, key)
      return db.pragma('user_version', { simple: true }) as number
    } finally {
      db.close()
    }
  } catch (error) {
    // A damaged index is no loss: it is made anew.
    const translated = translateSqliteError(error, file)
    if (translated instanceof AppError && translated.code === 'db.damaged') return null
    throw translated
  }
}

function translated<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw translateSqliteError(error, file)
  }
}
