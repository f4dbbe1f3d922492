import { findBody, firstOf, parseHeaders } from '../mime/headers.ts'
import type { Headers } from '../mime/headers.ts'
import { people, words } from '../mime/summary.ts'
import { isHeavy, kindOf, notOfKind, typesOf } from './attachment-text.ts'
import type { ReadableKind } from './attachment-text.ts'
import { decodeCharset, decodeTransfer } from './decode.ts'
import { gather, htmlToText } from './markup.ts'
import { listLeaves } from './walk.ts'
import type { LeafPart } from './walk.ts'

/** What a message says, as far as it can be read without taking heavy files apart. */
export interface MessageText {
  readonly subject: string
  readonly sender: string
  readonly recipients: string
  readonly copied: string
  readonly messageId: string
  readonly references: string
  readonly body: string
  readonly files: readonly string[]
  readonly types: readonly string[]
  /** Text of attachments, each with its file's name. */
  readonly attached: readonly { readonly file: string; readonly text: string }[]
  /** Attachments that are still to be taken apart. */
  readonly heavy: readonly HeavyPart[]
  readonly problems: readonly { readonly file: string; readonly problem: string }[]
}

/** A file that is taken apart in a thread of its own. */
export interface HeavyPart {
  readonly file: string
  readonly kind: ReadableKind
  readonly bytes: Buffer
}

const maxBodyBytes = 2_000_000
const maxBodyChars = 1_000_000
const maxHeavyBytes = 50_000_000
const maxHeavyParts = 50
const maxLightBytes = 1_000_000
const maxPeopleChars = 20_000
/** A plain text shorter than this beside HTML often says only that one should look at the HTML. */
const tellingChars = 200

/** Reads a message's text, or (`body`) only what stands in the message itself. Never fails; time grows with its length. */
export function readMessageText(message: Buffer, what: 'all' | 'body' = 'all'): MessageText {
  const bodyStart = findBody(message, 0, message.length)
  const headers = parseHeaders(message, 0, bodyStart)
  const leaves = listLeaves(message, headers, bodyStart)
  const own = leaves.filter(isOwnText)
  const attachments = what === 'body' ? [] : leaves.filter((leaf) => !isOwnText(leaf))
  const read = attachments.map((leaf, n) => readAttachment(message, leaf, n < maxHeavyParts))
  return {
    ...readPeople(headers),
    messageId: firstOf(headers, 'message-id'),
    references: `${firstOf(headers, 'in-reply-to')} ${firstOf(headers, 'references')}`,
    body: bodyText(message, own),
    files: attachments.flatMap(({ filename }) => filename ?? []),
    types: [...new Set(attachments.flatMap(({ type, filename }) => typesOf(type, filename)))],
    attached: read.flatMap(({ attached }) => attached ?? []),
    heavy: read.flatMap(({ heavy }) => heavy ?? []),
    problems: read.flatMap(({ problem }) => problem ?? []),
  }
}

function readPeople(headers: Headers) {
  const named = (...names: readonly string[]) =>
    names
      .flatMap((name) => headers.get(name) ?? [])
      .map((value) => people(value).text)
      .join(', ')
      .slice(0, maxPeopleChars)
  return {
    subject: words(firstOf(headers, 'subject')),
    sender: named('from', 'sender', 'reply-to'),
    recipients: named('to', 'bcc', 'delivered-to'),
    copied: named('cc'),
  }
}

function isOwnText({ type, isAttachment }: LeafPart): boolean {
  return !isAttachment && (type === 'text/plain' || type === 'text/html' || type === 'text/enriched')
}

/** The text that a reader sees: of alternatives the plain one, where it says something. */
function bodyText(message: Buffer, parts: readonly LeafPart[]): string {
  const gathered = gather(maxBodyChars)
  const plainOf = new Map<number, number>()
  for (const part of parts) {
    if (gathered.isFull()) break
    if (part.forwarded !== null) gathered.add(`${forwardedHead(part.forwarded)} `)
    const { alternative } = part
    if (part.type === 'text/html') {
      if (alternative !== null && (plainOf.get(alternative) ?? 0) >= tellingChars) continue
      gathered.add(htmlToText(textOf(message, part), maxBodyChars))
    } else {
      const text = textOf(message, part)
      if (alternative !== null) plainOf.set(alternative, text.trim().length)
      gathered.add(text)
    }
    gathered.add(' ')
  }
  return gathered.text()
}

function forwardedHead(headers: Headers): string {
  return `${words(firstOf(headers, 'subject'))} ${people(firstOf(headers, 'from')).text}`
}

function textOf(message: Buffer, part: LeafPart): string {
  const raw = message.subarray(part.start, part.end)
  return decodeCharset(decodeTransfer(raw, part.encoding, maxBodyBytes), part.charset)
}

interface ReadAttachment {
  readonly attached?: { readonly file: string; readonly text: string }
  readonly heavy?: HeavyPart
  readonly problem?: { readonly file: string; readonly problem: string }
}

/** Light text is read at once; a heavy file is decoded only if it begins like one. */
function readAttachment(message: Buffer, part: LeafPart, hasRoom: boolean): ReadAttachment {
  const kind = kindOf(part.type, part.filename)
  if (kind === null) return {}
  const file = part.filename ?? part.type
  const raw = message.subarray(part.start, part.end)
  if (!isHeavy(kind)) {
    const text = decodeCharset(decodeTransfer(raw, part.encoding, maxLightBytes), part.charset)
    return { attached: { file, text: kind === 'html' ? htmlToText(text, maxLightBytes) : text } }
  }
  const failed = (problem: string): ReadAttachment => ({ problem: { file, problem } })
  const wrong = notOfKind(kind, decodeTransfer(raw, part.encoding, 1024))
  if (wrong !== null) return failed(wrong)
  if (raw.length > maxHeavyBytes) return failed('It is larger than 50 MB.')
  if (!hasRoom) return failed('The message has too many attachments.')
  return { heavy: { file, kind, bytes: decodeTransfer(raw, part.encoding, maxHeavyBytes) } }
}
