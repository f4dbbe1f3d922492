import { assertNever } from '../../core/errors.ts'
import type { QueryNode } from '../../core/archive/query.ts'
import type { QueryState, QueryTerm } from '../../core/archive/query-terms.ts'
import { toPhrase } from '../../core/archive/words.ts'

/** A question as SQL over `occurrences o`, `messages m` and, where `match` is set, `text.texts` and `documents d`. */
export interface CompiledQuery {
  /** What the full text has to match, in FTS5's language; null when the question asks for no words. */
  readonly match: string | null
  /** The same words, each by itself: what hits are put in order of relevance by. */
  readonly ranked: string | null
  /** Everything else; `true` when there is nothing else. */
  readonly where: string
  readonly parameters: Readonly<Record<string, string | number>>
}

/** Compiles a question. Whatever was typed becomes a bound value: no word of it is SQL or FTS5's language. */
export function compileQuery(node: QueryNode | null): CompiledQuery {
  const parameters: Record<string, string | number> = {}
  const bind = (value: string | number): string => {
    const name = `q${Object.keys(parameters).length}`
    parameters[name] = value
    return `@${name}`
  }
  const parts = node === null ? [] : node.kind === 'and' ? node.nodes : [node]
  const texts = parts.flatMap((part) => toMatch(part) ?? [])
  const rest = parts.filter((part) => toMatch(part) === null)
  // "a and not b" is one question to the full text; "not b" alone is none that it could answer.
  const without =
    texts.length === 0 ? [] : rest.flatMap((part) => (part.kind === 'not' && toMatch(part.node)) || [])
  const others =
    texts.length === 0 ? rest : rest.filter((part) => part.kind !== 'not' || toMatch(part.node) === null)
  const wanted = texts.map((text) => `(${text})`).join(' AND ')
  const match = [wanted, ...without.map((text) => `(${text})`)].join(' NOT ')
  const where = others.map((part) => toSql(part, bind)).join(' AND ')
  return {
    ...(wanted === '' ? { match: null, ranked: null } : { match, ranked: rankedBy(parts) }),
    where: where === '' ? 'true' : where,
    parameters,
  }
}

/**
 * FTS5 weighs a phrase by counting it in all the mail, which takes as long as all the mail is; a word it weighs at
 * once. What is left out says nothing about how well a message fits.
 */
function rankedBy(parts: readonly QueryNode[]): string {
  return parts
    .flatMap((part) => toMatch(part, wordsApart) ?? [])
    .map((text) => `(${text})`)
    .join(' AND ')
}

/** The words of a phrase, in any order. */
function wordsApart(phrase: string): string {
  const end = phrase.lastIndexOf('"')
  const words = phrase
    .slice(1, end)
    .split(' ')
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .map((word) => `"${word}"`)
  return words.length === 0 ? phrase : `(${[...new Set(words)].join(' AND ')}${phrase.slice(end + 1)})`
}

/** A question as FTS5 understands it; null when it is not about words alone. */
function toMatch(node: QueryNode, written = (phrase: string) => phrase): string | null {
  if (node.kind === 'text') return textToMatch(node, written)
  if (node.kind !== 'and' && node.kind !== 'or') return null
  const parts = node.nodes.map((part) => toMatch(part, written))
  if (parts.includes(null)) return null
  return parts.map((part) => `(${part ?? ''})`).join(node.kind === 'and' ? ' AND ' : ' OR ')
}

function textToMatch(
  { field, text, prefix }: QueryTerm & { kind: 'text' },
  written: (phrase: string) => string,
): string | null {
  const phrase = toPhrase(text, prefix)
  if (phrase === null) return null
  if (field === null) return written(phrase)
  return `${field === 'recipients' ? '{recipients copied}' : field} : ${written(phrase)}`
}

type Bind = (value: string | number) => string

function toSql(node: QueryNode, bind: Bind): string {
  const match = toMatch(node)
  if (match !== null)
    return `m.message_id IN (SELECT d.message_id FROM text.texts t JOIN text.documents d ON d.doc_id = t.rowid
      WHERE t.texts MATCH ${bind(match)})`
  switch (node.kind) {
    case 'and':
    case 'or':
      return `(${node.nodes.map((one) => toSql(one, bind)).join(node.kind === 'and' ? ' AND ' : ' OR ')})`
    case 'not':
      return `NOT coalesce(${toSql(node.node, bind)}, false)`
    case 'text':
      return 'false'
    case 'attachment':
      return 'm.attachment_count > 0'
    case 'type':
      return `m.message_id IN (SELECT d.message_id FROM text.attachment_types a
        JOIN text.documents d ON d.doc_id = a.doc_id WHERE a.type = ${bind(node.type)})`
    case 'state':
      return stateSql(node.state)
    case 'folder':
    case 'source':
    case 'label':
      return placeSql(node, bind)
    case 'date':
      return spanSql('o.date_ms', node.fromMs, node.untilMs, bind)
    case 'size':
      return spanSql('m.size_bytes', node.atLeast, node.below, bind)
    default:
      return assertNever(node)
  }
}

/** A folder is meant by its path, by the end of it, or by a whole level of it; the server's separator is one. */
function placeSql(node: QueryTerm & { kind: 'folder' | 'source' | 'label' }, bind: Bind): string {
  const name = bind(node.name)
  if (node.kind === 'label')
    return `EXISTS (SELECT 1 FROM json_each(coalesce(o.labels, '[]')) l
      WHERE lower(ltrim(l.value, '\\')) = lower(ltrim(${name}, '\\')))`
  if (node.kind === 'source')
    return `o.folder_id IN (SELECT folder_id FROM folders WHERE instr(lower(source), lower(${name})) > 0)`
  return `o.folder_id IN (SELECT folder_id FROM folders
    WHERE instr(coalesce(delimiter, '/') || lower(path) || coalesce(delimiter, '/'),
      coalesce(delimiter, '/') || lower(${name}) || coalesce(delimiter, '/')) > 0
      OR lower(ltrim(special_use, '\\')) = lower(${name}))`
}

function spanSql(column: string, from: number | null, until: number | null, bind: Bind): string {
  const conditions = [
    ...(from === null ? [] : [`${column} >= ${bind(from)}`]),
    ...(until === null ? [] : [`${column} < ${bind(until)}`]),
  ]
  return `(${conditions.join(' AND ')})`
}

function stateSql(state: QueryState): string {
  const flagged = (flag: string) => `instr(lower(o.flags), '"\\\\${flag}"') > 0`
  switch (state) {
    case 'unread':
      return `NOT ${flagged('seen')}`
    case 'read':
      return flagged('seen')
    case 'flagged':
      return flagged('flagged')
    case 'answered':
      return flagged('answered')
    case 'gone':
      return `o.presence = 'gone'`
    case 'here':
      return `o.presence = 'here'`
    default:
      return assertNever(state)
  }
}
