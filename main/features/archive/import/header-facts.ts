import { asBuffer } from '../store/frame.ts'
import { findBody, firstOf, parseHeaders } from '../mime/headers.ts'
import type { Headers } from '../mime/headers.ts'
import { words } from '../mime/summary.ts'

/** What mail programs and Gmail write into a message's header about where it is kept and whether it was read. */
export interface HeaderFacts {
  readonly flags: readonly string[]
  /** Gmail's labels; null where the message has none. */
  readonly labels: readonly string[] | null
  /** To whom it was delivered. */
  readonly owner: string | null
}

/** Reads them from the beginning of a message. */
export function readHeaderFacts(message: Uint8Array): HeaderFacts {
  const bytes = asBuffer(message)
  const headers = parseHeaders(bytes, 0, findBody(bytes, 0, bytes.length))
  const labels = labelsOf(headers)
  const status = `${firstOf(headers, 'status')}${firstOf(headers, 'x-status')}`
  const mozilla = Number.parseInt(firstOf(headers, 'x-mozilla-status'), 16)
  const flags = new Set([
    ...Array.from(status).flatMap((letter) => statusFlags[letter.toUpperCase()] ?? []),
    ...mozillaFlags.flatMap(([bit, flag]) => (Number.isNaN(mozilla) || (mozilla & bit) === 0 ? [] : [flag])),
    ...(labels === null ? [] : gmailFlags(labels)),
  ])
  const owner = firstOf(headers, 'delivered-to') || firstOf(headers, 'x-original-to')
  const address = /([^\s<>",;]+@[^\s<>",;]+)/.exec(owner)?.[1]
  return { flags: [...flags].toSorted(), labels, owner: address?.toLowerCase() ?? null }
}

/** `Status` and `X-Status` of Unix mail programs. */
const statusFlags: Readonly<Record<string, string>> = {
  R: '\\Seen',
  A: '\\Answered',
  F: '\\Flagged',
  T: '\\Draft',
  D: '\\Deleted',
}

/** Thunderbird's nsMsgMessageFlags. */
const mozillaFlags: readonly (readonly [number, string])[] = [
  [0x0001, '\\Seen'],
  [0x0002, '\\Answered'],
  [0x0004, '\\Flagged'],
  [0x0008, '\\Deleted'],
  [0x1000, '$Forwarded'],
]

/** Takeout tells by a label what was not read, and by others what is starred or a draft. */
function gmailFlags(labels: readonly string[]): readonly string[] {
  const has = (name: string) => labels.some((label) => label.toLowerCase() === name)
  return [
    ...(has('unread') ? [] : ['\\Seen']),
    ...(has('starred') ? ['\\Flagged'] : []),
    ...(has('drafts') || has('draft') ? ['\\Draft'] : []),
  ]
}

/** `X-Gmail-Labels: Inbox,"Ben, work",=?UTF-8?Q?Entw=C3=BCrfe?=`: encoded as a whole or word by word. */
function labelsOf(headers: Headers): readonly string[] | null {
  const value = headers.get('x-gmail-labels')?.[0]
  if (value === undefined) return null
  const decoded = words(value)
  const labels = [...decoded.matchAll(/"((?:[^"\\]|\\.)*)"|([^,]+)/g)].map(([, quoted, plain]) =>
    (quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '').trim(),
  )
  return labels.filter((label) => label !== '').slice(0, 1_000)
}
