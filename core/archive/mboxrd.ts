/**
 * One message as an entry of an mboxrd file and back, to the byte. mboxrd quotes every line that begins with
 * any number of `>` and then `From ` by one more `>`, so that, unlike in mboxo, quoting can be undone without
 * loss (qmail's mbox(5), RFC 4155 appendix A). Line ends stay as the server gave them.
 */
export interface MboxEntry {
  readonly bytes: Uint8Array
  /** The message did not end with a line feed; one was added, because the next `From ` must begin a line. */
  readonly newlineAdded: boolean
}

/** Finds the next `From ` at or after `start`; -1 when there is none. Node's `Buffer.indexOf` is the fast one. */
export type FindFrom = (bytes: Uint8Array, start: number) => number

const lf = 0x0a
const gt = 0x3e
const needle = [0x46, 0x72, 0x6f, 0x6d, 0x20] as const

/** The plain way to find `From `, for callers without a faster one. */
export const findFrom: FindFrom = (bytes, start) => {
  for (let at = bytes.indexOf(needle[0], start); at !== -1; at = bytes.indexOf(needle[0], at + 1)) {
    if (needle.every((byte, i) => bytes[at + i] === byte)) return at
  }
  return -1
}

/** A message as an entry: separator line, quoted message, blank line. `fromLine` comes from `mboxFromLine`. */
export function toMboxEntry(message: Uint8Array, fromLine: Uint8Array, find: FindFrom = findFrom): MboxEntry {
  const quoteAt = quotedLines(message, find)
  const newlineAdded = message.length > 0 && message[message.length - 1] !== lf
  const bytes = new Uint8Array(fromLine.length + message.length + quoteAt.length + (newlineAdded ? 1 : 0) + 1)
  bytes.set(fromLine)
  let to = fromLine.length
  let from = 0
  for (const at of quoteAt) {
    bytes.set(message.subarray(from, at), to)
    to += at - from
    bytes[to++] = gt
    from = at
  }
  bytes.set(message.subarray(from), to)
  bytes.fill(lf, to + message.length - from)
  return { bytes, newlineAdded }
}

/** The message of an entry, as it was. Null when the bytes are no entry: no separator line or no blank line. */
export function fromMboxEntry(
  entry: Uint8Array,
  newlineAdded: boolean,
  find: FindFrom = findFrom,
): Uint8Array | null {
  const fromLineEnd = entry.indexOf(lf)
  const end = entry.length - (newlineAdded ? 2 : 1)
  if (find(entry, 0) !== 0 || fromLineEnd === -1 || end <= fromLineEnd || entry[end] !== lf) return null
  const quoted = entry.subarray(fromLineEnd + 1, end)
  return unquoteMboxrd(quoted, find)
}

/** Takes one `>` off every quoted line. */
export function unquoteMboxrd(quoted: Uint8Array, find: FindFrom = findFrom): Uint8Array {
  const unquoteAt = quotedLines(quoted, find).filter((at) => quoted[at] === gt)
  if (unquoteAt.length === 0) return quoted
  const message = new Uint8Array(quoted.length - unquoteAt.length)
  let to = 0
  let from = 0
  for (const at of unquoteAt) {
    message.set(quoted.subarray(from, at), to)
    to += at - from
    from = at + 1
  }
  message.set(quoted.subarray(from), to)
  return message
}

/**
 * The separator line `From sender date`, in UTC as asctime(3) writes it. Without a usable sender or time it says
 * MAILER-DAEMON and the epoch, as other programs do.
 */
export function mboxFromLine(sender: string | null, atMs: number | null): string {
  const usable = sender !== null && /^[\x21-\x7e]{1,200}$/.test(sender)
  const at = new Date(atMs ?? 0)
  const time = Number.isNaN(at.getTime()) ? new Date(0) : at
  return `From ${usable ? sender : 'MAILER-DAEMON'} ${asctime(time)}\n`
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function asctime(at: Date): string {
  const day = String(at.getUTCDate()).padStart(2, ' ')
  const clock = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()]
    .map((n) => String(n).padStart(2, '0'))
    .join(':')
  return `${days[at.getUTCDay()] ?? ''} ${months[at.getUTCMonth()] ?? ''} ${day} ${clock} ${String(at.getUTCFullYear())}`
}

/** Starts of the lines that read `From ` after any number of `>`. */
function quotedLines(bytes: Uint8Array, find: FindFrom): readonly number[] {
  const starts: number[] = []
  for (let at = find(bytes, 0); at !== -1; at = find(bytes, at + 1)) {
    let start = at
    while (start > 0 && bytes[start - 1] === gt) start--
    if (start === 0 || bytes[start - 1] === lf) starts.push(start)
  }
  return starts
}
