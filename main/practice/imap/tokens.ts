/** A piece of a command: an atom as written, a string's bytes, or a list in parentheses (RFC 9051, section 9). */
export type Token =
  | { readonly kind: 'atom'; readonly text: string }
  | { readonly kind: 'string'; readonly bytes: Buffer }
  | { readonly kind: 'list'; readonly items: readonly Token[] }

/** A command that is not one: answered with BAD. */
export class SyntaxRefused extends Error {}

/** What a command line is made of: text as Latin-1, and the literals between. */
export type CommandPart = string | Buffer

/** Reads the tokens of a command. @throws SyntaxRefused */
export function tokenize(parts: readonly CommandPart[]): readonly Token[] {
  const cursor = { part: 0, at: 0, parts }
  const tokens = readTokens(cursor, false)
  return tokens
}

interface Cursor {
  part: number
  at: number
  readonly parts: readonly CommandPart[]
}

function readTokens(cursor: Cursor, inList: boolean): Token[] {
  const tokens: Token[] = []
  for (;;) {
    const part = cursor.parts[cursor.part]
    if (part === undefined) {
      if (inList) throw new SyntaxRefused('A parenthesis is not closed.')
      return tokens
    }
    if (typeof part !== 'string') {
      tokens.push({ kind: 'string', bytes: part })
      nextPart(cursor)
      continue
    }
    const char = part[cursor.at]
    if (char === undefined) nextPart(cursor)
    else if (char === ' ') cursor.at++
    else if (char === '(') {
      cursor.at++
      tokens.push({ kind: 'list', items: readTokens(cursor, true) })
    } else if (char === ')') {
      if (!inList) throw new SyntaxRefused('A parenthesis is closed that was not opened.')
      cursor.at++
      return tokens
    } else tokens.push(char === '"' ? readQuoted(cursor, part) : readAtom(cursor, part))
  }
}

function nextPart(cursor: Cursor): void {
  cursor.part++
  cursor.at = 0
}

function readQuoted(cursor: Cursor, part: string): Token {
  const match = /"((?:[^"\\]|\\.)*)"/y
  match.lastIndex = cursor.at
  const found = match.exec(part)
  if (found === null) throw new SyntaxRefused('A quoted string is not closed.')
  cursor.at = match.lastIndex
  return { kind: 'string', bytes: Buffer.from((found[1] ?? '').replace(/\\(.)/g, '$1'), 'latin1') }
}

/** An atom may carry a section in brackets, which may hold spaces and parentheses: `BODY[HEADER.FIELDS (TO)]<0.9>`. */
function readAtom(cursor: Cursor, part: string): Token {
  const match = /(?:\[[^\]]*\]|[^\s()"])+/y
  match.lastIndex = cursor.at
  const found = match.exec(part)
  if (found === null) throw new SyntaxRefused('This is no command.')
  cursor.at = match.lastIndex
  return { kind: 'atom', text: found[0] }
}

/** The text of an atom or string. @throws SyntaxRefused for a list or nothing */
export function textOf(token: Token | undefined): string {
  if (token === undefined || token.kind === 'list') throw new SyntaxRefused('An argument is missing.')
  return token.kind === 'atom' ? token.text : token.bytes.toString('utf8')
}

/** A list's items; a single token counts as a list of one. */
export function itemsOf(token: Token | undefined): readonly Token[] {
  if (token === undefined) throw new SyntaxRefused('An argument is missing.')
  return token.kind === 'list' ? token.items : [token]
}

/** Text as a quoted string; with characters beyond ASCII or line ends, as a literal. */
export function quote(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return `"${text.replace(/["\\]/g, '\\$&')}"`
  const bytes = Buffer.from(text, 'utf8')
  return `{${bytes.length}}\r\n${bytes.toString('latin1')}`
}

/** `quote`, or NIL for nothing. */
export function quoteOrNil(text: string | null | undefined): string {
  return text === null || text === undefined ? 'NIL' : quote(text)
}
