import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import Database from 'better-sqlite3'
import { encodeMessage } from '../../main/features/archive/store/frame.ts'
import { sha256 } from './maildir.ts'

/**
 * An archive as the first version of the program left it: a card of version 1, packs of format 1, an index of version 1,
 * no ledger. Written here by hand, so that it stays what it was.
 */
export function makeOldArchive(folder: string, messages: readonly Buffer[]): string {
  const root = join(folder, 'old')
  mkdirSync(join(root, 'packs'), { recursive: true })
  const archiveId = '01a20f0b-bb6d-73d4-83e5-affa3d44403d'
  const card = {
    format: 'mail-desk-archive',
    version: 1,
    archiveId,
    name: 'old',
    kind: 'archive',
    createdAtMs: 5,
  }
  writeFileSync(join(root, 'archive.json'), `${JSON.stringify(card, null, 2)}\n`)
  writeFileSync(join(root, 'README.txt'), 'This folder is a mail archive made by Mail Desk.\n')
  const at = {
    source: 'ana@b.example',
    folder: 'INBOX',
    uidValidity: '1',
    flags: ['\\Seen'],
    archivedAtMs: 6,
  }
  const records = [
    record({ kind: 'pack', format: 1, archiveId, number: 1, createdAtMs: 5 }),
    record({ kind: 'folder', source: at.source, path: at.folder, delimiter: '/', specialUse: null }),
    ...messages.flatMap((bytes, n) => {
      const { frame, entryBytes, newlineAdded } = encodeMessage(bytes, 'a@b.example', n * 1000)
      const facts = {
        sha256: sha256(bytes),
        sizeBytes: bytes.length,
        frameBytes: frame.length,
        entryBytes,
        newlineAdded,
      }
      return [
        record({ kind: 'message', ...facts, at: { ...at, uid: n + 1, internalDateMs: n * 1000 } }),
        frame,
      ]
    }),
  ]
  writeFileSync(join(root, 'packs', 'pack-000001.mbox.zst'), Buffer.concat(records))
  const index = new Database(join(root, 'index.sqlite'))
  index.exec('CREATE TABLE messages (message_id INTEGER PRIMARY KEY); PRAGMA user_version = 1')
  index.close()
  return root
}

/** A record's frame: magic, length, `MDR1`, CRC-32, JSON. */
function record(value: object): Buffer {
  const json = Buffer.from(JSON.stringify(value))
  const head = Buffer.alloc(16)
  head.writeUInt32LE(0x184d2a5d, 0)
  head.writeUInt32LE(json.length + 8, 4)
  head.write('MDR1', 8, 'latin1')
  head.writeUInt32LE(crc32(json), 12)
  return Buffer.concat([head, json])
}
