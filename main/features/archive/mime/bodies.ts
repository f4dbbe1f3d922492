import { partsOf } from './attachments.ts'
import { findBody, firstOf, parameterOf, parseHeaders } from './headers.ts'

const maxDepth = 10
const maxParts = 1_000

/** Where the content of a part stands in a message, as it was sent (base64 and all), without the line end behind it. */
export interface BodyStretch {
  readonly start: number
  readonly length: number
}

/** The contents of at least `minBytes` in a message, in order. Hostile structure costs bounded work. */
export function listBodies(message: Buffer, minBytes: number): readonly BodyStretch[] {
  const found: BodyStretch[] = []
  if (message.length >= minBytes) collect(message, 0, message.length, 0, { minBytes, found, parts: maxParts })
  return found
}

interface Search {
  readonly minBytes: number
  readonly found: BodyStretch[]
  parts: number
}

function collect(message: Buffer, start: number, end: number, depth: number, search: Search): void {
  if (end - start < search.minBytes || depth > maxDepth) return
  const body = Math.min(findBody(message, start, end), end)
  const type = firstOf(parseHeaders(message, start, body), 'content-type')
  const boundary = /^multipart\//i.test(type) ? parameterOf(type, 'boundary') : null
  if (boundary === null || boundary === '') {
    const length = trimmedEnd(message, body, end) - body
    if (length >= search.minBytes) search.found.push({ start: body, length })
    return
  }
  for (const part of partsOf(message, body, end, boundary)) {
    if (search.parts-- <= 0) return
    collect(message, part.start, part.end, depth + 1, search)
  }
}

function trimmedEnd(message: Buffer, start: number, end: number): number {
  let trimmed = end
  while (trimmed > start && (message[trimmed - 1] === 0x0a || message[trimmed - 1] === 0x0d)) trimmed--
  return trimmed
}
