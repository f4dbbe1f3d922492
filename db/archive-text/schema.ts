/** Raised whenever the tables below or the way words are made change; a text index of another version is made anew. */
export const textVersion = 1

/** The columns of the full text, in order, with their weight when results are ordered by relevance. */
export const textColumns = {
  subject: 8,
  sender: 5,
  recipients: 3,
  copied: 2,
  body: 1,
  files: 4,
  attached: 0.7,
} as const

/**
 * The text index of one archive: words of headers, bodies and attachments, without the text itself but for a short
 * compressed excerpt. It is drawn from the messages and can be thrown away at any time. A document's id ascends
 * with the message's date, so that the newest are found without looking at all others.
 */
export const textSchema = `
CREATE TABLE meta (
  -- The index (meta.index_id of index.sqlite) whose message ids the documents have.
  index_id TEXT NOT NULL
) STRICT;
CREATE TABLE documents (
  doc_id INTEGER PRIMARY KEY,
  message_id INTEGER NOT NULL UNIQUE,
  sha256 BLOB NOT NULL,
  thread_id INTEGER NOT NULL,
  subject_key INTEGER,
  refers INTEGER NOT NULL,
  excerpt BLOB
) STRICT;
CREATE INDEX documents_by_thread ON documents (thread_id);
CREATE INDEX documents_by_subject ON documents (subject_key) WHERE subject_key IS NOT NULL;
CREATE TABLE thread_ids (
  id_hash INTEGER PRIMARY KEY,
  thread_id INTEGER NOT NULL
) STRICT;
CREATE INDEX thread_ids_by_thread ON thread_ids (thread_id);
CREATE TABLE attachment_types (
  type TEXT NOT NULL,
  doc_id INTEGER NOT NULL,
  PRIMARY KEY (type, doc_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_types_by_document ON attachment_types (doc_id);
CREATE TABLE problems (
  doc_id INTEGER NOT NULL,
  file TEXT NOT NULL,
  problem TEXT NOT NULL
) STRICT;
CREATE INDEX problems_by_document ON problems (doc_id);
CREATE VIRTUAL TABLE texts USING fts5(
  ${Object.keys(textColumns).join(', ')},
  content = '', contentless_delete = 1,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
`
