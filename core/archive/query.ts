import { fieldOf, readTerm } from './query-terms.ts'
import type { QueryTerm, TextField } from './query-terms.ts'
import { tokenize } from './query-tokens.ts'
import type { QueryToken, TextToken } from './query-tokens.ts'

/**
 * The language in which an archive is searched: words, "phrases", -not, OR, (groups) and operators such as
 * `from:ana before:2025 type:pdf`. All must hold unless OR stands between. The last word may be unfinished.
 */
export type QueryNode =
  | { readonly kind: 'and' | 'or'; readonly nodes: readonly QueryNode[] }
  | { readonly kind: 'not'; readonly node: QueryNode }
  | QueryTerm

/** What was asked. `node` is null when nothing is asked; problems are sentences for who asked. */
export interface ParsedQuery {
  readonly node: QueryNode | null
  readonly problems: readonly string[]
}

const maxDepth = 20
const maxTerms = 100

/** How far a question was read. */
interface Reading {
  readonly tokens: readonly QueryToken[]
  readonly nowMs: number
  readonly problems: string[]
  at: number
  terms: number
}

/** The field that the words of a group are looked for in, and how deep the group lies. */
interface Scope {
  readonly field: TextField | null
  readonly depth: number
}

/** Reads a question. Never throws; what is unfinished (an open quote, an operator without a value) is forgiven. */
export function parseQuery(text: string, nowMs: number): ParsedQuery {
  const reading: Reading = { tokens: tokenize(text), nowMs, problems: [], at: 0, terms: 0 }
  const nodes: QueryNode[] = []
  while (reading.at < reading.tokens.length) {
    const node = parseOr(reading, { field: null, depth: 0 })
    if (node !== null) nodes.push(node)
    // A bracket that closes nothing is passed over.
    if (reading.tokens[reading.at]?.kind === 'close') reading.at++
  }
  return { node: combine('and', nodes), problems: [...new Set(reading.problems)] }
}

function parseOr(reading: Reading, scope: Scope): QueryNode | null {
  const alternatives: QueryNode[] = []
  for (;;) {
    const node = parseAnd(reading, scope)
    if (node !== null) alternatives.push(node)
    if (reading.tokens[reading.at]?.kind !== 'or') return combine('or', alternatives)
    reading.at++
  }
}

function parseAnd(reading: Reading, scope: Scope): QueryNode | null {
  const nodes: QueryNode[] = []
  for (;;) {
    const token = reading.tokens[reading.at]
    if (token === undefined || token.kind === 'or' || token.kind === 'close') return combine('and', nodes)
    const node = parseOne(reading, scope)
    if (node !== null) nodes.push(node)
  }
}

function parseOne(reading: Reading, scope: Scope): QueryNode | null {
  const token = reading.tokens[reading.at++]
  switch (token?.kind) {
    case 'not': {
      const deeper = { ...scope, depth: scope.depth + 1 }
      const node = scope.depth < maxDepth ? parseOne(reading, deeper) : giveUp(reading)
      return node === null ? null : { kind: 'not', node: asWritten(node) }
    }
    case 'open':
      return parseGroup(reading, scope)
    case 'operator':
      return parseOperator(reading, token.name, scope)
    case 'text':
      return counted(reading, toText(token, scope.field))
    default:
      return null
  }
}

function parseGroup(reading: Reading, scope: Scope): QueryNode | null {
  if (scope.depth >= maxDepth) return giveUp(reading)
  const node = parseOr(reading, { ...scope, depth: scope.depth + 1 })
  if (reading.tokens[reading.at]?.kind === 'close') reading.at++
  return node
}

function parseOperator(reading: Reading, name: string, scope: Scope): QueryNode | null {
  const field = fieldOf(name)
  const value = reading.tokens[reading.at]
  if (field !== null && value?.kind === 'open') {
    reading.at++
    return parseGroup(reading, { ...scope, field })
  }
  if (value?.kind !== 'text') return null
  reading.at++
  if (field !== null) return counted(reading, toText(value, field))
  const term = readTerm(name, value.text, reading.nowMs)
  if (term === null || !('problem' in term)) return counted(reading, term)
  reading.problems.push(term.problem)
  return null
}

function counted(reading: Reading, term: QueryTerm | null): QueryTerm | null {
  return term === null || ++reading.terms <= maxTerms ? term : giveUp(reading)
}

function giveUp(reading: Reading): null {
  reading.problems.push('This is nested too deeply, or has too many conditions.')
  reading.at = reading.tokens.length
  return null
}

/** Words and phrases that must be there, for marking them where they are. */
export function wantedTexts(node: QueryNode | null): readonly (QueryTerm & { kind: 'text' })[] {
  if (node === null) return []
  if (node.kind === 'text') return [node]
  return node.kind === 'and' || node.kind === 'or' ? node.nodes.flatMap(wantedTexts) : []
}

/** What is excluded is excluded as it stands: half a word would take away too much. */
function asWritten(node: QueryNode): QueryNode {
  if (node.kind === 'text') return { ...node, prefix: node.text.endsWith('*') }
  if (node.kind === 'not') return { kind: 'not', node: asWritten(node.node) }
  return node.kind === 'and' || node.kind === 'or' ? { ...node, nodes: node.nodes.map(asWritten) } : node
}

function combine(kind: 'and' | 'or', nodes: readonly QueryNode[]): QueryNode | null {
  return nodes.length > 1 ? { kind, nodes } : (nodes[0] ?? null)
}

/** A word or phrase; null when there is no letter or digit in it. */
function toText(token: TextToken, field: TextField | null): QueryTerm | null {
  if (!/[\p{L}\p{N}]/u.test(token.text)) return null
  const starred = !token.quoted && token.text.endsWith('*')
  return { kind: 'text', field, text: token.text, prefix: starred || (token.last && isBegun(token.text)) }
}

/** Of a word in writing, two letters have to be there: one alone is the beginning of too much to be looked up. */
function isBegun(text: string): boolean {
  return /[\p{L}\p{N}\p{M}]{2}$/u.test(text)
}
