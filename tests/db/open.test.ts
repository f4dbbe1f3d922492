import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AppError } from '../../core/errors.ts'
import { closeDatabase, openDatabase } from '../../db/open.ts'
import { translateSqliteError } from '../../db/sqlite-errors.ts'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'desk-open-'))
  file = join(folder, 'deep', 'desk.sqlite')
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** The code and the file that an error names. */
function failureOf(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error instanceof AppError ? [error.code, error.details['file']] : error
  }
  return 'no failure'
}

test('a new database makes its folder and stands on the pragmas that the rest relies on', () => {
  const { $client: driver } = openDatabase(file)
  const pragmas = ['journal_mode', 'foreign_keys', 'synchronous', 'busy_timeout'].map((name) =>
    driver.pragma(name, { simple: true }),
  )
  driver.close()
  expect(pragmas).toEqual(['wal', 1, 1, 5000])
})

test('a database that is closed leaves one file', () => {
  closeDatabase(openDatabase(file))
  expect([existsSync(file), existsSync(`${file}-wal`), existsSync(`${file}-shm`)]).toEqual([
    true,
    false,
    false,
  ])
})

test('an open database is usable by a second program at the same time', () => {
  const first = openDatabase(file)
  const second = openDatabase(file)
  first.$client.exec("INSERT INTO settings (key, value) VALUES ('a', '1')")
  const rows = second.$client.prepare('SELECT key, value FROM settings').all()
  closeDatabase(first)
  closeDatabase(second)
  expect(rows).toEqual([{ key: 'a', value: '1' }])
})

test('a file that is no database is damaged, and is left as it is', () => {
  const other = join(folder, 'letter.sqlite')
  writeFileSync(other, 'Dear Ana, this is a letter and no database at all.')
  expect([failureOf(() => openDatabase(other)), readFileSync(other, 'utf8')]).toEqual([
    ['db.damaged', other],
    'Dear Ana, this is a letter and no database at all.',
  ])
})

test('a database whose pages were overwritten is damaged', () => {
  closeDatabase(openDatabase(file))
  const bytes = readFileSync(file)
  writeFileSync(file, bytes.fill(0x5a, 100))
  expect(failureOf(() => openDatabase(file))).toEqual(['db.damaged', file])
})

test('a folder in the place of the database cannot be written', () => {
  expect(failureOf(() => openDatabase(folder))).toEqual(['db.read_only', folder])
})

test('a database that may only be read says so when it is to be written', () => {
  closeDatabase(openDatabase(file))
  const driver = new Database(file, { readonly: true })
  const failure = failureOf(() => {
    try {
      driver.exec("INSERT INTO settings (key, value) VALUES ('a', '1')")
    } catch (error) {
      throw translateSqliteError(error, file)
    }
  })
  driver.close()
  expect(failure).toEqual(['db.read_only', file])
})

test.each([
  ['SQLITE_FULL', 'db.disk_full', true],
  ['SQLITE_BUSY', 'db.busy', true],
  ['SQLITE_BUSY_SNAPSHOT', 'db.busy', true],
  ['SQLITE_LOCKED', 'db.busy', true],
  ['SQLITE_CORRUPT_VTAB', 'db.damaged', false],
  ['SQLITE_NOTADB', 'db.damaged', false],
  ['SQLITE_READONLY_DBMOVED', 'db.read_only', false],
  ['SQLITE_CANTOPEN', 'db.read_only', false],
])('SQLite’s %s is %s', (sqlite, code, retryable) => {
  const error = translateSqliteError(Object.assign(new Error('said SQLite'), { code: sqlite }), 'a.sqlite')
  expect(error).toMatchObject({ code, retryable, details: { file: 'a.sqlite', sqlite } })
})

test('what is no trouble of SQLite’s stays what it is', () => {
  const errors = [
    new TypeError('x'),
    Object.assign(new Error('y'), { code: 'SQLITE_CONSTRAINT_UNIQUE' }),
    'z',
  ]
  expect(errors.map((error) => translateSqliteError(error, 'a.sqlite'))).toEqual(errors)
})
