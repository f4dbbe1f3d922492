import { findBody, firstOf, parameterOf, parseHeaders } from './headers.ts'
import type { Headers } from './headers.ts'

const maxDepth = 10
const maxParts = 1_000
/** CR, LF, blank, tab, or the dash of the closing line; anything else makes it another boundary's line. */
const endsBoundary: ReadonlySet<number> = new Set([0x0d, 0x0a, 0x20, 0x09, 0x2d])

/**
 * Counts what a reader would call attachments, by walking the MIME structure without decoding anything. Pictures
 * that belong into the HTML (inline with a Content-ID) do not count. Hostile structure costs bounded work.
 */
export function countAttachments(message: Buffer, headers: Headers, body: number): number {
  const budget = { parts: maxParts }
  return countIn(message, headers, body, message.length, 0, budget)
}

function countIn(
  bytes: Buffer,
  headers: Headers,
  body: number,
  end: number,
  depth: number,
  budget: { parts: number },
): number {
  const type = firstOf(headers, 'content-type')
  const boundary = /^multipart\//i.test(type) ? parameterOf(type, 'boundary') : null
  if (boundary === null || boundary === '' || depth >= maxDepth) return isAttachment(headers, type) ? 1 : 0
  let count = 0
  for (const part of partsOf(bytes, body, end, boundary)) {
    if (budget.parts-- <= 0) break
    const partBody = findBody(bytes, part.start, part.end)
    const partHeaders = parseHeaders(bytes, part.start, Math.min(partBody, part.end))
    count += countIn(bytes, partHeaders, partBody, part.end, depth + 1, budget)
  }
  return count
}

function isAttachment(headers: Headers, type: string): boolean {
  const disposition = firstOf(headers, 'content-disposition')
  if (/^attachment\b/i.test(disposition)) return true
  if (/^message\/rfc822\b/i.test(type)) return true
  const named = parameterOf(disposition, 'filename\\*?0?\\*?') ?? parameterOf(type, 'name\\*?0?\\*?')
  return named !== null && !(headers.has('content-id') && !/^attachment\b/i.test(disposition))
}

/** The stretches between boundary lines (RFC 2046 5.1.1). */
export function* partsOf(
  bytes: Buffer,
  body: number,
  end: number,
  boundary: string,
): Generator<{ start: number; end: number }> {
  const mark = Buffer.from(`--${boundary}`, 'latin1')
  // Searched no further than the part reaches: else a thousand small parts before a large one cost minutes.
  const within = bytes.subarray(0, end)
  let start: number | null = null
  for (let at = within.indexOf(mark, body); at !== -1; at = within.indexOf(mark, at + mark.length)) {
    if ((at > 0 && bytes[at - 1] !== 0x0a) || !endsBoundary.has(bytes[at + mark.length] ?? 0x0a)) continue
    if (start !== null) yield { start, end: at }
    const after = at + mark.length
    if (bytes[after] === 0x2d && bytes[after + 1] === 0x2d) return
    const lineEnd = bytes.indexOf(0x0a, after)
    if (lineEnd === -1 || lineEnd >= end) return
    start = lineEnd + 1
  }
  if (start !== null && start < end) yield { start, end }
}
