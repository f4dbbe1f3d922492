/** Raised whenever the tables below change; an index of another version is made anew from the packs. */
export const indexVersion = 5

/**
 * The index of one archive, kept in its folder and apart from the desk's database. It is a fold of the records in
 * the packs and can be thrown away at any time, but for `failures` and what the last pull saw of the server.
 */
export const indexSchema = `
CREATE TABLE meta (
  -- Made with the index: whatever is keyed by its row ids (the text index) belongs to this index and no other.
  index_id TEXT NOT NULL,
  -- The archive whose packs it is a fold of: an index that was copied here from another one is none.
  archive_id TEXT
) STRICT;
CREATE TABLE packs (
  number INTEGER PRIMARY KEY,
  committed_bytes INTEGER NOT NULL,
  generation INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE folders (
  folder_id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  path TEXT NOT NULL,
  delimiter TEXT,
  special_use TEXT,
  uid_validity TEXT,
  synced_uid_next INTEGER NOT NULL DEFAULT 1,
  highest_modseq TEXT,
  server_count INTEGER,
  pulled_at_ms INTEGER,
  asked_at_ms INTEGER,
  unfinished TEXT,
  UNIQUE (source, path)
) STRICT;
CREATE TABLE messages (
  message_id INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256 BLOB NOT NULL UNIQUE,
  pack INTEGER NOT NULL,
  record_offset INTEGER NOT NULL,
  frame_offset INTEGER NOT NULL,
  frame_bytes INTEGER NOT NULL,
  entry_bytes INTEGER NOT NULL,
  newline_added INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL,
  subject TEXT NOT NULL,
  sender TEXT NOT NULL,
  recipients TEXT NOT NULL,
  message_id_header TEXT,
  date_ms INTEGER,
  attachment_count INTEGER NOT NULL,
  copies TEXT
) STRICT;
CREATE INDEX messages_by_header ON messages (message_id_header) WHERE message_id_header IS NOT NULL;
CREATE TABLE copies (
  message_id INTEGER NOT NULL REFERENCES messages,
  from_message_id INTEGER NOT NULL REFERENCES messages,
  PRIMARY KEY (from_message_id, message_id)
) STRICT, WITHOUT ROWID;
-- Contents that stand in a message: what a later one may copy. The mark is made of length, beginning and end only;
-- whoever finds one by it compares every byte.
CREATE TABLE parts (
  mark BLOB PRIMARY KEY,
  message_id INTEGER NOT NULL REFERENCES messages,
  start INTEGER NOT NULL,
  length INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX parts_by_message ON parts (message_id);
CREATE INDEX messages_by_place ON messages (pack, record_offset);
CREATE TABLE occurrences (
  occurrence_id INTEGER PRIMARY KEY AUTOINCREMENT,
  message_id INTEGER NOT NULL REFERENCES messages,
  folder_id INTEGER NOT NULL REFERENCES folders,
  uid_validity TEXT NOT NULL,
  uid INTEGER NOT NULL,
  flags TEXT NOT NULL,
  internal_date_ms INTEGER,
  date_ms INTEGER,
  archived_at_ms INTEGER NOT NULL,
  gone_at_ms INTEGER,
  labels TEXT,
  email_id TEXT,
  thread_id TEXT,
  presence TEXT NOT NULL DEFAULT 'here' CHECK (presence IN ('here', 'gone', 'renumbered')),
  UNIQUE (folder_id, uid_validity, uid)
) STRICT;
CREATE INDEX occurrences_shown ON occurrences (folder_id, date_ms) WHERE presence <> 'renumbered';
CREATE INDEX occurrences_by_date ON occurrences (date_ms) WHERE presence <> 'renumbered';
CREATE INDEX occurrences_by_message ON occurrences (message_id);
CREATE INDEX occurrences_by_email_id ON occurrences (email_id) WHERE email_id IS NOT NULL;
CREATE TABLE flag_changes (
  occurrence_id INTEGER NOT NULL REFERENCES occurrences ON DELETE CASCADE,
  at_ms INTEGER NOT NULL,
  flags_before TEXT NOT NULL,
  flags TEXT NOT NULL,
  labels_before TEXT,
  labels TEXT
) STRICT;
CREATE INDEX flag_changes_by_occurrence ON flag_changes (occurrence_id, at_ms);
CREATE TABLE removed (
  folder_id INTEGER NOT NULL REFERENCES folders,
  uid_validity TEXT NOT NULL,
  uid INTEGER NOT NULL,
  ledger_seq INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (folder_id, uid_validity, uid)
) STRICT, WITHOUT ROWID;
CREATE TABLE failures (
  folder_id INTEGER NOT NULL REFERENCES folders,
  uid_validity TEXT NOT NULL,
  uid INTEGER NOT NULL,
  size_bytes INTEGER,
  reason TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  part_path TEXT,
  part_bytes INTEGER,
  PRIMARY KEY (folder_id, uid_validity, uid)
) STRICT;
`
