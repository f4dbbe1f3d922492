/** What tells messages of a target apart without their bytes. */
export interface TargetMark {
  readonly uid: number
  readonly sizeBytes: number
  readonly internalDateMs: number | null
  readonly messageId: string | null
  /** SHA-256 of its bytes where that is known without fetching; several where a format keeps two readings open. */
  readonly hashes: readonly string[]
}

/** A message that is to be in a folder of the target. */
export interface Wanted {
  readonly sha256: string
  readonly sizeBytes: number

  readonly messageId: string | null
  readonly internalDateMs: number | null
}

/** How a wanted message stands to what is in the folder. */
export type Presence<W extends Wanted> =
  | {
      readonly kind: 'there'
      readonly wanted: W
      readonly uid: number
      readonly knownBy: 'ledger' | 'bytes' | 'marks'
    }
  | { readonly kind: 'doubt'; readonly wanted: W; readonly candidates: readonly number[] }
  | { readonly kind: 'missing'; readonly wanted: W }

/**
 * Compares what is wanted in a folder with what is there. A message of the ledger is known by its UID. Otherwise
 * Message-ID, size and date (to the second, which is all that INTERNALDATE has) together tell that it is there,
 * provided that just as many on both sides are alike. Where only the Message-ID agrees, or there is none but the
 * size agrees, its bytes have to be compared: `doubt`. Each message of the folder answers for one wanted message.
 */
export function findPresent<W extends Wanted>(
  wanted: readonly W[],
  there: readonly TargetMark[],
  ledger: ReadonlyMap<number, string>,
): readonly Presence<W>[] {
  const free = new Map(there.map((mark) => [mark.uid, mark]))
  const hashesOf = (mark: TargetMark) => {
    const noted = ledger.get(mark.uid)
    return noted === undefined ? mark.hashes : [noted]
  }
  const uidsByHash = groupBy(
    there.flatMap((mark) => hashesOf(mark).map((hash) => ({ hash, uid: mark.uid }))),
    ({ hash }) => hash,
  )
  const result = new Map<W, Presence<W>>()
  for (const one of wanted) {
    const uid = uidsByHash.get(one.sha256)?.find((known) => free.has(known.uid))?.uid
    if (uid === undefined) continue
    free.delete(uid)
    result.set(one, { kind: 'there', wanted: one, uid, knownBy: ledger.has(uid) ? 'ledger' : 'bytes' })
  }
  // What the ledger names as another message is not that message, however alike the two look.
  const strangers = [...free.values()].filter((mark) => hashesOf(mark).length === 0)
  const open = wanted.filter((one) => !result.has(one))
  const alikeThere = groupBy(strangers, exactKey)
  const alikeWanted = groupBy(open, exactKey)
  for (const one of open) {
    const key = exactKey(one)
    const candidates = key === null ? undefined : alikeThere.get(key)
    const same = key === null ? undefined : alikeWanted.get(key)
    const match = candidates?.length === same?.length ? candidates?.[same?.indexOf(one) ?? -1] : undefined
    if (match === undefined) continue
    free.delete(match.uid)
    result.set(one, { kind: 'there', wanted: one, uid: match.uid, knownBy: 'marks' })
  }
  const nearest = nearOf(strangers.filter(({ uid }) => free.has(uid)))
  return wanted.map((one) => {
    const settled = result.get(one)
    if (settled !== undefined) return settled
    const candidates = nearest(one)
    return candidates.length === 0
      ? { kind: 'missing', wanted: one }
      : { kind: 'doubt', wanted: one, candidates }
  })
}

function nearOf(left: readonly TargetMark[]): (wanted: Wanted) => readonly number[] {
  const byId = groupBy(left, ({ messageId }) => messageId)
  const nameless = left.filter(({ messageId }) => messageId === null)
  return (wanted) => {
    const named = wanted.messageId === null ? [] : (byId.get(wanted.messageId) ?? [])
    return [...named, ...nameless.filter((mark) => mayBe(mark, wanted))].map(({ uid }) => uid)
  }
}

/** Without a Message-ID: the size or the second agrees. A server that changes line ends changes the size. */
function mayBe(mark: TargetMark, wanted: Wanted): boolean {
  const second = (ms: number | null) => (ms === null ? null : Math.floor(ms / 1000))
  const date = second(mark.internalDateMs)
  return mark.sizeBytes === wanted.sizeBytes || (date !== null && date === second(wanted.internalDateMs))
}

function exactKey(mark: {
  readonly messageId: string | null
  readonly sizeBytes: number
  readonly internalDateMs: number | null
}): string | null {
  if (mark.messageId === null || mark.internalDateMs === null) return null
  return `${mark.messageId}\n${mark.sizeBytes}\n${Math.floor(mark.internalDateMs / 1000)}`
}

function groupBy<T>(all: readonly T[], key: (one: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const name = key(one)
    if (name === null) continue
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [one])
    else group.push(one)
  }
  return groups
}
