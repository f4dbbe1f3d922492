import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../core/errors.ts'
import type { WriteHandle } from '../../db/handles.ts'
import { migrateDatabase } from '../../db/migrate.ts'
import { closeDatabase, openDatabase } from '../../db/open.ts'

/** Migrations of an invented schema, so that these tests do not change with ours. */
let folder: string
let file: string
let handle: WriteHandle

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'desk-migrate-'))
  file = join(folder, 'desk.sqlite')
  handle = drizzle({ client: new Database(file) }) as unknown as WriteHandle
  handle.$client.pragma('foreign_keys = ON')
})

afterEach(() => {
  handle.$client.close()
  rmSync(folder, { recursive: true })
})

interface Migration {
  readonly tag: string
  readonly when: number
  readonly sql: readonly string[]
}

const first: Migration = {
  tag: '0000_first',
  when: 1000,
  sql: [
    'CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT)',
    'CREATE TABLE mailboxes (address TEXT, person INTEGER REFERENCES people (id) ON DELETE CASCADE)',
  ],
}
/** What drizzle-kit writes when a column changes: a new table, the rows copied, the old table dropped. */
const rebuild: Migration = {
  tag: '0001_rebuild',
  when: 2000,
  sql: [
    'PRAGMA foreign_keys=OFF',
    "CREATE TABLE __new_people (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '')",
    'INSERT INTO __new_people (id, name) SELECT id, name FROM people',
    'DROP TABLE people',
    'ALTER TABLE __new_people RENAME TO people',
    'PRAGMA foreign_keys=ON',
  ],
}
const broken: Migration = {
  tag: '0001_broken',
  when: 2000,
  sql: ['CREATE TABLE domains (name TEXT)', 'INSERT INTO nowhere VALUES (1)'],
}
const orphaning: Migration = { tag: '0001_orphaning', when: 2000, sql: ['DELETE FROM people'] }

/** Writes a migrations folder as drizzle-kit does. */
function folderOf(...migrations: readonly Migration[]): string {
  const migrationsDir = mkdtempSync(join(folder, 'migrations-'))
  mkdirSync(join(migrationsDir, 'meta'))
  const entries = migrations.map(({ tag, when }, idx) => ({
    idx,
    version: '6',
    when,
    tag,
    breakpoints: true,
  }))
  writeFileSync(join(migrationsDir, 'meta', '_journal.json'), JSON.stringify({ entries }))
  for (const { tag, sql } of migrations)
    writeFileSync(join(migrationsDir, `${tag}.sql`), sql.join(';\n--> statement-breakpoint\n'))
  return migrationsDir
}

const migrate = (...migrations: readonly Migration[]) =>
  migrateDatabase(handle, file, folderOf(...migrations))
const rows = (sql: string) => handle.$client.prepare(sql).all()

function withOnePerson(): void {
  migrate(first)
  handle.$client.exec(
    "INSERT INTO people VALUES (1, 'Ana'); INSERT INTO mailboxes VALUES ('ana@harbour.example', 1)",
  )
}

function failureOf(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error instanceof AppError ? [error.code, error.details] : error
  }
  return 'no failure'
}

describe('a migration', () => {
  test('that rebuilds a table keeps the rows that refer to it', () => {
    withOnePerson()
    migrate(first, rebuild)
    expect(rows('SELECT name, address FROM people JOIN mailboxes ON person = id')).toEqual([
      { name: 'Ana', address: 'ana@harbour.example' },
    ])
  })

  test('leaves foreign keys on', () => {
    withOnePerson()
    migrate(first, rebuild)
    expect(handle.$client.pragma('foreign_keys', { simple: true })).toBe(1)
  })

  test('is run once', () => {
    withOnePerson()
    migrate(first)
    expect(rows('SELECT name FROM people')).toEqual([{ name: 'Ana' }])
  })

  test('that fails changes nothing, leaves foreign keys on, and names the copy’s place', () => {
    withOnePerson()
    const failure = failureOf(() => migrate(first, broken))
    expect([
      failure,
      rows("SELECT name FROM sqlite_master WHERE name = 'domains'"),
      handle.$client.pragma('foreign_keys', { simple: true }),
      existsSync(`${file}.before-0001_broken`),
    ]).toEqual([['db.migration_failed', { file }], [], 1, true])
  })

  test('that leaves rows pointing at nothing is a failure', () => {
    withOnePerson()
    expect(failureOf(() => migrate(first, orphaning))).toEqual([
      'db.migration_failed',
      { file, orphanRows: 1 },
    ])
  })

  test('that came in before the last one applied is not skipped unseen', () => {
    migrate(first, rebuild)
    const late: Migration = { tag: '0001_late', when: 1500, sql: ['CREATE TABLE domains (name TEXT)'] }
    expect(failureOf(() => migrate(first, late, { ...rebuild, tag: '0002_rebuild' }))).toEqual([
      'db.migration_failed',
      { file, skipped: ['0001_late'] },
    ])
  })
})

describe('the copy from before', () => {
  test('holds what was there, and is a whole database', () => {
    withOnePerson()
    migrate(first, rebuild)
    const copy = new Database(`${file}.before-0001_rebuild`)
    const found = [
      copy.prepare('SELECT name FROM people').all(),
      copy.pragma('integrity_check', { simple: true }),
    ]
    copy.close()
    expect(found).toEqual([[{ name: 'Ana' }], 'ok'])
  })

  test('is not made of a database that is new', () => {
    migrate(first)
    expect(readdirSync(folder).filter((name) => name.includes('.before-'))).toEqual([])
  })
})

describe('a database of a newer program', () => {
  test('is refused and left alone', () => {
    migrate(first, rebuild)
    expect([failureOf(() => migrate(first)), rows('SELECT count(*) AS n FROM __drizzle_migrations')]).toEqual(
      [['db.schema_newer', { file, newest: 2000, latestKnown: 1000 }], [{ n: 2 }]],
    )
  })

  test('is refused with the real migrations too', () => {
    const real = join(folder, 'real.sqlite')
    const opened = openDatabase(real)
    const future = 4_000_000_000_000
    opened.$client.prepare("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', ?)").run(future)
    closeDatabase(opened)
    expect(failureOf(() => openDatabase(real))).toMatchObject([
      'db.schema_newer',
      { file: real, newest: future },
    ])
  })
})
