import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { restoreOptions } from '../../../core/restore/types.ts'
import type { RestoreItem } from '../../../core/restore/types.ts'
import type { WriteHandle } from '../../../db/handles.ts'
import { migrateDatabase } from '../../../db/migrate.ts'
import { closeDatabase, openDatabase } from '../../../db/open.ts'
import {
  listAdded,
  listLedger,
  listRestoreItems,
  putRestore,
  putRestoreItems,
} from '../../../db/queries/restore.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'restore-db-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const migrations = join(import.meta.dirname, '../../../db/migrations')

/** The migrations up to the one before the named one, as they were then. */
function migrationsBefore(tag: string): string {
  const copy = join(folder, 'migrations')
  cpSync(migrations, copy, { recursive: true })
  const journalFile = join(copy, 'meta', '_journal.json')
  const journal = JSON.parse(readFileSync(journalFile, 'utf8')) as { entries: { tag: string }[] }
  const until = journal.entries.findIndex((entry) => entry.tag === tag)
  mkdirSync(join(copy, 'meta'), { recursive: true })
  writeFileSync(journalFile, JSON.stringify({ ...journal, entries: journal.entries.slice(0, until) }))
  return copy
}

const item = (occurrenceId: number, rest: Partial<RestoreItem>): RestoreItem => ({
  ...{
    occurrenceId,
    sha256: `hash ${occurrenceId}`,
    sizeBytes: 1,
    subject: 's',
    source: 'a@x',
    path: 'INBOX',
  },
  ...{ targetFolder: 'INBOX', state: 'restored', uidValidity: '9', uid: occurrenceId, knownBy: null },
  ...{ reason: null, words: null, atMs: 1 },
  ...rest,
})
const restore = (restoreId: string, targetKey: string) => ({
  ...{
    restoreId,
    targetKey,
    archiveId: 'a',
    archiveName: 'Ana',
    targetName: 'ben@x',
    dryRun: false,
    runId: 'r',
  },
  startedAtMs: 1,
  request: {
    archiveId: 'a',
    selection: { kind: 'folders' as const, folderIds: [] },
    target: { kind: 'mailbox' as const, mailboxId: 'm' },
    options: restoreOptions.parse({}),
  },
})

test('A database from before restores keeps what it had and gets their tables.', () => {
  const file = join(folder, 'desk.sqlite')
  const handle = drizzle({ client: new Database(file) }) as unknown as WriteHandle
  migrateDatabase(handle, file, migrationsBefore('0003_restore'))
  handle.$client.exec("INSERT INTO archives VALUES ('a', 'Ana', '/mail', 'archive', 7)")
  handle.$client.close()
  const opened = openDatabase(file)
  putRestore(opened, restore('one', 'mailbox:m'))
  const found = opened.$client
    .prepare('SELECT name, restore_id FROM archives JOIN restores USING (archive_id)')
    .all()
  closeDatabase(opened)
  expect(found).toEqual([{ name: 'Ana', restore_id: 'one' }])
})

test('The ledger knows a target’s messages by UID from every restore, but not what was only guessed or taken back.', () => {
  const db = openDatabase(join(folder, 'desk.sqlite'))
  for (const [id, key] of [
    ['one', 'mailbox:m'],
    ['two', 'mailbox:m'],
    ['elsewhere', 'mailbox:n'],
  ] as const)
    putRestore(db, restore(id, key))
  putRestoreItems(db, 'one', [item(1, {}), item(2, { state: 'refused', uid: null }), item(3, {})])
  putRestoreItems(db, 'one', [item(3, { state: 'removed' })])
  putRestoreItems(db, 'two', [
    item(4, { state: 'already_there', knownBy: 'bytes' }),
    item(5, { state: 'already_there', knownBy: 'marks' }),
    item(6, { uidValidity: '10' }),
  ])
  putRestoreItems(db, 'elsewhere', [item(7, {})])
  const ledger = listLedger(db, 'mailbox:m', 'INBOX', '9').map(({ uid }) => uid)
  const page = listRestoreItems(db, { restoreId: 'one', states: ['refused'], offset: 0, limit: 10 })
  const added = listAdded(db, 'one').map(({ uid }) => uid)
  closeDatabase(db)
  expect([
    ledger,
    added,
    page.total,
    page.items.map(({ occurrenceId }) => occurrenceId),
    page.counts,
  ]).toEqual([[1, 4], [1], 1, [2], { restored: 1, refused: 1, removed: 1 }])
})
