/** Raised whenever the tables below change; an index of another version is made anew from the packs. */
export const indexVersion = 1

/**
 * The index of one archive, kept in its folder and apart from the desk's database. It is a fold of the records in
 * the packs and can be thrown away at any time, but for `failures` and what the last pull saw of the server.
 */
export const indexSchema = `
CREATE TABLE packs (
  number INTEGER PRIMARY KEY,
  committed_bytes INTEGER NOT NULL
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
  UNIQUE (source, path)
) STRICT;
CREATE TABLE messages (
  message_id INTEGER PRIMARY KEY,
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
  attachment_count INTEGER NOT NULL
) STRICT;
CREATE INDEX messages_by_place ON messages (pack, record_offset);
CREATE TABLE occurrences (
  occurrence_id INTEGER PRIMARY KEY,
  message_id INTEGER NOT NULL REFERENCES messages,
  folder_id INTEGER NOT NULL REFERENCES folders,
  uid_validity TEXT NOT NULL,
  uid INTEGER NOT NULL,
  flags TEXT NOT NULL,
  internal_date_ms INTEGER,
  date_ms INTEGER,
  archived_at_ms INTEGER NOT NULL,
  presence TEXT NOT NULL DEFAULT 'here' CHECK (presence IN ('here', 'gone', 'renumbered')),
  UNIQUE (folder_id, uid_validity, uid)
) STRICT;
CREATE INDEX occurrences_shown ON occurrences (folder_id, date_ms) WHERE presence <> 'renumbered';
CREATE INDEX occurrences_by_date ON occurrences (date_ms) WHERE presence <> 'renumbered';
CREATE INDEX occurrences_by_message ON occurrences (message_id);
CREATE TABLE failures (
  folder_id INTEGER NOT NULL REFERENCES folders,
  uid_validity TEXT NOT NULL,
  uid INTEGER NOT NULL,
  size_bytes INTEGER,
  reason TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (folder_id, uid_validity, uid)
) STRICT;
CREATE VIRTUAL TABLE messages_fts USING fts5(
  subject, sender, recipients,
  content = 'messages', content_rowid = 'message_id', tokenize = 'unicode61 remove_diacritics 2'
);
`
