import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import type { WriteHandle } from '../../../db/handles.ts'
import { migrateDatabase } from '../../../db/migrate.ts'
import { closeDatabase, openDatabase } from '../../../db/open.ts'
import { addTransfer, getArchive, listTransfers } from '../../../db/queries/archive.ts'
import { getArchiveCopy, getScrub, putArchiveCopy, putScrub } from '../../../db/queries/archive-safety.ts'

const migrations = join(import.meta.dirname, '../../../db/migrations')
const copy = {
  copyId: 'c',
  archiveId: 'a',
  path: '/mnt/nas/copy',
  createdAtMs: 1,
  automatic: true,
  syncedAtMs: null,
  verifiedAtMs: 5,
  damagedPlaces: 0,
}
const scrub = {
  archiveId: 'a',
  startedAtMs: 1,
  pack: 2,
  generation: 0,
  nextByte: 300,
  messages: 7,
  mailBytes: 900,
  bytesDone: 500,
  segments: 3,
  damage: [],
}

/** The migrations as they were before one of them. */
function migrationsBefore(folder: string, tag: string): string {
  const before = join(folder, 'migrations')
  cpSync(migrations, before, { recursive: true })
  const file = join(before, 'meta', '_journal.json')
  const journal = JSON.parse(readFileSync(file, 'utf8')) as { entries: { tag: string }[] }
  const end = journal.entries.findIndex((entry) => entry.tag === tag)
  writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, end) }))
  return before
}

test('a desk from before second copies keeps its archives and gets the tables for copies and scrubs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'desk-safety-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'desk.sqlite')
  const old = drizzle({ client: new Database(file) }) as unknown as WriteHandle
  migrateDatabase(old, file, migrationsBefore(folder, '0004_archive_safety'))
  old.$client.exec("INSERT INTO archives VALUES ('a', 'Mail', '/data/mail', 'archive', 3)")
  old.$client.close()
  const now = openDatabase(file)
  onTestFinished(() => closeDatabase(now))
  putArchiveCopy(now, copy)
  putScrub(now, scrub)
  expect([getArchive(now, 'a'), getArchiveCopy(now, 'c'), getScrub(now, 'a')]).toEqual([
    { archiveId: 'a', name: 'Mail', path: '/data/mail', kind: 'archive', createdAtMs: 3 },
    copy,
    scrub,
  ])
})

test('a desk from before transfers were counted keeps its archives, and counts by the hour from now on', () => {
  const folder = mkdtempSync(join(tmpdir(), 'desk-transfers-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'desk.sqlite')
  const old = drizzle({ client: new Database(file) }) as unknown as WriteHandle
  migrateDatabase(old, file, migrationsBefore(folder, '0006_mailbox_transfers'))
  old.$client.exec("INSERT INTO archives VALUES ('a', 'Mail', '/data/mail', 'archive', 3)")
  old.$client.close()
  const now = openDatabase(file)
  onTestFinished(() => closeDatabase(now))
  const hour = 3_600_000
  addTransfer(now, 'm', 'down', 100 * hour, 5)
  addTransfer(now, 'm', 'down', 160 * hour, 7)
  addTransfer(now, 'm', 'down', 160 * hour, 1)
  addTransfer(now, 'm', 'up', 160 * hour, 9)
  expect([getArchive(now, 'a')?.name, listTransfers(now, 'm', 'down')]).toEqual([
    'Mail',
    [{ hourMs: 160 * hour, bytes: 8 }],
  ])
})
