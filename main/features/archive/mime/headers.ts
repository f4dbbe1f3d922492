import { isUtf8 } from 'node:buffer'

/** Header names (lower case) with their unfolded raw values, in order; from bytes that may hold anything. */
export type Headers = ReadonlyMap<string, readonly string[]>

const maxHeaderBytes = 128 * 1024
const maxValueChars = 8_000

/** Where the header of a message or part ends and its body begins; the end of the bytes when there is no body. */
export function findBody(bytes: Buffer, start: number, end: number): number {
  const limit = Math.min(end, start + maxHeaderBytes)
  const within = bytes.subarray(0, limit)
  for (let at = within.indexOf(0x0a, start); at !== -1; at = within.indexOf(0x0a, at + 1)) {
    if (at === start || (at === start + 1 && bytes[start] === 0x0d)) return at + 1
    const next = bytes[at + 1]
    if (next === 0x0a) return at + 2
    if (next === 0x0d && bytes[at + 2] === 0x0a) return at + 3
  }
  return limit
}

/** Reads a header block (RFC 5322 2.2), unfolding it. Text that is not UTF-8 (RFC 6532) is taken as latin1. */
export function parseHeaders(bytes: Buffer, start: number, body: number): Headers {
  const block = bytes.subarray(start, body)
  const text = isUtf8(block) ? block.toString('utf8') : block.toString('latin1')
  const headers = new Map<string, string[]>()
  for (const line of text.split(/\r?\n(?![ \t])/)) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const name = line.slice(0, colon).trim().toLowerCase()
    const value = line
      .slice(colon + 1, colon + 1 + maxValueChars)
      .replace(/\r?\n/g, '')
      .trim()
    const values = headers.get(name)
    if (values === undefined) headers.set(name, [value])
    else values.push(value)
  }
  return headers
}

/** The first value of a header, or an empty text. */
export function firstOf(headers: Headers, name: string): string {
  return headers.get(name)?.[0] ?? ''
}

/** A parameter of a structured header (RFC 2045 5.1), such as `boundary`; null when it is not there. */
export function parameterOf(value: string, name: string): string | null {
  const match = new RegExp(`;\\s*${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;]+))`, 'i').exec(value)
  if (match === null) return null
  return match[1]?.replace(/\\(.)/g, '$1') ?? match[2] ?? null
}
