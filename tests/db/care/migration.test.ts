import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { WriteHandle } from '../../../db/handles.ts'
import { migrateDatabase } from '../../../db/migrate.ts'
import { getCareRun, interruptCareItems, addCareRun } from '../../../db/queries/care-runs.ts'
import { cleanupRule } from '../../../core/care/rule.ts'

const migrations = new URL('../../../db/migrations/', import.meta.url).pathname
let folder: string
let handle: WriteHandle

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'desk-care-'))
  handle = drizzle({ client: new Database(join(folder, 'desk.sqlite')) }) as unknown as WriteHandle
  handle.$client.pragma('foreign_keys = ON')
})
afterEach(() => {
  handle.$client.close()
  rmSync(folder, { recursive: true })
})

/** The migrations up to and with this one, as a program of that time had them. */
function upTo(tag: string): string {
  const known = join(folder, tag)
  mkdirSync(join(known, 'meta'), { recursive: true })
  const journal = JSON.parse(readFileSync(join(migrations, 'meta/_journal.json'), 'utf8')) as {
    entries: { tag: string }[]
  }
  const entries = journal.entries.slice(0, journal.entries.findIndex((one) => one.tag === tag) + 1)
  for (const entry of entries) cpSync(join(migrations, `${entry.tag}.sql`), join(known, `${entry.tag}.sql`))
  writeFileSync(join(known, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }))
  return known
}

test('a desk from before care keeps its rows and can plan clean-ups', () => {
  migrateDatabase(handle, ':memory:', upTo('0000_first_desk'))
  handle.$client
    .prepare(
      "INSERT INTO archives (archive_id, name, path, kind, created_at_ms) VALUES ('a', 'Old', '/x', 'archive', 1)",
    )
    .run()
  migrateDatabase(handle, ':memory:', upTo('0001_care'))
  const rule = cleanupRule.parse({ olderThanDays: 730 })
  const run = {
    runId: 'r',
    planId: 'p',
    planName: 'Plan',
    rule,
    archiveId: 'a',
    compareAgain: false,
    jobId: null,
  }
  addCareRun(handle, {
    ...run,
    createdAtMs: 5,
    items: [{ itemId: 'i', mailboxId: 'm', address: 'a@b.example' }],
  })
  interruptCareItems(handle)
  const kept = getCareRun(handle, 'r')
  expect([
    handle.$client.prepare('SELECT name FROM archives').pluck().all(),
    kept?.rule,
    kept?.items.map(({ state, amounts }) => [state, amounts]),
  ]).toEqual([['Old'], rule, [['interrupted', {}]]])
})
