import { isOperator } from './query-terms.ts'

/** A word or phrase. */
export interface TextToken {
  readonly kind: 'text'
  readonly text: string
  readonly quoted: boolean
  /** Nothing follows, so that it may be unfinished; a phrase only while its quote is open. */
  readonly last: boolean
}
/** What a question is made of. */
export type QueryToken =
  | { readonly kind: 'open' | 'close' | 'or' | 'not' }
  | { readonly kind: 'operator'; readonly name: string }
  | TextToken

const wordRun = /[^\s()"]+/y
const keywords: Readonly<Record<string, 'or' | 'not' | 'and'>> = { OR: 'or', NOT: 'not', AND: 'and' }

/** Cuts a question into its parts. */
export function tokenize(text: string): readonly QueryToken[] {
  const tokens: QueryToken[] = []
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
function toTokens(word: string, last: boolean): readonly QueryToken[] {
  if (word === '') return []
  const keyword = Object.hasOwn(keywords, word) ? keywords[word] : undefined
  if (keyword !== undefined) return keyword === 'and' ? [] : [{ kind: keyword }]
  const colon = word.indexOf(':')
  const name = word.slice(0, Math.max(0, colon)).toLowerCase()
  if (!isOperator(name)) return [{ kind: 'text', text: word, quoted: false, last }]
  const value = word.slice(colon + 1)
  const operator: QueryToken = { kind: 'operator', name }
  return value === '' ? [operator] : [operator, { kind: 'text', text: value, quoted: false, last }]
}
