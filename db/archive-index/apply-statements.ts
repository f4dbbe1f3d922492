import type { Statement } from 'better-sqlite3'
import type { IndexWriter } from './open.ts'

const sql = {
  insertFolder: 'INSERT INTO folders (source, path) VALUES (?, ?) ON CONFLICT DO NOTHING',
  findFolder: 'SELECT folder_id FROM folders WHERE source = ? AND path = ?',
  findMessage: 'SELECT message_id FROM messages WHERE sha256 = ?',
  insertMessage: `INSERT INTO messages (sha256, pack, record_offset, frame_offset, frame_bytes, entry_bytes, newline_added, size_bytes,
         subject, sender, recipients, message_id_header, date_ms, attachment_count, copies)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  insertCopy: 'INSERT INTO copies (message_id, from_message_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
  linkDependents: `INSERT INTO copies (message_id, from_message_id)
       SELECT message_id, @messageId FROM messages m WHERE m.copies IS NOT NULL
         AND EXISTS (SELECT 1 FROM json_each(m.copies) c WHERE c.value ->> 'from' = @sha256)
       ON CONFLICT DO NOTHING`,
  putPart: `INSERT INTO parts (mark, message_id, start, length) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET message_id = excluded.message_id, start = excluded.start, length = excluded.length`,
  replaceMessage: `UPDATE messages SET pack = ?, record_offset = ?, frame_offset = ?, frame_bytes = ?, entry_bytes = ?,
         newline_added = ?, copies = ? WHERE message_id = ?`,
  insertOccurrence: `INSERT INTO occurrences
         (message_id, folder_id, uid_validity, uid, flags, internal_date_ms, date_ms, archived_at_ms,
          labels, email_id, thread_id)
       VALUES (@messageId, @folder, @uidValidity, @uid, @flags, @internalDateMs,
         coalesce((SELECT date_ms FROM messages WHERE message_id = @messageId), @internalDateMs), @archivedAtMs,
         @labels, @emailId, @threadId)
       ON CONFLICT DO NOTHING`,
  putPack:
    'INSERT INTO packs (number, committed_bytes) VALUES (?, ?) ON CONFLICT DO UPDATE SET committed_bytes = excluded.committed_bytes',
  putGeneration: `INSERT INTO packs (number, committed_bytes, generation) VALUES (?, 0, ?)
       ON CONFLICT DO UPDATE SET generation = excluded.generation`,
  describeFolder: 'UPDATE folders SET delimiter = ?, special_use = ? WHERE folder_id = ?',
  renumberFolder:
    'UPDATE folders SET uid_validity = ?, synced_uid_next = 1, highest_modseq = NULL WHERE folder_id = ? AND uid_validity IS NOT ?',
  keepFlags: `INSERT INTO flag_changes (occurrence_id, at_ms, flags_before, flags, labels_before, labels)
       SELECT occurrence_id, @atMs, flags, @flags, labels, @labels FROM occurrences
       WHERE folder_id = @folderId AND uid_validity = @uidValidity AND uid = @uid`,
  setFlags: `UPDATE occurrences SET flags = @flags, labels = coalesce(@labels, labels)
       WHERE folder_id = @folderId AND uid_validity = @uidValidity AND uid = @uid`,
  setPresence:
    'UPDATE occurrences SET presence = ?, gone_at_ms = ? WHERE folder_id = ? AND uid_validity = ? AND uid = ?',
  clearFailure: 'DELETE FROM failures WHERE folder_id = ? AND uid_validity = ? AND uid = ?',
  deleteParts:
    'DELETE FROM parts WHERE message_id = @messageId AND NOT EXISTS (SELECT 1 FROM occurrences WHERE message_id = @messageId)',
  deleteCopies: 'DELETE FROM copies WHERE message_id = ?',
  findOccurrence:
    'SELECT occurrence_id, message_id FROM occurrences WHERE folder_id = ? AND uid_validity = ? AND uid = ?',
  deleteOccurrence: 'DELETE FROM occurrences WHERE occurrence_id = ?',
  isUsed: `SELECT EXISTS (SELECT 1 FROM occurrences WHERE message_id = @messageId)
           OR EXISTS (SELECT 1 FROM copies WHERE from_message_id = @messageId) AS used`,
  deleteMessage: 'DELETE FROM messages WHERE message_id = ?',
  putRemoved: `INSERT INTO removed (folder_id, uid_validity, uid, ledger_seq, at_ms) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
} as const

/** The statements of a fold. */
export type Statements = Readonly<Record<keyof typeof sql, Statement>>

/** Prepares what `createIndexFold` runs for every record: once, because they run for every message. */
export function prepareStatements(db: IndexWriter): Statements {
  const prepared = Object.entries(sql).map(([name, text]) => [name, db.prepare(text)])
  return Object.fromEntries(prepared) as Statements
}
