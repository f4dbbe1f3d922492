import type { StoredMessage } from '../mail-store.ts'
import { parseMime } from './mime.ts'
import type { MimePart } from './mime.ts'
import { bodyStructure, envelope } from './structure.ts'
import { SyntaxRefused } from './tokens.ts'

const macros: Readonly<Record<string, readonly string[]>> = {
  ALL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE'],
  FAST: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE'],
  FULL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE', 'BODY'],
}

/** What is asked of each message: macros resolved, in upper case outside of sections. */
export function fetchItems(items: readonly string[]): readonly string[] {
  const [only] = items
  const macro = items.length === 1 && only !== undefined ? macros[only.toUpperCase()] : undefined
  return macro ?? items.map((item) => item.toUpperCase())
}

/** Whether fetching this item sets \Seen (RFC 9051, 6.4.5). */
export function marksSeen(item: string): boolean {
  return item.startsWith('BODY[') || item === 'RFC822' || item === 'RFC822.TEXT'
}

/** The answer to one item of one message, as text and bytes. @throws SyntaxRefused */
export function fetchItem(message: StoredMessage, item: string): (string | Buffer)[] {
  switch (item) {
    case 'UID':
      return [`UID ${message.uid}`]
    case 'FLAGS':
      return [`FLAGS (${[...message.flags].join(' ')})`]
    case 'INTERNALDATE':
      return [`INTERNALDATE "${formatDateTime(message.internalDateMs)}"`]
    case 'RFC822.SIZE':
      return [`RFC822.SIZE ${message.bytes.length}`]
    case 'ENVELOPE':
      return [`ENVELOPE ${envelope(parseMime(message.bytes))}`]
    case 'BODYSTRUCTURE':
      return [`BODYSTRUCTURE ${bodyStructure(parseMime(message.bytes), true)}`]
    case 'BODY':
      return [`BODY ${bodyStructure(parseMime(message.bytes), false)}`]
    case 'RFC822':
      return literal('RFC822', message.bytes)
    case 'RFC822.HEADER':
      return literal('RFC822.HEADER', parseMime(message.bytes).header)
    case 'RFC822.TEXT':
      return literal('RFC822.TEXT', parseMime(message.bytes).body)
    default:
      return fetchSection(message, item)
  }
}

/** `BODY[section]<start.count>`; the answer names the start only. */
function fetchSection(message: StoredMessage, item: string): (string | Buffer)[] {
  const match = /^BODY(?:\.PEEK)?\[([^\]]*)\](?:<(\d+)\.(\d+)>)?$/.exec(item)
  if (match === null) throw new SyntaxRefused(`Nothing is known of ${item}.`)
  const [, section = '', start, count] = match
  const whole = sectionOf(message.bytes, section)
  if (start === undefined) return literal(`BODY[${section}]`, whole)
  return literal(`BODY[${section}]<${start}>`, whole.subarray(Number(start), Number(start) + Number(count)))
}

function sectionOf(bytes: Buffer, section: string): Buffer {
  if (section === '') return bytes
  const match = /^((?:\d+)(?:\.\d+)*)?\.?(.*)$/s.exec(section)
  const [, path, what = ''] = match ?? []
  const root = parseMime(bytes)
  const part = path === undefined ? root : partAt(root, path.split('.').map(Number))
  if (part === null) return Buffer.alloc(0)
  if (what === '') return part.body
  if (what === 'MIME') return part.header
  // Below a part number, HEADER and TEXT speak of the message that the part holds.
  const holder = path === undefined ? part : parseMime(part.body)
  if (what === 'HEADER') return holder.header
  if (what === 'TEXT') return holder.body
  return headerFields(holder, what)
}

function partAt(root: MimePart, path: readonly number[]): MimePart | null {
  return path.reduce<MimePart | null>((part, number) => {
    if (part === null) return null
    const holder = part.type === 'message' && part.subtype === 'rfc822' ? parseMime(part.body) : part
    // A message that is not multipart has one part: itself (RFC 9051, 6.4.5).
    if (holder.children.length === 0) return number === 1 ? holder : null
    return holder.children[number - 1] ?? null
  }, root)
}

function headerFields(part: MimePart, what: string): Buffer {
  const match = /^HEADER\.FIELDS(\.NOT)? \((.*)\)$/s.exec(what)
  if (match === null) throw new SyntaxRefused(`Nothing is known of the section ${what}.`)
  const names = new Set((match[2] ?? '').toLowerCase().replaceAll('"', '').split(/\s+/))
  const wanted = (name: string) => names.has(name.toLowerCase()) === (match[1] === undefined)
  const kept = part.fields.filter((field) => wanted(field.name)).map((field) => field.raw)
  return Buffer.from(`${kept.join('')}\r\n`, 'latin1')
}

function literal(name: string, bytes: Buffer): (string | Buffer)[] {
  return [`${name} {${bytes.length}}\r\n`, bytes]
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `dd-Mon-yyyy hh:mm:ss +0000`. */
function formatDateTime(ms: number): string {
  const [date = '', time = ''] = new Date(ms).toISOString().split(/[T.]/)
  const [year = '', month = '', day = ''] = date.split('-')
  return `${day}-${months[Number(month) - 1] ?? ''}-${year} ${time} +0000`
}

/** Milliseconds since the epoch of a date-time as APPEND gives it. @throws SyntaxRefused */
export function parseDateTime(text: string): number {
  const match = /^\s?(\d{1,2})-(\w{3})-(\d{4}) (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)$/.exec(text)
  const [, day = '', month = '', year = '', time = '', hours = '', minutes = ''] = match ?? []
  const number = String(months.indexOf(month) + 1).padStart(2, '0')
  const ms = Date.parse(`${year}-${number}-${day.padStart(2, '0')}T${time}${hours}:${minutes}`)
  if (Number.isNaN(ms)) throw new SyntaxRefused('This is no date.')
  return ms
}
