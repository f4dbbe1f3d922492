import { existsSync, rmSync } from 'node:fs'
import type { Database as SqliteDatabase } from 'better-sqlite3'
import Database from 'better-sqlite3-multiple-ciphers'
import { AppError } from '../../core/errors.ts'
import type { IndexReader } from '../archive-index/open.ts'
import { encryptDatabase } from '../encrypt-database.ts'
import { translateSqliteError } from '../sqlite-errors.ts'
import { textSchema, textVersion } from './schema.ts'

declare const searchable: unique symbol

/** The key of an encrypted archive's databases, 32 bytes; null where the archive is not encrypted. */
export type DatabaseKey = Uint8Array | null
/** A text index that may be changed; only the holder of its lock has one. */
export type TextWriter = SqliteDatabase
/** An archive's index with its text index attached as `text`. */
export type SearchReader = IndexReader & { readonly [searchable]: true }

/** Opens the text index for writing; makes an empty one where there is none, or one that cannot be used. */
export function openTextWriter(file: string, key: DatabaseKey): TextWriter {
  try {
    const whole = openWhole(file, key)
    if (whole !== null) return whole
    removeTextIndex(file)
    return openDatabase(file, key)
  } catch (error) {
    throw translateSqliteError(error, file)
  }
}

/** Deletes the text index and SQLite's files beside it; it is made anew from the messages. */
export function removeTextIndex(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
}

/**
 * Attaches the text index to an open index, once. Where there is none yet and none can be made (a disk that cannot
 * be written to), an empty one in memory stands in: then nothing counts as indexed.
 */
export function attachText(index: IndexReader, file: string, key: DatabaseKey): SearchReader {
  const attached = index.pragma('database_list') as readonly { readonly name: string }[]
  if (attached.some(({ name }) => name === 'text')) return index as SearchReader
  try {
    // Makes it where there is none, or none that can be used.
    openTextWriter(file, key).close()
    index.prepare('ATTACH ? AS text KEY ?').run(file, keyText(key))
  } catch (error) {
    const translated = translateSqliteError(error, file)
    if (!(translated instanceof AppError) || translated.code === 'db.busy') throw translated
    attachEmpty(index)
  }
  return index as SearchReader
}

function attachEmpty(index: IndexReader): void {
  index.exec(`ATTACH ':memory:' AS text KEY ''`)
  index.pragma('query_only = OFF')
  index.exec(textSchema.replaceAll(/CREATE (TABLE|INDEX|VIRTUAL TABLE) /g, 'CREATE $1 text.'))
  index.pragma('query_only = ON')
}

/** Opens what is there; null when there is nothing, or of another version, or damaged. */
function openWhole(file: string, key: DatabaseKey): SqliteDatabase | null {
  if (!existsSync(file)) return null
  try {
    const db = openDatabase(file, key)
    if (db.pragma('user_version', { simple: true }) === textVersion) return db
    db.close()
    return null
  } catch (error) {
    const translated = translateSqliteError(error, file)
    if (translated instanceof AppError && translated.code === 'db.damaged') return null
    throw translated
  }
}

function openDatabase(file: string, key: DatabaseKey): SqliteDatabase {
  const db = new Database(file)
  try {
    encryptDatabase(db, key)
    // Takes effect in a new file only: pages that merging left free are given back at the end of a run.
    db.pragma('auto_vacuum = INCREMENTAL')
    db.pragma('journal_mode = WAL')
    // What a power cut takes is drawn from the messages again: NORMAL keeps it whole, and that is enough.
    db.pragma('synchronous = NORMAL')
    db.pragma('busy_timeout = 5000')
    db.pragma('cache_size = -16384')
    if (db.pragma('user_version', { simple: true }) === 0)
      db.transaction(() => {
        db.exec(textSchema)
        // More is gathered in memory before it is written out: half as much is merged again later.
        db.exec(`INSERT INTO texts (texts, rank) VALUES ('hashsize', 16000000)`)
        db.prepare('INSERT INTO meta (index_id) VALUES (?)').run('')
        db.pragma(`user_version = ${textVersion}`)
      })()
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function keyText(key: DatabaseKey): string {
  return key === null ? '' : `raw:${Buffer.from(key).toString('hex')}`
}
