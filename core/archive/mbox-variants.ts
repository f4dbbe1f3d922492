import { z } from 'zod'
import { findFrom, unquoteMboxrd } from './mboxrd.ts'
import type { FindFrom } from './mboxrd.ts'

/**
 * How an mbox file keeps its messages apart (RFC 4155 names the trouble; qmail's mbox(5) the four kinds). mboxo puts
 * `>` before `From ` only; mboxrd before `>From ` too, so that it can be undone; mboxcl quotes as mboxo does and
 * states each body's length in Content-Length; mboxcl2 states the length and quotes nothing.
 */
export const mboxVariant = z.enum(['mboxo', 'mboxrd', 'mboxcl', 'mboxcl2'])
export type MboxVariant = z.infer<typeof mboxVariant>

/** What the beginning of a file says about its kind, and in words why. */
export interface DetectedVariant {
  readonly variant: MboxVariant
  readonly why: string
}

const lf = 0x0a
const cr = 0x0d

/** Takes the quoting of a variant off a message. */
export function unquoteMbox(
  message: Uint8Array,
  variant: MboxVariant,
  find: FindFrom = findFrom,
): Uint8Array {
  if (variant === 'mboxcl2') return message
  return variant === 'mboxrd' ? unquoteMboxrd(message, find) : unquoteOnce(message, find)
}

/** mboxo and mboxcl: `>From ` at the beginning of a line becomes `From `; `>>From ` was never quoted and stays. */
function unquoteOnce(message: Uint8Array, find: FindFrom): Uint8Array {
  const at: number[] = []
  for (let found = find(message, 1); found !== -1; found = find(message, found + 1))
    if (message[found - 1] === 0x3e && (found === 1 || message[found - 2] === lf)) at.push(found - 1)
  if (at.length === 0) return message
  const plain = new Uint8Array(message.length - at.length)
  let to = 0
  let from = 0
  for (const quote of at) {
    plain.set(message.subarray(from, quote), to)
    to += quote - from
    from = quote + 1
  }
  plain.set(message.subarray(from), to)
  return plain
}

/** Whether a line that begins with `From ` begins a message, and what is doubtful about that. */
export interface SeparatorVerdict {
  readonly separates: boolean
  readonly doubt: string | null
}

/**
 * Judges a `From ` line of a file that may not quote as it should: a separator has a date, and stands behind a blank
 * line or before a header. `before` is what precedes it, `after` what follows its line; a few bytes are enough.
 */
export function judgeSeparator(line: string, before: Uint8Array, after: string): SeparatorVerdict {
  const hasDate = /\d:\d\d/.test(line) && /\b(19[789]\d|20\d\d|21\d\d)\b/.test(line)
  const behindBlank = endsBlank(before)
  if (!hasDate)
    return {
      separates: false,
      doubt: behindBlank ? 'A line begins with “From ” but has no date; it was taken as text.' : null,
    }
  if (behindBlank) return { separates: true, doubt: null }
  return /^[!-9;-~]{1,100}:/.test(after)
    ? {
        separates: true,
        doubt: 'No blank line stands before the message that follows; it was taken to begin there.',
      }
    : { separates: false, doubt: 'A line looks like the beginning of a message; it was taken as text.' }
}

function endsBlank(bytes: Uint8Array): boolean {
  if (bytes.length === 0) return true
  const line = bytes.at(-2) === cr ? 2 : 1
  if (bytes.at(-1) !== lf) return false
  return bytes.length === line || bytes.at(-1 - line) === lf
}

/** How many bytes of an entry's end are not the message's: the blank line before the next separator. */
export function trailerBytes(entry: Uint8Array): number {
  const last = entry.at(-1) === lf ? (entry.at(-2) === cr ? 2 : 1) : 0
  if (last === 0 || entry.length === last) return last
  if (entry.at(-1 - last) === lf) return last
  // A message with CRLF, and a blank line that is only a line feed (mboxrd as this program writes it).
  return last === 2 && entry.at(-3) === lf ? 2 : 0
}

/** `Content-Length` of a header block; null when there is none or it is no length. */
export function contentLengthOf(header: string): number | null {
  const match = /^content-length:[ \t]*(\d{1,15})[ \t]*\r?$/im.exec(header)
  return match?.[1] === undefined ? null : Number(match[1])
}

/** What stands in the beginning of a file, counted message by message. */
export interface MboxSigns {
  readonly messages: number
  /** Bodies that end exactly where their Content-Length says. */
  readonly lengthsThatFit: number
  readonly withLength: number
  /** Lines `From ` within bodies that a length reaches over. */
  readonly unquoted: number
  /** Lines `>From `. */
  readonly quotedOnce: number
  /** Lines `>>From ` and more. */
  readonly quotedMore: number
}

/** The kind that fits the signs. */
export function detectVariant(signs: MboxSigns): DetectedVariant {
  const { messages, withLength, lengthsThatFit, unquoted, quotedOnce, quotedMore } = signs
  if (withLength > 0 && withLength * 2 >= messages && lengthsThatFit >= withLength * 0.9) {
    if (unquoted > 0 || quotedOnce + quotedMore === 0)
      return {
        variant: 'mboxcl2',
        why: 'Content-Length states where each message ends, and nothing is quoted.',
      }
    return { variant: 'mboxcl', why: 'Content-Length states where each message ends, and “From ” is quoted.' }
  }
  if (quotedMore > 0)
    return {
      variant: 'mboxrd',
      why: `${quotedMore} lines begin with “>>From ”, as mboxrd writes them; choose mboxo if the senders wrote them so.`,
    }
  return {
    variant: 'mboxrd',
    why:
      quotedOnce === 0
        ? 'Nothing is quoted, so mboxo and mboxrd are the same here.'
        : 'Only “>From ” is quoted, which mboxo and mboxrd read alike.',
  }
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** The time of a separator line (asctime, with or without a zone; UTC without one); null for none or the epoch. */
export function fromLineTime(line: string): number | null {
  const match =
    /([A-Za-z]{3}) +(\d{1,2}) +(\d{1,2}):(\d\d)(?::(\d\d))?(?: +([+-]\d{4}|[A-Z]{2,4}))? +(\d{4})/.exec(line)
  if (match === null) return null
  const [, month = '', day, hour, minute, second, zone, year] = match
  const at = Date.UTC(
    Number(year),
    months.indexOf(month.toLowerCase()),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second ?? 0),
  )
  const offset = /^([+-])(\d\d)(\d\d)$/.exec(zone ?? '')
  const shiftMs =
    offset === null ? 0 : (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3])) * 60_000
  const ms = at - shiftMs
  return Number.isNaN(ms) || ms === 0 ? null : ms
}
