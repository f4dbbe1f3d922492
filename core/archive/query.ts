import { fieldOf, isOperator, readTerm } from './query-terms.ts'
import type { QueryTerm, TextField } from './query-terms.ts'

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

interface TextToken {
  readonly kind: 'text'
  readonly text: string
  readonly quoted: boolean
  /** Nothing follows, so that it may be unfinished; a phrase only while its quote is open. */
  readonly last: boolean
}
type Token =
  | { readonly kind: 'open' | 'close' | 'or' | 'not' }
  | { readonly kind: 'operator'; readonly name: string }
  | TextToken

/** Reads a question. Never throws; what is unfinished (an open quote, an operator without a value) is forgiven. */
export function parseQuery(text: string, nowMs: number): ParsedQuery {
  const tokens = tokenize(text)
  const problems: string[] = []
  let at = 0
  let terms = 0

  const parseOr = (field: TextField | null, depth: number): QueryNode | null => {
    const alternatives: QueryNode[] = []
    for (;;) {
      const node = parseAnd(field, depth)
      if (node !== null) alternatives.push(node)
      if (tokens[at]?.kind !== 'or') break
      at++
    }
    return combine('or', alternatives)
  }
  const parseAnd = (field: TextField | null, depth: number): QueryNode | null => {
    const nodes: QueryNode[] = []
    for (let token = tokens[at]; token !== undefined; token = tokens[at]) {
      if (token.kind === 'or' || token.kind === 'close') break
      const node = parseOne(field, depth)
      if (node !== null) nodes.push(node)
    }
    return combine('and', nodes)
  }
  const parseOne = (field: TextField | null, depth: number): QueryNode | null => {
    const token = tokens[at++]
    if (token === undefined) return null
    if (token.kind === 'not') {
      const node = depth < maxDepth ? parseOne(field, depth + 1) : tooMuch()
      return node === null ? null : { kind: 'not', node: asWritten(node) }
    }
    if (token.kind === 'open') return parseGroup(field, depth)
    if (token.kind === 'operator') return parseOperator(token.name, depth)
    return token.kind === 'text' ? counted(toText(token, field)) : null
  }
  const parseGroup = (field: TextField | null, depth: number): QueryNode | null => {
    if (depth >= maxDepth) return tooMuch()
    const node = parseOr(field, depth + 1)
    if (tokens[at]?.kind === 'close') at++
    return node
  }
  const parseOperator = (name: string, depth: number): QueryNode | null => {
    const field = fieldOf(name)
    const value = tokens[at]
    if (field !== null && value?.kind === 'open') {
      at++
      return parseGroup(field, depth)
    }
    if (value?.kind !== 'text') return null
    at++
    if (field !== null) return counted(toText(value, field))
    const term = readTerm(name, value.text, nowMs)
    if (term === null || !('problem' in term)) return counted(term)
    problems.push(term.problem)
    return null
  }
  const tooMuch = (): null => {
    problems.push('This is nested too deeply, or has too many conditions.')
    at = tokens.length
    return null
  }
  const counted = (term: QueryTerm | null): QueryTerm | null =>
    term === null || ++terms <= maxTerms ? term : tooMuch()

  const nodes: QueryNode[] = []
  while (at < tokens.length) {
    const node = parseOr(null, 0)
    if (node !== null) nodes.push(node)
    // A bracket that closes nothing is passed over.
    if (tokens[at]?.kind === 'close') at++
  }
  return { node: combine('and', nodes), problems: [...new Set(problems)] }
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
  return { kind: 'text', field, text: token.text, prefix: starred || token.last }
}

const wordRun = /[^\s()"]+/y
const keywords: Readonly<Record<string, 'or' | 'not' | 'and'>> = { OR: 'or', NOT: 'not', AND: 'and' }

function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = []
  const clean = text.replace(/[“”„«»]/g, '"').replaceAll('\0', ' ')
  let at = 0
  while (at < clean.length) {
    const character = clean.charAt(at)
    if (character === '(' || character === ')') {
      tokens.push({ kind: character === '(' ? 'open' : 'close' })
      at++
    } else if (character === '"') {
      const close = clean.indexOf('"', at + 1)
      const end = close === -1 ? clean.length : close
      tokens.push({ kind: 'text', text: clean.slice(at + 1, end), quoted: true, last: close === -1 })
      at = end + 1
    } else if (character === '-' && /^-[^\s)]/.test(clean.slice(at, at + 2))) {
      tokens.push({ kind: 'not' })
      at++
    } else {
      wordRun.lastIndex = at
      const word = wordRun.exec(clean)?.[0] ?? ''
      at += Math.max(1, word.length)
      tokens.push(...toTokens(word, at === clean.length))
    }
  }
  return tokens
}

/** A run of characters: nothing (a blank), a keyword, an operator with or without its value, or a word. */
function toTokens(word: string, last: boolean): readonly Token[] {
  if (word === '') return []
  const keyword = Object.hasOwn(keywords, word) ? keywords[word] : undefined
  if (keyword !== undefined) return keyword === 'and' ? [] : [{ kind: keyword }]
  const colon = word.indexOf(':')
  const name = word.slice(0, Math.max(0, colon)).toLowerCase()
  if (!isOperator(name)) return [{ kind: 'text', text: word, quoted: false, last }]
  const value = word.slice(colon + 1)
  const operator: Token = { kind: 'operator', name }
  return value === '' ? [operator] : [operator, { kind: 'text', text: value, quoted: false, last }]
}
