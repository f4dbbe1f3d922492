import { fieldOf, parseMime, parseValue } from './mime.ts'
import type { HeaderField, MimePart } from './mime.ts'
import { quote, quoteOrNil } from './tokens.ts'

/** ENVELOPE of a message (RFC 9051, 7.5.2). */
export function envelope({ fields }: MimePart): string {
  const from = addresses(fields, 'from')
  const orFrom = (name: string) => {
    const list = addresses(fields, name)
    return list === 'NIL' ? from : list
  }
  const text = (name: string) => quoteOrNil(fieldOf(fields, name))
  const lists = [
    from,
    orFrom('sender'),
    orFrom('reply-to'),
    ...['to', 'cc', 'bcc'].map((n) => addresses(fields, n)),
  ]
  return `(${[text('date'), text('subject'), ...lists, text('in-reply-to'), text('message-id')].join(' ')})`
}

/** BODYSTRUCTURE, or BODY when `extended` is false (RFC 9051, 7.5.2). */
export function bodyStructure(part: MimePart, extended: boolean): string {
  return part.children.length > 0 ? multipart(part, extended) : singlePart(part, extended)
}

function multipart(part: MimePart, extended: boolean): string {
  const children = part.children.map((child) => bodyStructure(child, extended)).join('')
  const extension = extended ? ` ${parameters(part.parameters)} ${disposition(part)} NIL NIL` : ''
  return `(${children} ${quote(part.subtype)}${extension})`
}

function singlePart(part: MimePart, extended: boolean): string {
  // A multipart without parts is broken; to a reader it is text.
  const [type, subtype] = part.type === 'multipart' ? ['text', 'plain'] : [part.type, part.subtype]
  const encoding = fieldOf(part.fields, 'content-transfer-encoding') ?? '7bit'
  const lines = String(part.body.toString('latin1').split('\r\n').length - 1)
  const base = [
    quote(type),
    quote(subtype),
    parameters(part.parameters),
    quoteOrNil(fieldOf(part.fields, 'content-id')),
    quoteOrNil(fieldOf(part.fields, 'content-description')),
    quote(encoding),
    String(part.body.length),
  ]
  if (type === 'message' && subtype === 'rfc822') {
    const inner = parseMime(part.body)
    base.push(envelope(inner), bodyStructure(inner, extended), lines)
  } else if (type === 'text') base.push(lines)
  if (extended) base.push('NIL', disposition(part), 'NIL', 'NIL')
  return `(${base.join(' ')})`
}

function disposition({ fields }: MimePart): string {
  const text = fieldOf(fields, 'content-disposition')
  if (text === null) return 'NIL'
  const { value, parameters: found } = parseValue(text)
  return `(${quote(value)} ${parameters(found)})`
}

function parameters(map: ReadonlyMap<string, string>): string {
  if (map.size === 0) return 'NIL'
  return `(${[...map].map(([name, value]) => `${quote(name)} ${quote(value)}`).join(' ')})`
}

function addresses(fields: readonly HeaderField[], name: string): string {
  const text = fieldOf(fields, name)
  if (text === null || text === '') return 'NIL'
  const list = text.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((one) => address(one.trim()))
  return `(${list.join('')})`
}

function address(text: string): string {
  const match = /^(?:(.*?)\s*)<([^<>]*)>$/s.exec(text)
  const name = match?.[1]?.replace(/^"(.*)"$/s, '$1').replace(/\\(.)/g, '$1') ?? ''
  const [local, domain] = splitAt(match?.[2] ?? text)
  return `(${name === '' ? 'NIL' : quote(name)} NIL ${quote(local)} ${quote(domain)})`
}

function splitAt(address: string): [string, string] {
  const at = address.lastIndexOf('@')
  return at < 0 ? [address, ''] : [address.slice(0, at), address.slice(at + 1)]
}
