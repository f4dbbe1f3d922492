import type { SearchOrder } from '../../core/archive/find-endpoints.ts'
import type { QueryNode } from '../../core/archive/query.ts'
import type { MessageRow } from '../../core/archive/types.ts'
import { placeColumns, rowColumns, shown, toPlace, toRow } from '../archive-index/read.ts'
import type { MessagePlace, StoredPlace } from '../archive-index/read.ts'
import { compileQuery } from './compile.ts'
import type { CompiledQuery } from './compile.ts'
import type { SearchReader } from './open.ts'
import { textColumns } from './schema.ts'

/** What is asked of an archive, and which page of the answer is wanted. */
export interface TextSearch {
  readonly node: QueryNode
  readonly folderId: number | null
  readonly order: SearchOrder
  readonly offset: number
  readonly limit: number
}

/** One message of an answer, with what the text index keeps of it. */
export interface Found {
  readonly row: MessageRow
  readonly place: MessagePlace
  /** Compressed, as it was given to the index; null for a message that is not indexed. */
  readonly excerpt: Uint8Array | null
}

/** A page of an answer. */
export interface FoundPage {
  readonly found: readonly Found[]
  readonly total: number
  readonly totalIsExact: boolean
}

type StoredFound = StoredPlace & { readonly excerpt: Uint8Array | null }

/** So many hits, the newest, are put in order of relevance: each one costs some µs, and a common word has all the mail. */
const mostRanked = 1_000
/** Newest first, so many are counted at once; the exact number comes with the facets. */
const mostListed = 500
const mostCounted = 50_000
const mostSenders = 10

/**
 * Finds a page of messages, each once: one that lies in several folders is shown in the first that fits. Only what
 * the text index knows is found, also where no word is asked for.
 */
export function searchText(db: SearchReader, search: TextSearch): FoundPage {
  const question = compileIn(search.node, search.folderId)
  const byRelevance = search.order === 'relevance' && question.match !== null
  const { ids, total, totalIsExact } = byRelevance
    ? rankedIds(db, question, search)
    : newestIds(db, question, search)
  const findRow = prepareRow(db, question)
  return { found: ids.flatMap((docId) => findRow(docId) ?? []), total, totalIsExact }
}

function compileIn(node: QueryNode, folderId: number | null): CompiledQuery {
  const compiled = compileQuery(node)
  if (folderId === null) return compiled
  const where = compiled.where === 'true' ? '' : `${compiled.where} AND `
  const parameters = { ...compiled.parameters, inFolder: folderId }
  return { ...compiled, where: `${where}o.folder_id = @inFolder`, parameters }
}

/** Documents that fit. Their ids descend with the date, so that the newest come first without being sorted. */
function documentsOf({ match, where }: CompiledQuery): { readonly from: string; readonly id: string } {
  const id = match === null ? 'd.doc_id' : 'texts.rowid'
  const from =
    match === null ? 'FROM text.documents d WHERE true' : 'FROM text.texts WHERE texts MATCH @match'
  if (where === 'true') return { from, id }
  // CROSS JOIN keeps SQLite to this order: from the document to its message to its places.
  const fits = `SELECT 1 FROM text.documents f CROSS JOIN messages m ON m.message_id = f.message_id
    CROSS JOIN occurrences o ON o.message_id = m.message_id WHERE f.doc_id = ${id} AND ${shown} AND ${where}`
  return { from: `${from} AND EXISTS (${fits})`, id }
}

function parametersOf({ match, parameters }: CompiledQuery): Record<string, string | number> {
  return match === null ? { ...parameters } : { ...parameters, match }
}

interface FoundIds {
  readonly ids: readonly number[]
  readonly total: number
  readonly totalIsExact: boolean
}

/** One walk from the newest on gives the page and the count, as far as it is counted at once. */
function newestIds(db: SearchReader, question: CompiledQuery, { offset, limit }: TextSearch): FoundIds {
  const most = Math.max(mostListed, offset + limit)
  const ids = walk(db, question, most + 1)
  const totalIsExact = ids.length <= most
  // Beyond what is counted there is one more, so that the next page is asked for.
  const total = totalIsExact ? ids.length : Math.max(mostListed, offset + limit + 1)
  return { ids: ids.slice(offset, offset + limit), total, totalIsExact }
}

function rankedIds(db: SearchReader, question: CompiledQuery, { offset, limit }: TextSearch): FoundIds {
  const newest = walk(db, question, mostRanked + 1)
  if (newest.length === 0) return { ids: [], total: 0, totalIsExact: true }
  const candidates = newest.slice(0, mostRanked)
  const weights = Object.values(textColumns).join(', ')
  const rows = db
    .prepare(
      `SELECT rowid, bm25(texts, ${weights}) FROM text.texts WHERE texts MATCH @ranked AND rowid >= @oldest
         AND +rowid IN (SELECT value FROM json_each(@candidates))`,
    )
    .raw()
    .all({
      ranked: question.ranked,
      oldest: candidates.at(-1),
      candidates: JSON.stringify(candidates),
    }) as [number, number][]
  const ordered = rows.sort((a, b) => a[1] - b[1] || b[0] - a[0])
  const ids = ordered.slice(offset, offset + limit).map(([docId]) => docId)
  return { ids, total: candidates.length, totalIsExact: newest.length <= mostRanked }
}

/** Documents that fit, the newest first. */
function walk(db: SearchReader, question: CompiledQuery, most: number): readonly number[] {
  const { from, id } = documentsOf(question)
  const statement = db.prepare(`SELECT ${id} ${from} ORDER BY ${id} DESC LIMIT ${most}`).pluck()
  return statement.all(parametersOf(question)) as number[]
}

function prepareRow(db: SearchReader, question: CompiledQuery): (docId: number) => Found | null {
  const statement = db.prepare(
    `SELECT ${rowColumns}, ${placeColumns}, d.excerpt FROM text.documents d
     CROSS JOIN messages m ON m.message_id = d.message_id
     CROSS JOIN occurrences o ON o.occurrence_id = (SELECT min(o.occurrence_id) FROM occurrences o
       WHERE o.message_id = m.message_id AND ${shown} AND ${question.where})
     WHERE d.doc_id = @docId`,
  )
  const parameters = question.parameters
  return (docId) => {
    const stored = statement.get({ ...parameters, docId }) as StoredFound | undefined
    return stored === undefined
      ? null
      : { row: toRow(stored), place: toPlace(stored), excerpt: stored.excerpt }
  }
}

/** What is counted of the hits, each by its own value. */
export interface FoundFacets {
  readonly total: number
  readonly totalIsExact: boolean
  readonly folders: ReadonlyMap<number, number>
  readonly senders: readonly (readonly [string, number])[]
  readonly years: ReadonlyMap<number, number>
  readonly withAttachment: number
}

/** Counts hits by folder, sender and year; of very many, the newest. */
export function countFacets(db: SearchReader, node: QueryNode, folderId: number | null): FoundFacets {
  const question = compileIn(node, folderId)
  const { from, id } = documentsOf(question)
  const rows = db
    .prepare(
      `WITH found AS MATERIALIZED (SELECT ${id} AS doc_id ${from} ORDER BY ${id} DESC LIMIT ${mostCounted + 1})
       SELECT m.message_id, o.folder_id, m.sender, o.date_ms, m.attachment_count FROM found
       CROSS JOIN text.documents d ON d.doc_id = found.doc_id CROSS JOIN messages m ON m.message_id = d.message_id
       CROSS JOIN occurrences o ON o.message_id = m.message_id AND ${shown} AND ${question.where}`,
    )
    .raw()
    .all(parametersOf(question)) as [number, number, string, number | null, number][]
  const [folders, senders, years] = [
    new Map<number, number>(),
    new Map<string, number>(),
    new Map<number, number>(),
  ]
  let [total, withAttachment, last] = [0, 0, -1]
  for (const [message, folder, sender, dateMs, attachments] of rows) {
    add(folders, folder)
    // The places of a message follow each other; it counts once for everything but its folders.
    if (message === last) continue
    last = message
    total++
    add(senders, sender)
    if (dateMs !== null) add(years, new Date(dateMs).getFullYear())
    if (attachments > 0) withAttachment++
  }
  const frequent = [...senders].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, mostSenders)
  const totals = { total: Math.min(total, mostCounted), totalIsExact: total <= mostCounted }
  return { ...totals, folders, senders: frequent, years, withAttachment }
}

function add<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
