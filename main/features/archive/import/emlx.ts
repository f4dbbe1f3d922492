/** A message of Apple Mail's own store. */
export interface Emlx {
  readonly bytes: Buffer
  readonly flags: readonly string[]
  readonly receivedAtMs: number | null
}

/** The bits of `flags` in the property list, as Apple Mail has set them since Mac OS X 10.4. */
const bits: readonly (readonly [number, string])[] = [
  [0, '\\Seen'],
  [1, '\\Deleted'],
  [2, '\\Answered'],
  [4, '\\Flagged'],
  [6, '\\Draft'],
  [8, '$Forwarded'],
]

/**
 * Reads an `.emlx` file: a line with the message's length, the message, an XML property list. Null when it is none.
 * Of the list only two plain numbers are wanted, so no XML parser meets a stranger's file.
 */
export function readEmlx(file: Buffer): Emlx | null {
  const lineEnd = file.indexOf(0x0a)
  const length = /^\s*(\d{1,12})\s*$/.exec(
    file.toString('latin1', 0, Math.max(0, Math.min(lineEnd, 40))),
  )?.[1]
  if (length === undefined) return null
  const start = lineEnd + 1
  const end = start + Number(length)
  if (end > file.length) return null
  const list = file.toString('utf8', end, Math.min(file.length, end + 1_000_000))
  const number = (key: string) => {
    const match = new RegExp(`<key>${key}</key>\\s*<(?:integer|real)>(\\d{1,18})`).exec(list)
    return match?.[1] === undefined ? null : Number(match[1])
  }
  const flags = BigInt(number('flags') ?? 0)
  const received = number('date-received')
  return {
    bytes: file.subarray(start, end),
    flags: bits.filter(([bit]) => ((flags >> BigInt(bit)) & 1n) === 1n).map(([, flag]) => flag),
    receivedAtMs: received === null ? null : received * 1000,
  }
}

/** How many parts of a message Apple Mail has left out of a `.partial.emlx`: it keeps them as files beside it. */
export function countLeftOut(message: Buffer): number {
  return message.toString('latin1').match(/^X-Apple-Content-Length:/gim)?.length ?? 0
}
