import { toIndexForm } from '../../core/archive/words.ts'
import type { TextWriter } from './open.ts'

/** A message's text as the index takes it. */
export interface TextDocument {
  readonly messageId: number
  readonly sha256: Uint8Array
  readonly dateMs: number | null
  readonly subject: string
  readonly sender: string
  readonly recipients: string
  readonly copied: string
  readonly body: string
  readonly files: string
  readonly attached: string
  /** Kinds of the attachments, as `type:` asks for them. */
  readonly types: readonly string[]
  /** Hash of the message's own Message-ID, and of those that it refers to. */
  readonly ownId: number | null
  readonly references: readonly number[]
  readonly subjectKey: number | null
  readonly excerpt: Uint8Array | null
  readonly problems: readonly { readonly file: string; readonly problem: string }[]
}

/** Writes documents; prepares its statements once. */
export interface TextFold {
  /** Adds documents in one transaction, the oldest first. */
  add(documents: readonly TextDocument[]): void
  /** Takes messages out; their words are gone from the index when this returns. */
  forget(messageIds: readonly number[]): void
  /** Gives space back that is no longer used. */
  tidy(): void
}

/** Undated messages come before all others. */
const undated = 1
const crowded = 8

/** What adds to and takes from a text index. */
export function createTextFold(db: TextWriter): TextFold {
  const statements = prepare(db)
  const nextFree = new Map<number, number>()
  const addAll = db.transaction((documents: readonly TextDocument[]) => {
    // FTS5 writes out what it has gathered whenever an id is lower than the one before.
    const dated = documents.map((document) => ({ document, at: firstId(document.dateMs) }))
    for (const { document, at } of dated.sort((a, b) => a.at - b.at)) add(statements, nextFree, document, at)
  })
  const forgetAll = db.transaction((messageIds: readonly number[]) => {
    for (const messageId of messageIds) {
      const docId = statements.findDocument.get(messageId) as number | undefined
      if (docId !== undefined) remove(statements, docId)
    }
  })
  return {
    add: (documents) => addAll.immediate(documents),
    forget: (messageIds) => {
      if (messageIds.length === 0) return
      // Pages that are let go of are overwritten with zeros.
      db.pragma('secure_delete = ON')
      forgetAll.immediate(messageIds)
      // A deleted row leaves its words in the index until its segments are merged; what is removed must be gone.
      db.exec(`INSERT INTO texts (texts) VALUES ('optimize')`)
    },
    tidy: () => {
      db.pragma('incremental_vacuum')
      // Also the log holds pages: what was taken out must not be read there.
      db.pragma('wal_checkpoint(TRUNCATE)')
    },
  }
}

/** Ids are the second of the message; what falls into the same second goes to the next free one. */
function firstId(dateMs: number | null): number {
  const seconds = dateMs === null ? undated : Math.floor(dateMs / 1000)
  return Math.min(Math.max(undated, seconds), 2 ** 40)
}

type Statements = ReturnType<typeof prepare>

function prepare(db: TextWriter) {
  const statement = (sql: string) => db.prepare(sql)
  return {
    findDocument: statement('SELECT doc_id FROM documents WHERE message_id = ?').pluck(),
    isTaken: statement('SELECT 1 FROM documents WHERE doc_id = ?').pluck(),
    insertDocument: statement(
      `INSERT INTO documents (doc_id, message_id, sha256, thread_id, subject_key, refers, excerpt)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    insertText: statement(
      `INSERT INTO texts (rowid, subject, sender, recipients, copied, body, files, attached)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    insertType: statement('INSERT INTO attachment_types (type, doc_id) VALUES (?, ?) ON CONFLICT DO NOTHING'),
    insertProblem: statement('INSERT INTO problems (doc_id, file, problem) VALUES (?, ?, ?)'),
    findThread: statement('SELECT thread_id FROM thread_ids WHERE id_hash = ?').pluck(),
    putThread: statement('INSERT INTO thread_ids (id_hash, thread_id) VALUES (?, ?) ON CONFLICT DO NOTHING'),
    moveDocuments: statement('UPDATE documents SET thread_id = ? WHERE thread_id = ?'),
    moveIds: statement('UPDATE thread_ids SET thread_id = ? WHERE thread_id = ?'),
    remove: ['texts', 'documents', 'attachment_types', 'problems'].map((table) =>
      statement(`DELETE FROM ${table} WHERE ${table === 'texts' ? 'rowid' : 'doc_id'} = ?`),
    ),
  }
}

function add(
  statements: Statements,
  nextFree: Map<number, number>,
  document: TextDocument,
  at: number,
): void {
  if (statements.findDocument.get(document.messageId) !== undefined) return
  const docId = freeId(statements, nextFree, at)
  const threadId = threadOf(statements, document, docId)
  const { messageId, sha256, subjectKey, references, excerpt } = document
  const refers = references.length > 0 ? 1 : 0
  statements.insertDocument.run(docId, messageId, sha256, threadId, subjectKey, refers, excerpt)
  const { subject, sender, recipients, copied, body, files, attached } = document
  statements.insertText.run(
    docId,
    ...[subject, sender, recipients, copied, body, files, attached].map(toIndexForm),
  )
  for (const type of document.types) statements.insertType.run(type, docId)
  for (const { file, problem } of document.problems) statements.insertProblem.run(docId, file, problem)
}

/** The next id that is free. Where many messages have one date, it is remembered how far they reach. */
function freeId(statements: Statements, nextFree: Map<number, number>, at: number): number {
  let id = nextFree.get(at) ?? at
  while (statements.isTaken.get(id) !== undefined) id++
  if (id - at >= crowded) nextFree.set(at, id + 1)
  return id
}

/** The conversation that a message belongs to; what it refers to may join two that were apart until now. */
function threadOf(statements: Statements, document: TextDocument, docId: number): number {
  const ids = [...(document.ownId === null ? [] : [document.ownId]), ...document.references]
  const known = new Set(ids.flatMap((id) => (statements.findThread.get(id) as number | undefined) ?? []))
  const threadId = known.size === 0 ? docId : Math.min(...known)
  for (const other of known) {
    if (other === threadId) continue
    statements.moveDocuments.run(threadId, other)
    statements.moveIds.run(threadId, other)
  }
  for (const id of ids) statements.putThread.run(id, threadId)
  return threadId
}

function remove(statements: Statements, docId: number): void {
  for (const statement of statements.remove) statement.run(docId)
}

/** Gives documents the ids of a new index: they are known by the hash of their message. What is not there goes. */
export function adoptIndex(
  db: TextWriter,
  indexId: string,
  findMessage: (sha256: Uint8Array) => number | null,
): void {
  const statements = prepare(db)
  const known = db.prepare('SELECT index_id FROM meta').pluck().get()
  if (known === indexId) return
  db.transaction(() => {
    db.prepare('UPDATE documents SET message_id = -doc_id').run()
    const setMessage = db.prepare('UPDATE documents SET message_id = ? WHERE doc_id = ?')
    const all = db.prepare('SELECT doc_id AS docId, sha256 FROM documents').all() as {
      docId: number
      sha256: Uint8Array
    }[]
    for (const { docId, sha256 } of all) {
      const messageId = findMessage(sha256)
      if (messageId === null) remove(statements, docId)
      else setMessage.run(messageId, docId)
    }
    db.prepare('UPDATE meta SET index_id = ?').run(indexId)
  }).immediate()
}
