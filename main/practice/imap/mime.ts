/** A part of a message with its place in the tree (RFC 2045, 2046). Bytes are views, not copies. */
export interface MimePart {
  /** Header fields with the empty line that ends them. */
  readonly header: Buffer
  readonly body: Buffer
  readonly fields: readonly HeaderField[]
  /** Lower case. */
  readonly type: string
  readonly subtype: string
  readonly parameters: ReadonlyMap<string, string>
  readonly children: readonly MimePart[]
}

/** A header field, unfolded; `raw` is as it was written, with its line ends. */
export interface HeaderField {
  readonly name: string
  readonly value: string
  readonly raw: string
}

/** No real message nests deeper; a hostile one ends here. */
const maxDepth = 12

/** Reads any bytes as a message: what cannot be understood is text/plain. */
export function parseMime(bytes: Buffer, depth = 0): MimePart {
  const split = endOfHeader(bytes)
  const header = bytes.subarray(0, split)
  const body = bytes.subarray(split)
  const fields = parseFields(header)
  const { value, parameters } = parseValue(fieldOf(fields, 'content-type') ?? 'text/plain; charset=us-ascii')
  const [type = 'text', subtype = 'plain'] = value.split('/')
  const boundary = parameters.get('boundary')
  const parts =
    type === 'multipart' && boundary !== undefined && depth < maxDepth ? splitParts(body, boundary) : []
  const children = parts.map((part) => parseMime(part, depth + 1))
  return { header, body, fields, type, subtype, parameters, children }
}

/** The first field of this name (lower case), or null. */
export function fieldOf(fields: readonly HeaderField[], name: string): string | null {
  return fields.find((field) => field.name.toLowerCase() === name)?.value ?? null
}

/** `value; name=x; name="y z"` taken apart. The value and the names are put in lower case. */
export function parseValue(text: string): { value: string; parameters: ReadonlyMap<string, string> } {
  const [value = '', ...rest] = text.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/)
  const pairs = rest.flatMap((parameter) => {
    const match = /^\s*([^=\s]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|(.*?))\s*$/s.exec(parameter)
    return match === null ? [] : [[(match[1] ?? '').toLowerCase(), match[2] ?? match[3] ?? ''] as const]
  })
  return { value: value.trim().toLowerCase(), parameters: new Map(pairs) }
}

function endOfHeader(bytes: Buffer): number {
  if (bytes.subarray(0, 2).equals(Buffer.from('\r\n'))) return 2
  const end = bytes.indexOf('\r\n\r\n')
  return end < 0 ? bytes.length : end + 4
}

function parseFields(header: Buffer): HeaderField[] {
  const text = header.toString('latin1').replace(/\r\n$/, '')
  return text.split(/\r\n(?![ \t])/).flatMap((raw) => {
    const colon = raw.indexOf(':')
    if (colon <= 0) return []
    const value = raw
      .slice(colon + 1)
      .replace(/\r\n[ \t]/g, ' ')
      .trim()
    return [{ name: raw.slice(0, colon).trim(), value, raw: `${raw}\r\n` }]
  })
}

function splitParts(body: Buffer, boundary: string): Buffer[] {
  const text = body.toString('latin1')
  const escaped = boundary.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const parts: Buffer[] = []
  let start: number | null = null
  for (const line of text.matchAll(new RegExp(`(?:^|\\r\\n)--${escaped}(--)?[ \\t]*(?:\\r\\n|$)`, 'g'))) {
    if (start !== null) parts.push(body.subarray(start, Math.max(start, line.index)))
    start = line[1] === undefined ? line.index + line[0].length : null
  }
  if (start !== null) parts.push(body.subarray(start))
  return parts
}
