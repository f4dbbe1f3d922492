/** What tells a message apart without its bytes. */
export interface MessageMark {
  readonly messageId: string | null
  readonly sizeBytes: number
  readonly internalDateMs: number | null
  /** RFC 8474 EMAILID; null where the server has none. It stays the same when UIDs change. */
  readonly emailId: string | null
}

/**
 * After a server has renumbered a folder (new UIDVALIDITY): pairs what it lists now with what the archive had in
 * that folder, by EMAILID where both sides have one, else by Message-ID, size and INTERNALDATE together. A pair is made only where both sides have exactly
 * as many of a kind, in order; everything else is downloaded and compared by hash. So nothing is guessed twice
 * and nothing is downloaded en masse.
 */
export function rematch<S extends MessageMark, A extends MessageMark>(
  onServer: readonly S[],
  inArchive: readonly A[],
): { readonly pairs: readonly (readonly [S, A])[]; readonly unknown: readonly S[] } {
  const byId = pairUp(onServer, inArchive, ({ emailId }) => emailId)
  const paired = new Set(byId.pairs.map(([, known]) => known))
  const rest = inArchive.filter((known) => !paired.has(known))
  const byHeader = pairUp(byId.unknown, rest, headerMark)
  return { pairs: [...byId.pairs, ...byHeader.pairs], unknown: byHeader.unknown }
}

type MarkOf = (message: MessageMark) => string | null

function pairUp<S extends MessageMark, A extends MessageMark>(
  onServer: readonly S[],
  inArchive: readonly A[],
  markOf: MarkOf,
): { readonly pairs: (readonly [S, A])[]; readonly unknown: readonly S[] } {
  const known = groupByMark(inArchive, markOf)
  const listed = groupByMark(onServer, markOf)
  const pairs: (readonly [S, A])[] = []
  const unknown: S[] = []
  const taken = new Map<string, number>()
  for (const message of onServer) {
    const mark = markOf(message)
    const candidates = mark === null ? undefined : known.get(mark)
    const alike = mark === null ? undefined : listed.get(mark)
    const nth = mark === null ? 0 : (taken.get(mark) ?? 0)
    if (mark !== null) taken.set(mark, nth + 1)
    const match = candidates?.length === alike?.length ? candidates?.[nth] : undefined
    if (match === undefined) unknown.push(message)
    else pairs.push([message, match])
  }
  return { pairs, unknown }
}

function headerMark(message: MessageMark): string | null {
  if (message.messageId === null || message.internalDateMs === null) return null
  return `${message.messageId}\n${message.sizeBytes}\n${message.internalDateMs}`
}

function groupByMark<T extends MessageMark>(
  messages: readonly T[],
  markOf: MarkOf,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const message of messages) {
    const mark = markOf(message)
    if (mark === null) continue
    const group = groups.get(mark)
    if (group === undefined) groups.set(mark, [message])
    else group.push(message)
  }
  return groups
}
