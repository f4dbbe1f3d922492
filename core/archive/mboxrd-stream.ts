import { findFrom } from './mboxrd.ts'
import type { FindFrom } from './mboxrd.ts'

/**
 * mboxrd quoting (see mboxrd.ts) for messages that are too large to be held whole. It does not matter which `>` of
 * a run is added or taken away, so at most five bytes have to wait for what follows them.
 */
export interface MboxStream {
  /** The bytes that are certain by now. They are views: use or copy them before the next call. */
  add(chunk: Uint8Array): readonly Uint8Array[]
  /** The bytes that waited. */
  end(): Uint8Array
}

const lf = 0x0a
const gt = 0x3e
const from = [0x46, 0x72, 0x6f, 0x6d, 0x20] as const
const oneGt = Uint8Array.of(gt)
const nothing = new Uint8Array(0)

/** Adds one `>` to every line of the form `>*From `. */
export function createQuoting(find: FindFrom = findFrom): MboxStream {
  return createStream(find, 0, (bytes, start, at) => [bytes.subarray(start, at), oneGt])
}

/** Takes one `>` off every line of the form `>+From `. */
export function createUnquoting(find: FindFrom = findFrom): MboxStream {
  return createStream(find, 1, (bytes, start, at) => [
    bytes.subarray(start, bytes[at - 1] === gt ? at - 1 : at),
  ])
}

/**
 * The message in an entry of `entryBytes` that arrives in chunks: the separator line and what stands behind the message
 * are dropped.
 */
export function createEntryReading(
  entryBytes: number,
  newlineAdded: boolean,
  find: FindFrom = findFrom,
): EntryReading {
  const unquoting = createUnquoting(find)
  const trailerAt = entryBytes - (newlineAdded ? 2 : 1)
  let held: Uint8Array | null = nothing
  let at = 0
  let isEntry = false
  let endsWell = false
  return {
    add: (chunk) => {
      const start = at
      at += chunk.length
      if (start <= trailerAt && trailerAt < at) endsWell = chunk[trailerAt - start] === lf
      const message = chunk.subarray(0, Math.max(0, trailerAt - start))
      if (held === null) return unquoting.add(message)
      // Still in the separator line.
      const bytes = joined(held, message)
      const end = bytes.indexOf(lf)
      held = end === -1 ? copyOf(bytes) : null
      if (end === -1) return []
      isEntry = from.every((byte, i) => bytes[i] === byte)
      return unquoting.add(bytes.subarray(end + 1))
    },
    end: () => (isEntry && endsWell && at === entryBytes ? unquoting.end() : null),
  }
}

/** Reads an entry; `end` is null when the bytes were no entry. */
export interface EntryReading {
  add(chunk: Uint8Array): readonly Uint8Array[]
  end(): Uint8Array | null
}

function createStream(
  find: FindFrom,
  gtsHeld: 0 | 1,
  change: (bytes: Uint8Array, start: number, at: number) => readonly Uint8Array[],
): MboxStream {
  let held: Uint8Array = nothing
  /** The line at the beginning of `held` consists of `>` so far, or of nothing. */
  let quotable = true
  return {
    add: (chunk) => {
      const bytes = joined(held, chunk)
      const out: Uint8Array[] = []
      let start = 0
      for (let at = find(bytes, 0); at !== -1; at = find(bytes, at + 1)) {
        if (!isQuotable(bytes, at, quotable)) continue
        out.push(...change(bytes, start, at))
        start = at
      }
      const sure = bytes.length - waiting(bytes, gtsHeld)
      out.push(bytes.subarray(start, sure))
      quotable = isQuotable(bytes, sure, quotable)
      held = copyOf(bytes.subarray(sure))
      return out
    },
    end: () => held,
  }
}

/** Whether only `>` stand between the beginning of the line and `at`. */
function isQuotable(bytes: Uint8Array, at: number, atStart: boolean): boolean {
  let start = at
  while (start > 0 && bytes[start - 1] === gt) start--
  return start === 0 ? atStart : bytes[start - 1] === lf
}

/** How many of the last bytes may be the beginning of `From `, with as many `>` before it. */
function waiting(bytes: Uint8Array, gts: 0 | 1): number {
  let length = Math.min(from.length - 1, bytes.length)
  while (length > 0 && !from.slice(0, length).every((byte, i) => bytes[bytes.length - length + i] === byte))
    length--
  const before = bytes.length - length - 1
  return gts === 1 && before >= 0 && bytes[before] === gt ? length + 1 : length
}

/** Not `slice`, which for a Buffer is a view: the caller may let go of the chunk. */
function copyOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes)
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second
  const all = new Uint8Array(first.length + second.length)
  all.set(first)
  all.set(second, first.length)
  return all
}
