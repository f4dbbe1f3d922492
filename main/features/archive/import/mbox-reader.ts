import {
  contentLengthOf,
  judgeSeparator,
  trailerBytes,
  unquoteMbox,
} from '../../../../core/archive/mbox-variants.ts'
import type { MboxVariant, SeparatorVerdict } from '../../../../core/archive/mbox-variants.ts'
import { createQuotingOff } from './quoting-off.ts'
import { findFromFast } from './find-from.ts'
import { createWindow } from './window.ts'
import type { Window } from './window.ts'

/** A message of an mbox file. */
export interface MboxMessage {
  /** The separator line, without its end. */
  readonly fromLine: string
  /** The message; null where it is too large to be held, then it comes in `pieces`. */
  readonly bytes: Uint8Array | null
  /** To be read to its end before the next message is asked for. */
  readonly pieces: AsyncIterable<Uint8Array> | null
  /** What was not certain about where it begins and ends; of a large one, complete when its pieces are read. */
  readonly doubts: readonly string[]
}

interface ReadOptions {
  readonly variant: MboxVariant
  /** Every line `From ` separates, as mboxrd promises; otherwise each is judged. */
  readonly strict: boolean
  /** Beyond this a message comes in pieces. */
  readonly holdBytes: number
}

const separator = Buffer.from('\nFrom ')
const fromWord = Buffer.from('From ')
/** A separator line, and enough of the next to tell a header. */
const lookahead = 1_200
const longestLine = 1_000
const pieceBytes = 1024 * 1024

/** What stands before the first `From ` line: not mail. Errors come from the source. */
export async function* readMbox(
  source: AsyncIterable<Buffer>,
  options: ReadOptions,
): AsyncGenerator<MboxMessage> {
  const window = createWindow(source)
  await skipToFirst(window)
  while (window.bytes.length > 0) {
    const fromLine = await takeFromLine(window)
    yield { fromLine, ...(await takeMessage(window, options)) }
  }
}

async function takeMessage(window: Window, options: ReadOptions): Promise<Omit<MboxMessage, 'fromLine'>> {
  const doubts: string[] = []
  const length = isByLength(options.variant) ? await findLength(window, options.holdBytes) : null
  if (length?.doubt != null) doubts.push(length.doubt)
  if (length !== null && length.end > options.holdBytes)
    return { bytes: null, pieces: readByLength(window, options, length.end, doubts), doubts }
  const found =
    length?.doubt === null
      ? { ...length, ended: true }
      : await findEnd(window, options, { doubts, limit: options.holdBytes, before: atStart })
  if (!found.ended) {
    // They are found again, with those that come later.
    doubts.length = 0
    return { bytes: null, pieces: readPieces(window, options, doubts), doubts }
  }
  const entry = window.take(found.end)
  const trailer = length?.doubt === null ? 0 : trailerBytes(entry)
  if (length?.doubt === null) takeBlank(window)
  const message = entry.subarray(0, entry.length - trailer)
  return { bytes: unquoteMbox(message, options.variant, findFromFast), pieces: null, doubts }
}

const isByLength = (variant: MboxVariant): boolean => variant === 'mboxcl' || variant === 'mboxcl2'

/** Passes over what is before the first separator: blank lines, or text that is no message. */
async function skipToFirst(window: Window): Promise<void> {
  await window.more()
  if (window.bytes.subarray(0, fromWord.length).equals(fromWord)) return
  for (;;) {
    const at = window.bytes.indexOf(separator)
    if (at !== -1) {
      window.take(at + 1)
      return
    }
    window.take(Math.max(0, window.bytes.length - separator.length))
    if (!(await window.more())) {
      window.take(window.bytes.length)
      return
    }
  }
}

async function takeFromLine(window: Window): Promise<string> {
  while (window.bytes.indexOf(0x0a) === -1 && window.bytes.length < longestLine && (await window.more()));
  const end = window.bytes.indexOf(0x0a)
  const line = window.take(end === -1 ? window.bytes.length : end + 1)
  return line.toString('latin1', 0, longestLine).replace(/\r?\n?$/, '')
}

/**
 * Where a message ends by its Content-Length; null without one; a doubt where the length does not lead to an end.
 * A length beyond `holdBytes` is believed: what follows it is seen only when the message has been read.
 */
async function findLength(
  window: Window,
  holdBytes: number,
): Promise<{ readonly end: number; readonly doubt: string | null } | null> {
  const header = await findHeaderEnd(window)
  const length = contentLengthOf(window.bytes.toString('latin1', 0, header))
  if (length === null) return null
  const end = header + length
  if (end > holdBytes) return { end, doubt: null }
  while (window.bytes.length < end + lookahead && (await window.more()));
  return window.bytes.length >= end && isEnd(window.bytes, end)
    ? { end, doubt: null }
    : { end, doubt: 'Its Content-Length does not lead to its end; the next “From ” line ended it.' }
}

const isEnd = (bytes: Buffer, at: number): boolean =>
  /^(\r?\n){0,2}($|From )/.test(bytes.toString('latin1', at, at + 16))

async function findHeaderEnd(window: Window): Promise<number> {
  const limit = 256 * 1024
  for (;;) {
    const at = /\r?\n\r?\n/.exec(window.bytes.toString('latin1', 0, limit))
    if (at !== null) return at.index + at[0].length
    if (window.bytes.length >= limit || !(await window.more())) return Math.min(limit, window.bytes.length)
  }
}

function takeBlank(window: Window): void {
  while (window.bytes[0] === 0x0a || (window.bytes[0] === 0x0d && window.bytes[1] === 0x0a))
    window.take(window.bytes[0] === 0x0a ? 1 : 2)
}

/** How far to look, from what, and who hears of doubts. */
interface Search {
  readonly limit: number
  /** The last bytes of the message that were taken already; empty at its beginning. */
  readonly before: Uint8Array
  readonly doubts: string[]
}

const atStart = new Uint8Array(0)

/**
 * Looks for the end of the message in hand, at most `limit` bytes far. `ended` false: it was not found, and the first
 * `end` bytes belong to the message.
 */
async function findEnd(
  window: Window,
  options: ReadOptions,
  { limit, before, doubts }: Search,
): Promise<{ readonly end: number; readonly ended: boolean }> {
  const startsLine = before.length === 0 || before.at(-1) === 0x0a
  let from = 0
  for (;;) {
    const at = nextFromLine(window.bytes, from, startsLine)
    const known = at === -1 ? window.bytes.length - separator.length : at
    if (known > limit) return { end: limit, ended: false }
    if (at === -1) {
      from = Math.max(from, known)
      if (!(await window.more())) return { end: window.bytes.length, ended: true }
      continue
    }
    if (window.bytes.length < at + lookahead && (await window.more())) continue
    const verdict = judge(window.bytes, at, before, options)
    if (verdict.doubt !== null && doubts.length < 5) doubts.push(verdict.doubt)
    if (verdict.separates) return { end: at, ended: true }
    from = at + 1
  }
}

/** Where the next line `From ` begins, from `from`; at 0 where a line begins there. */
function nextFromLine(bytes: Buffer, from: number, startsLine: boolean): number {
  if (from === 0 && startsLine && bytes.subarray(0, fromWord.length).equals(fromWord)) return 0
  const at = bytes.indexOf(separator, from)
  return at === -1 ? -1 : at + 1
}

function judge(bytes: Buffer, at: number, before: Uint8Array, { strict }: ReadOptions): SeparatorVerdict {
  if (strict) return { separates: true, doubt: null }
  const lineEnd = bytes.indexOf(0x0a, at)
  const end = lineEnd === -1 || lineEnd - at > longestLine ? at + longestLine : lineEnd
  const line = bytes.toString('latin1', at, end)
  const near = Buffer.concat([before, bytes.subarray(Math.max(0, at - 4), at)])
  return judgeSeparator(line, near, bytes.toString('latin1', end + 1, end + 120))
}

/** The blank line at the end is not the message's, and is known only there; `before` needs as much. */
const heldBytes = 4

/** The rest of a message that is too large to be held, with its quoting taken off. */
async function* readPieces(
  window: Window,
  options: ReadOptions,
  doubts: string[],
  start: Uint8Array = atStart,
): AsyncGenerator<Uint8Array> {
  const off = createQuotingOff(options.variant)
  let before = start
  let held: Uint8Array = atStart
  for (;;) {
    const { end, ended } = await findEnd(window, options, { doubts, limit: pieceBytes, before })
    const taken = window.take(end)
    if (taken.length > 0) before = Buffer.concat([before, taken.subarray(-heldBytes)]).subarray(-heldBytes)
    const whole = Buffer.concat([held, off.add(taken), ...(ended ? [off.end()] : [])])
    if (ended) {
      yield whole.subarray(0, whole.length - trailerBytes(whole))
      return
    }
    const cut = Math.max(0, whole.length - heldBytes)
    yield whole.subarray(0, cut)
    held = whole.subarray(cut)
  }
}

/** A large message whose Content-Length is believed; what stands between it and the next separator is kept with it. */
async function* readByLength(
  window: Window,
  options: ReadOptions,
  length: number,
  doubts: string[],
): AsyncGenerator<Uint8Array> {
  const off = createQuotingOff(options.variant)
  let last: Uint8Array = atStart
  for (let left = length; left > 0;) {
    if (window.bytes.length === 0 && !(await window.more())) {
      doubts.push('The file ends before its Content-Length does.')
      break
    }
    const taken = window.take(Math.min(left, pieceBytes))
    left -= taken.length
    last = taken.subarray(-heldBytes)
    yield off.add(taken)
  }
  yield off.end()
  while (window.bytes.length < lookahead && (await window.more()));
  if (isEnd(window.bytes, 0)) {
    takeBlank(window)
    return
  }
  doubts.push('Its Content-Length is too short; what follows until the next message was kept with it.')
  yield* readPieces(window, options, doubts, last)
}
