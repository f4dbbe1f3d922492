import { z } from 'zod'

/** How a message that came back differs from what was put there. All false and empty: not one byte differs. */
export const messageDifference = z.strictObject({
  /** Line ends were changed (a bare line feed into CR LF). */
  lineEnds: z.boolean(),
  /** NUL bytes were replaced or taken out. */
  nulBytes: z.boolean(),
  /** A line end was added after, or taken from, the last line. */
  lastLineEnd: z.boolean(),
  /** Names of header fields that came in, in order. */
  headersAdded: z.array(z.string()),
  headersLost: z.array(z.string()),
  /** The rest of the header is not the same, in a way that has no name here. */
  headerOtherwise: z.boolean(),
  /** The body is not the same, beyond line ends, NUL bytes and the last line end. */
  body: z.boolean(),
})
export type MessageDifference = z.infer<typeof messageDifference>

/** Compares bytes. Null: they are the same. */
export function compareMessages(put: Uint8Array, got: Uint8Array): MessageDifference | null {
  if (sameBytes(put, got)) return null
  const [a, b] = [split(put), split(got)]
  const header = compareHeaders(a.header, b.header)
  const lineEnds = hasBareLineFeed(put) !== hasBareLineFeed(got)
  return {
    lineEnds,
    nulBytes: hasNul(put) !== hasNul(got) || nulCount(put) !== nulCount(got),
    lastLineEnd: endsLine(put) !== endsLine(got),
    ...header,
    body: !alike(a.body, b.body),
  }
}

/** Whether what differs is only what a server may do in passing: line ends, NUL bytes, a trace field of its own. */
export function isHarmless(difference: MessageDifference): boolean {
  return !difference.body && !difference.headerOtherwise && difference.headersLost.length === 0
}

/** The difference in words. */
export function describeDifference(difference: MessageDifference): string {
  const { headersAdded, headersLost } = difference
  const parts = [
    ...(difference.lineEnds ? ['line ends were changed'] : []),
    ...(difference.nulBytes ? ['NUL bytes were replaced'] : []),
    ...(difference.lastLineEnd ? ['the end of the last line was changed'] : []),
    ...(headersAdded.length > 0 ? [`header fields were added: ${headersAdded.join(', ')}`] : []),
    ...(headersLost.length > 0 ? [`header fields are missing: ${headersLost.join(', ')}`] : []),
    ...(difference.headerOtherwise ? ['the header is not the same'] : []),
    difference.body ? 'the body is not the same' : 'the body is the same',
  ]
  const text = parts.join('; ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

function compareHeaders(
  put: string,
  got: string,
): Pick<MessageDifference, 'headersAdded' | 'headersLost' | 'headerOtherwise'> {
  const [fieldsPut, fieldsGot] = [fieldsOf(put), fieldsOf(got)]
  const added = without(fieldsGot, fieldsPut)
  const lost = without(fieldsPut, fieldsGot)
  const kept = without(fieldsGot, added)
  const headerOtherwise = kept.join('\n') !== without(fieldsPut, lost).join('\n')
  return { headersAdded: added.map(nameOf), headersLost: lost.map(nameOf), headerOtherwise }
}

/** Header fields with their continuation lines (RFC 5322 2.2.3), line ends levelled. */
function fieldsOf(header: string): readonly string[] {
  return header === '' ? [] : header.split(/\n(?![ \t])/).filter((field) => field !== '')
}

/** All of `all` but, once each, those of `taken`. */
function without(all: readonly string[], taken: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const field of taken) counts.set(field, (counts.get(field) ?? 0) + 1)
  return all.filter((field) => {
    const left = counts.get(field) ?? 0
    if (left > 0) counts.set(field, left - 1)
    return left === 0
  })
}

function nameOf(field: string): string {
  return field.slice(0, Math.max(0, field.indexOf(':'))).slice(0, 100) || '(no name)'
}

function split(bytes: Uint8Array): { readonly header: string; readonly body: Uint8Array } {
  const end = endOfHeader(bytes)
  return { header: levelled(bytes.subarray(0, end)), body: bytes.subarray(end) }
}

function endOfHeader(bytes: Uint8Array): number {
  let lineStart = 0
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) {
    const length = at - lineStart
    if (length === 0 || (length === 1 && bytes[lineStart] === 0x0d)) return at + 1
    lineStart = at + 1
  }
  return bytes.length
}

/** Dovecot stores 0x80 for NUL, others leave NUL out; whatever else differs is a difference. */
function alike(put: Uint8Array, got: Uint8Array): boolean {
  const [a, b] = [levelled(put), levelled(got)]
  return (
    a.replaceAll('\0', '\u0080') === b.replaceAll('\0', '\u0080') ||
    a.replaceAll('\0', '') === b.replaceAll('\0', '')
  )
}

/** Bytes as text, one byte a character, line ends levelled. */
function levelled(bytes: Uint8Array): string {
  const chunks: string[] = []
  for (let at = 0; at < bytes.length; at += 0x8000)
    chunks.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)))
  return chunks.join('').replaceAll('\r\n', '\n').replace(/\n$/, '')
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}
const hasNul = (bytes: Uint8Array): boolean => bytes.includes(0)
const endsLine = (bytes: Uint8Array): boolean => bytes.at(-1) === 0x0a

function nulCount(bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(0); at !== -1; at = bytes.indexOf(0, at + 1)) count++
  return count
}

function hasBareLineFeed(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1))
    if (at === 0 || bytes[at - 1] !== 0x0d) return true
  return false
}
