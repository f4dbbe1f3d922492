/**
 * The recovery key of an encrypted archive: 256 random bits, written for people. Crockford's base32 (no I, L, O, U)
 * in 13 groups of four characters and a fifth that checks them, so that a typing error is found before the key is
 * tried, and the group that it is in can be named.
 *
 * The check character is a sum in GF(32) of the group's characters and its number, each with another weight: every
 * single wrong character, every exchange of two characters and every exchange of two groups shows.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Bytes of a recovery key. */
export const recoveryKeyBytes = 32
const perGroup = 4
const groupCount = 13
/** Powers of the generator x of GF(32) = GF(2)[x] / (x⁵ + x² + 1). */
const weights = [2, 4, 8, 16] as const
const numberWeight = 5

/** What a typed recovery key is: the bytes, or what is wrong with it. `group` counts from one. */
export type ParsedRecoveryKey =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly problem: 'length'; readonly groups: number }
  | { readonly ok: false; readonly problem: 'group'; readonly group: number }

/** The key as it is shown and printed: 13 groups of five, joined by hyphens. */
export function formatRecoveryKey(bytes: Uint8Array): string {
  const values = toBase32(bytes)
  return Array.from({ length: groupCount }, (_, group) => {
    const own = values.slice(group * perGroup, (group + 1) * perGroup)
    return [...own, checkOf(own, group)].map((value) => alphabet[value]).join('')
  }).join('-')
}

/** A key as somebody typed it: case, spaces and hyphens do not matter, I and L count as 1, O as 0. */
export function parseRecoveryKey(text: string): ParsedRecoveryKey {
  const typed = Array.from(text.toUpperCase().replace(/[\s\-–—.]/g, ''))
  const length = perGroup + 1
  if (typed.length !== groupCount * length)
    return { ok: false, problem: 'length', groups: Math.floor(typed.length / length) }
  const values = typed.map((char) => alphabet.indexOf(lookAlikes[char] ?? char))
  const data: number[] = []
  for (let group = 0; group < groupCount; group++) {
    const [a = -1, b = -1, c = -1, d = -1, check = -1] = values.slice(group * length, (group + 1) * length)
    const own = [a, b, c, d]
    if (own.includes(-1) || check !== checkOf(own, group))
      return { ok: false, problem: 'group', group: group + 1 }
    data.push(...own)
  }
  const bytes = fromBase32(data)
  return bytes === null ? { ok: false, problem: 'group', group: groupCount } : { ok: true, bytes }
}

/** The last group, which is asked for to see that the key was written down. */
export function lastGroupOf(key: string): string {
  return key.slice(key.lastIndexOf('-') + 1)
}

const lookAlikes: Readonly<Record<string, string>> = { I: '1', L: '1', O: '0' }

function checkOf(values: readonly number[], group: number): number {
  return values.reduce(
    (sum, value, n) => sum ^ multiply(value, weights[n] ?? 0),
    multiply(group, numberWeight),
  )
}

function multiply(a: number, b: number): number {
  let product = 0
  for (let bit = 4; bit >= 0; bit--) {
    product <<= 1
    if ((product & 32) !== 0) product ^= 37
    if (((b >> bit) & 1) === 1) product ^= a
  }
  return product
}

function toBase32(bytes: Uint8Array): readonly number[] {
  const values: number[] = []
  let [held, bits] = [0, 0]
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      values.push((held >> bits) & 31)
    }
    held &= (1 << bits) - 1
  }
  return [...values, (held << (5 - bits)) & 31]
}

/** Null where the four bits behind the last byte are not zero: no key was ever written so. */
function fromBase32(values: readonly number[]): Uint8Array | null {
  const bytes = new Uint8Array(recoveryKeyBytes)
  let [held, bits, at] = [0, 0, 0]
  for (const value of values) {
    held = (held << 5) | value
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = held >> bits
      held &= (1 << bits) - 1
    }
  }
  return held === 0 ? bytes : null
}
