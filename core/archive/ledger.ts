import { z } from 'zod'
import { assertNever } from '../errors.ts'
import { count, size } from './outcomes.ts'

/**
 * The ledger of an archive: `ledger.jsonl`, one JSON object a line, only ever appended to. Each line holds the
 * SHA-256 of the line before it, so nothing in it can be changed, taken out or put in unnoticed; and together its
 * lines hold the SHA-256 of every byte of every pack. It is the archive's audit log as well: who removed, held,
 * repaired or copied what, and when.
 */

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const pack = z.number().int().min(1)
const generation = z.number().int().min(0)
const byteOffset = z.number().int().min(0)
/** Facts of an entry that only its own feature reads. */
const details = z.record(z.string(), z.json()).default({})

/** Bytes that were added to a pack. The segments of a pack lie side by side, without gaps. */
const appended = z.strictObject({
  kind: z.literal('appended'),
  pack,
  generation,
  from: byteOffset,
  to: byteOffset,
  sha256,
  /**
   * `written`: hashed as it was written. `recovered`: a crash came before the entry; hashed when the archive was
   * next opened. `adopted`: the archive is older than its ledger; hashed as it was found.
   */
  how: z.enum(['written', 'recovered', 'adopted']),
})
export type AppendedEntry = z.infer<typeof appended>

/** A pack that was written anew as a whole (retention, new keys); its earlier segments no longer count. */
const rewritten = z.strictObject({
  kind: z.literal('rewritten'),
  pack,
  generation,
  /** Its whole length. */
  bytes: byteOffset,
  sha256,
  why: z.string(),
  details,
})

const hold = {
  holdId: z.string(),
  name: z.string(),
  by: z.string(),
  reason: z.string(),
  criteria: z.json(),
}

/** What can stand in a ledger. A feature that acts on an archive adds its kind here. */
export const ledgerEntry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('created'), archiveId: z.string(), name: z.string() }),
  appended,
  rewritten,
  /** Messages removed on purpose: by whom, under which rule, how many. */
  z.strictObject({
    kind: z.literal('removed'),
    by: z.string(),
    rule: z.string(),
    messages: z.number().int(),
    occurrences: z.number().int(),
    mailBytes: z.number().int(),
    details,
  }),
  z.strictObject({ kind: z.literal('hold_placed'), ...hold }),
  z.strictObject({ kind: z.literal('hold_lifted'), ...hold }),
  /** Keys made, wrapped anew, rotated or taken away; never a key itself. */
  z.strictObject({ kind: z.literal('keys'), what: z.string(), details }),
  /** A damaged record, put right: from a copy the same bytes, from the server the message stored once more. */
  z.strictObject({
    kind: z.literal('repaired'),
    pack,
    generation,
    offset: byteOffset,
    sha256: sha256.nullable(),
    from: z.enum(['copy', 'server']),
    /** The damaged bytes stay where they are; the message is stored once more at the archive's end. */
    storedAgain: z.boolean(),
    details,
  }),
  z.strictObject({ kind: z.literal('copied'), copyId: z.string(), what: z.string(), details }),
  /** Every byte was read and compared. */
  z.strictObject({ kind: z.literal('scrubbed'), bytes: z.number().int(), damage: z.number().int() }),
  /** A checkpoint: the desk's signature over a line of this ledger, and so over everything before it. */
  z.strictObject({
    kind: z.literal('signed'),
    seq: z.number().int(),
    sha256,
    publicKeyPem: z.string(),
    fingerprint: z.string(),
    signatureBase64: z.string(),
  }),
])
export type LedgerEntry = z.infer<typeof ledgerEntry>

/** A line of the ledger. `previous`: SHA-256 of the bytes of the line before, without its line feed. */
export const ledgerLine = z.strictObject({
  seq: z.number().int().min(1),
  atMs: z.number(),
  previous: sha256.nullable(),
  entry: ledgerEntry,
})
export type LedgerLine = z.infer<typeof ledgerLine>

/** What is wrong with a ledger, and in which line (counted from 1). */
export interface LedgerProblem {
  readonly line: number
  readonly problem: string
}

/** Lines up to the first that does not hold, and what is wrong with that one. */
export interface ChainCheck {
  readonly lines: readonly LedgerLine[]
  readonly broken: LedgerProblem | null
}

/** Checks the chain: every line well formed, numbered without gaps, and holding the hash of the one before. */
export function checkChain(texts: readonly string[], sha256Of: (line: string) => string): ChainCheck {
  const lines: LedgerLine[] = []
  let previous: string | null = null
  for (const [at, text] of texts.entries()) {
    const line = parseLedgerLine(text)
    const problem =
      line === null
        ? 'this line cannot be read'
        : line.seq !== at + 1
          ? `this line says that it is number ${line.seq}`
          : line.previous === previous
            ? null
            : at === 0
              ? 'lines before this one are missing'
              : 'the line before this one was changed, taken out or put in'
    if (line === null || problem !== null) return { lines, broken: { line: at + 1, problem: problem ?? '' } }
    lines.push(line)
    previous = sha256Of(text)
  }
  return { lines, broken: null }
}

/** One line; null when it is none. */
export function parseLedgerLine(text: string): LedgerLine | null {
  try {
    const parsed = ledgerLine.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** A stretch of a pack whose hash the ledger has. */
export interface Segment {
  readonly seq: number
  readonly pack: number
  readonly generation: number
  readonly from: number
  readonly to: number
  readonly sha256: string
}

/** A pack as the ledger accounts for it: its segments in order, and where the last one ends. */
export interface PackTiling {
  readonly pack: number
  readonly generation: number
  readonly segments: readonly Segment[]
  readonly end: number
}

/** The segments that count now, by pack. Segments that leave a gap or overlap are a problem of their line. */
export function tilePacks(lines: readonly LedgerLine[]): {
  readonly packs: ReadonlyMap<number, PackTiling>
  readonly problems: readonly LedgerProblem[]
} {
  const packs = new Map<number, { pack: number; generation: number; segments: Segment[]; end: number }>()
  const problems: LedgerProblem[] = []
  for (const { seq, entry } of lines) {
    if (entry.kind === 'rewritten') {
      const { pack, generation, bytes, sha256 } = entry
      const whole = { seq, pack, generation, from: 0, to: bytes, sha256 }
      packs.set(pack, { pack, generation, segments: [whole], end: bytes })
    } else if (entry.kind === 'appended') {
      const { pack, generation, from, to, sha256 } = entry
      const known = packs.get(pack) ?? { pack, generation, segments: [], end: 0 }
      packs.set(pack, known)
      if (known.generation !== generation || from !== known.end || to <= from) {
        problems.push({ line: seq, problem: `its bytes do not follow on those before in pack ${pack}` })
        continue
      }
      known.segments.push({ seq, pack, generation, from, to, sha256 })
      known.end = to
    }
  }
  return { packs, problems }
}

/** What the desk signs at a checkpoint, UTF-8: anyone with the public key can put it together again. */
export function checkpointText(archiveId: string, seq: number, lineSha256: string): string {
  return `mail-desk-ledger-checkpoint\n${archiveId}\n${seq}\n${lineSha256}\n`
}

/** An entry in plain words: what was done, by whom where somebody decided it. */
export function describeEntry(entry: LedgerEntry): string {
  switch (entry.kind) {
    case 'created':
      return `The archive “${entry.name}” was made.`
    case 'appended':
      return describeAppended(entry)
    case 'rewritten':
      return `Pack ${entry.pack} was written anew (${size(entry.bytes)}): ${entry.why}.`
    case 'removed':
      return `${entry.by} removed ${count(entry.messages, 'message')} (${size(entry.mailBytes)}) under “${entry.rule}”.`
    case 'hold_placed':
      return `${entry.by} placed the hold “${entry.name}”: ${entry.reason}`
    case 'hold_lifted':
      return `${entry.by} lifted the hold “${entry.name}”: ${entry.reason}`
    case 'keys':
      return `Keys: ${entry.what}.`
    case 'repaired':
      return `Pack ${entry.pack}, byte ${entry.offset}: repaired from the ${entry.from === 'copy' ? 'second copy' : 'server'}.`
    case 'copied':
      return `Second copy: ${entry.what}.`
    case 'scrubbed':
      return entry.damage === 0
        ? `Every one of ${size(entry.bytes)} was read and matched.`
        : `${size(entry.bytes)} were read; ${count(entry.damage, 'damaged place')} found.`
    case 'signed':
      return `Everything up to line ${entry.seq} was signed with the key ${entry.fingerprint.slice(0, 16)}…`
    default:
      return assertNever(entry)
  }
}

function describeAppended(entry: AppendedEntry): string {
  const bytes = size(entry.to - entry.from)
  if (entry.how === 'written') return `${bytes} were added to pack ${entry.pack}.`
  return entry.how === 'recovered'
    ? `${bytes} in pack ${entry.pack} were found after the program had ended without warning.`
    : `${bytes} in pack ${entry.pack} were there before this record of changes began.`
}
