import { createUnquoting } from '../../../../core/archive/mboxrd-stream.ts'
import type { MboxVariant } from '../../../../core/archive/mbox-variants.ts'
import { findFromFast } from './find-from.ts'

/** Takes a variant's quoting off a message that comes in pieces. */
interface QuotingOff {
  add(piece: Uint8Array): Uint8Array
  end(): Uint8Array
}

const quoted = Buffer.from('\n>From ')

/** The streaming counterpart of `unquoteMbox`. */
export function createQuotingOff(variant: MboxVariant): QuotingOff {
  if (variant === 'mboxcl2') return { add: (piece) => piece, end: () => new Uint8Array(0) }
  if (variant === 'mboxrd') {
    const stream = createUnquoting(findFromFast)
    return { add: (piece) => Buffer.concat(stream.add(piece)), end: () => stream.end() }
  }
  // A line feed is put before the first piece, so that a quoted first line looks like any other.
  let held: Buffer = Buffer.from('\n')
  let isFirst = true
  const strip = (bytes: Buffer): Buffer => {
    const parts: Buffer[] = []
    let from = 0
    for (let at = bytes.indexOf(quoted); at !== -1; at = bytes.indexOf(quoted, from)) {
      parts.push(bytes.subarray(from, at + 1))
      from = at + 2
    }
    const plain = Buffer.concat([...parts, bytes.subarray(from)])
    const start = isFirst && plain.length > 0 ? 1 : 0
    if (plain.length > 0) isFirst = false
    return plain.subarray(start)
  }
  return {
    add: (piece) => {
      const bytes = Buffer.concat([held, piece])
      // What may be the beginning of a quoted line waits for the rest of it.
      const cut = Math.max(0, bytes.lastIndexOf(0x0a))
      const waits = bytes.length - cut < quoted.length ? cut : bytes.length
      held = bytes.subarray(waits)
      return strip(bytes.subarray(0, waits))
    },
    end: () => strip(held),
  }
}
