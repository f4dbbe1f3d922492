import { words } from '../mime/summary.ts'
import { partsOf } from '../mime/attachments.ts'
import { findBody, firstOf, parameterOf, parseHeaders } from '../mime/headers.ts'
import type { Headers } from '../mime/headers.ts'

const maxDepth = 20
const maxParts = 1_000
const maxNameChars = 300

/** A part that holds something, with where its content is in the message. */
export interface LeafPart {
  /** In lower case: `text/plain`. */
  readonly type: string
  readonly charset: string | null
  readonly encoding: string
  /** Null where the part is shown as text of the message and has no name. */
  readonly filename: string | null
  readonly isAttachment: boolean
  readonly start: number
  readonly end: number
  /** The `multipart/alternative` that it is one choice of; null when there is no choice. */
  readonly alternative: number | null
  /** The header of a message within the message that begins with this part; null for most. */
  readonly forwarded: Headers | null
}

interface Place {
  readonly body: number
  readonly end: number
  readonly depth: number
  readonly alternative: number | null
  readonly forwarded: Headers | null
}

/** The parts of a message without decoding any. Hostile structure costs bounded work: depth and count are limited. */
export function listLeaves(message: Buffer, headers: Headers, body: number): readonly LeafPart[] {
  const leaves: LeafPart[] = []
  let budget = maxParts
  const walk = (own: Headers, place: Place): void => {
    const { start, end } = { start: place.body, end: place.end }
    const contentType = firstOf(own, 'content-type')
    const type = typeOf(contentType)
    const encoding = firstOf(own, 'content-transfer-encoding').trim().toLowerCase()
    const deeper = place.depth < maxDepth
    const boundary = type.startsWith('multipart/') ? parameterOf(contentType, 'boundary') : null
    if (boundary !== null && boundary !== '' && deeper) {
      const alternative = type === 'multipart/alternative' ? start : place.alternative
      for (const part of partsOf(message, start, end, boundary)) {
        if (budget-- <= 0) return
        const partBody = Math.min(findBody(message, part.start, part.end), part.end)
        const partHeaders = parseHeaders(message, part.start, partBody)
        walk(partHeaders, { ...place, body: partBody, end: part.end, depth: place.depth + 1, alternative })
      }
      return
    }
    if (type === 'message/rfc822' && deeper && !/^(?:base64|quoted-printable)$/.test(encoding)) {
      const innerBody = Math.min(findBody(message, start, end), end)
      const inner = parseHeaders(message, start, innerBody)
      const within = { body: innerBody, end, depth: place.depth + 1, alternative: null }
      walk(inner, { ...within, forwarded: inner })
      return
    }
    const { alternative, forwarded } = place
    leaves.push({ ...describe(own, type, contentType), encoding, start, end, alternative, forwarded })
  }
  walk(headers, { body, end: message.length, depth: 0, alternative: null, forwarded: null })
  return leaves
}

/** The media type; text where none is named (RFC 2045 5.2). */
function typeOf(contentType: string): string {
  const named = /^\s*([\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100})/.exec(contentType)?.[1]
  return named?.toLowerCase() ?? 'text/plain'
}

function describe(headers: Headers, type: string, contentType: string) {
  const disposition = firstOf(headers, 'content-disposition')
  const filename = nameIn(disposition, 'filename') ?? nameIn(contentType, 'name')
  const isAttachment =
    /^\s*attachment\b/i.test(disposition) || (filename !== null && !/^\s*inline\b/i.test(disposition))
  return { type, charset: parameterOf(contentType, 'charset'), filename, isAttachment }
}

/** A file name, also in the forms of RFC 2231 (`filename*=utf-8''…`, `filename*0=…`) and RFC 2047. */
function nameIn(value: string, parameter: string): string | null {
  const plain = parameterOf(value, parameter)
  if (plain !== null) return words(plain).slice(0, maxNameChars)
  const extended = parameterOf(value, `${parameter}\\*`)
  if (extended !== null) return decodeExtended(extended).slice(0, maxNameChars)
  let whole = ''
  let encoded = false
  for (let n = 0; n < 20; n++) {
    const piece = parameterOf(value, `${parameter}\\*${n}\\*?`)
    if (piece === null) break
    encoded ||= value.toLowerCase().includes(`${parameter}*${n}*`)
    whole += piece
  }
  if (whole === '') return null
  return (encoded ? decodeExtended(whole) : whole).slice(0, maxNameChars)
}

function decodeExtended(value: string): string {
  const match = /^([\w-]*)'[\w-]*'(.*)$/s.exec(value)
  const text = match?.[2] ?? value
  try {
    const bytes = Buffer.from(
      text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
      'latin1',
    )
    return new TextDecoder(match?.[1] === undefined || match[1] === '' ? 'utf-8' : match[1]).decode(bytes)
  } catch {
    // A charset that nobody knows: the name as it stands is still better than none.
    return text
  }
}
