import type { RefusalReason } from './types.ts'

/** What is special about a message that was refused, found by looking at its bytes. */
export interface MessageTraits {
  readonly sizeBytes: number
  readonly longestLineBytes: number
  readonly hasNul: boolean
  readonly hasEightBit: boolean
}

/** What the target answered. */
export interface Refusal {
  /** The response code (RFC 5530) in capitals; null when there was none. */
  readonly code: string | null
  readonly words: string
}

const byCode: Readonly<Record<string, RefusalReason>> = {
  OVERQUOTA: 'over_quota',
  APPENDLIMIT: 'too_large',
  TOOBIG: 'too_large',
  NOPERM: 'read_only',
  'READ-ONLY': 'read_only',
  TRYCREATE: 'folder_refused',
  NONEXISTENT: 'folder_refused',
  CANNOT: 'folder_refused',
}

/** What words say, whatever the server: the first that matches. */
const byWords: readonly (readonly [RegExp, RefusalReason])[] = [
  [/quota|mailbox (is )?full|insufficient (storage|space)/i, 'over_quota'],
  [
    /too (large|big|long a message)|size (limit|exceed)|exceeds.*(size|limit)|maximum message size/i,
    'too_large',
  ],
  [/line.*(too )?long|long line/i, 'line_too_long'],
  [/\bnul\b|null (byte|char)|binary/i, 'nul_bytes'],
  [/8.?bit|non-?ascii/i, 'eight_bit'],
  [/read.?only|permission|not allowed|acl/i, 'read_only'],
  [
    /malformed|invalid (message|header|rfc)|parse|bad (message|header)|message contains (bare|invalid)/i,
    'malformed',
  ],
]

/** Exchange refuses longer ones; RFC 5322 2.1.1 allows 998. */
const longLineBytes = 998

/**
 * Why a message was refused. The response code counts first, then the words, then what the message is: a server
 * that only says "no" to a line of 9,900 characters most likely means the line.
 */
export function classifyRefusal(refusal: Refusal, traits: MessageTraits): RefusalReason {
  const known = refusal.code === null ? undefined : byCode[refusal.code.toUpperCase()]
  if (known !== undefined) return known
  const said = byWords.find(([pattern]) => pattern.test(refusal.words))
  if (said !== undefined) return said[1]
  if (traits.hasNul) return 'nul_bytes'
  if (traits.longestLineBytes > longLineBytes) return 'line_too_long'
  return 'unknown'
}

/** A refusal that all further messages of the folder would meet as well. */
export function concernsFolder(reason: RefusalReason): boolean {
  return reason === 'read_only' || reason === 'folder_refused'
}

/** The reason in plain words, and what can be done. Pure; the same in the console and on the command line. */
export function describeRefusal(reason: RefusalReason): string {
  switch (reason) {
    case 'too_large':
      return 'The message is larger than the target takes. Export it as an EML file instead.'
    case 'over_quota':
      return 'The mailbox is full. Give it more room, then resume.'
    case 'line_too_long':
      return 'A line of the message is longer than the target takes (998 characters by the standard). Export it as an EML file instead.'
    case 'nul_bytes':
      return 'The message contains NUL bytes, which mail may not have. Export it as an EML file instead.'
    case 'eight_bit':
      return 'The message has raw 8-bit text where the target takes plain ASCII only.'
    case 'read_only':
      return 'This account may not add messages to the folder. Choose another folder, or have the right granted.'
    case 'folder_refused':
      return 'The target does not have this folder and does not let it be made. Choose another folder.'
    case 'malformed':
      return 'The target does not accept the message’s form. Export it as an EML file instead.'
    case 'unknown':
      return 'The target refused it; its words are all that is known.'
  }
}

/** Looks at a message's bytes. Linear, without copies. */
export function traitsOf(bytes: Uint8Array): MessageTraits {
  let longest = 0
  let start = 0
  let hasEightBit = false
  let hasNul = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte === 0) hasNul = true
    else if (byte > 0x7f) hasEightBit = true
    if (byte !== 0x0a) continue
    longest = Math.max(longest, at - start)
    start = at + 1
  }
  return {
    sizeBytes: bytes.length,
    longestLineBytes: Math.max(longest, bytes.length - start),
    hasNul,
    hasEightBit,
  }
}
