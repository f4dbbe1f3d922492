/** A response line as data: atoms and strings are strings, lists are arrays, NIL is null (RFC 9051 section 9). */
export type ImapToken = string | null | readonly ImapToken[]

/** The end of a command or a greeting: `OK`, `NO`, `BAD`, `BYE` or `PREAUTH`, its bracketed code, its words. */
export interface ImapStatus {
  readonly status: 'OK' | 'NO' | 'BAD' | 'BYE' | 'PREAUTH'
  /** In capitals, without arguments; null where there is none. */
  readonly code: string | null
  readonly codeArgs: string
  readonly text: string
}

const maxDepth = 20
const maxTokens = 20_000

/** Reads `OK [CODE args] text`, without the tag or the star before it; null when it is something else. */
export function parseImapStatus(line: string): ImapStatus | null {
  const found = /^(OK|NO|BAD|BYE|PREAUTH)(?: +(?:\[([^\s\]]+)(?: ([^\]]*))?\] ?)?(.*))?$/is.exec(line)
  if (found === null) return null
  const [, status = '', code, codeArgs = '', text = ''] = found
  return {
    status: status.toUpperCase() as ImapStatus['status'],
    code: code?.toUpperCase() ?? null,
    codeArgs,
    text: text.trim(),
  }
}

/**
 * Cuts a response line into tokens. `{n}` stands for the next of `literals`. It never throws: what cannot be
 * read is left out, because the line comes from a server that may be broken or hostile.
 */
export function tokenizeImap(line: string, literals: readonly string[] = []): readonly ImapToken[] {
  // A quoted string that never ends reaches to the end of the line: to look for its end from each quotation mark
  // anew would cost the square of the line's length.
  const pattern = /\s+|(\()|(\))|"((?:[^"\\]|\\.?)*)(?:"|$)|\{(\d+)\+?\}|([^\s()"{]+|["{])/gs
  const root: ImapToken[] = []
  const open: ImapToken[][] = [root]
  let literal = 0
  let count = 0
  for (const match of line.matchAll(pattern)) {
    if (++count > maxTokens) break
    const [, opens, closes, quotedText, literalSize, atom] = match
    const list = open.at(-1) ?? root
    if (opens !== undefined) {
      const inner: ImapToken[] = []
      list.push(inner)
      if (open.length < maxDepth) open.push(inner)
    } else if (closes !== undefined) {
      if (open.length > 1) open.pop()
    } else if (quotedText !== undefined) list.push(quotedText.replace(/\\(.)/gs, '$1'))
    else if (literalSize !== undefined) list.push(literals[literal++] ?? '')
    else if (atom !== undefined) list.push(atom.toUpperCase() === 'NIL' ? null : atom)
  }
  return root
}

/** A folder as LIST reports it. `name` is decoded from modified UTF-7 (RFC 3501 section 5.1.3). */
export interface ListedFolder {
  readonly name: string
  /** As the server spells it; commands use this. */
  readonly wireName: string
  readonly flags: readonly string[]
}

/** Reads the tokens of `LIST (flags) delimiter name`, without the star; null when they are something else. */
export function parseListResponse(tokens: readonly ImapToken[]): ListedFolder | null {
  const [verb, flags, , name] = tokens
  if (typeof verb !== 'string' || verb.toUpperCase() !== 'LIST') return null
  if (!Array.isArray(flags) || typeof name !== 'string') return null
  const known = (flags as readonly ImapToken[]).filter((flag) => typeof flag === 'string')
  return { name: decodeModifiedUtf7(name), wireName: name, flags: known }
}

/** Decodes a folder name; what is not modified UTF-7 stays as it is. */
export function decodeModifiedUtf7(name: string): string {
  return name.replace(/&([A-Za-z0-9+,]*)-/g, (_, encoded: string) =>
    encoded === '' ? '&' : utf16Of(encoded),
  )
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,'

/** Six bits a letter, sixteen a unit; bits that are left over at the end are padding. */
function utf16Of(encoded: string): string {
  let units = ''
  let bits = 0
  let held = 0
  for (const letter of encoded) {
    held = ((held << 6) | alphabet.indexOf(letter)) & 0x3fffff
    bits += 6
    if (bits < 16) continue
    bits -= 16
    units += String.fromCharCode((held >> bits) & 0xffff)
  }
  return units
}

/** What a mailbox holds and may hold, in bytes, from `QUOTA root (STORAGE used limit)` (RFC 9208: units of 1024). */
export interface StorageQuota {
  readonly usedBytes: number
  readonly limitBytes: number
}

/** Reads the tokens of a QUOTA response; null when it has no usable STORAGE. */
export function parseQuotaResponse(tokens: readonly ImapToken[]): StorageQuota | null {
  const [verb, , resources] = tokens
  if (typeof verb !== 'string' || verb.toUpperCase() !== 'QUOTA' || !Array.isArray(resources)) return null
  const list = resources as readonly ImapToken[]
  const at = list.findIndex((token) => typeof token === 'string' && token.toUpperCase() === 'STORAGE')
  const [used, limit] = at < 0 ? [] : [Number(list[at + 1]), Number(list[at + 2])]
  if (used === undefined || limit === undefined || !Number.isFinite(used) || !Number.isFinite(limit))
    return null
  return { usedBytes: used * 1024, limitBytes: limit * 1024 }
}
