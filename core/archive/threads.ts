const prefix =
  /^(?:(?:re|aw|sv|antw?|ré|rép|odp|vs|fw|fwd|wg|tr|rv|enc|doorst|vb|回复|答复|转发|返信|転送)(?:\[\d+\])?\s*[:：]\s*|\[[^\]]{1,40}\]\s*)/iu
const maxReferences = 50
const leastSubjectChars = 6

/** A subject without what mail programs and lists put before it (`Re:`, `Fwd:`, `[list]`), for comparing. */
export function baseSubject(subject: string): string {
  let base = subject.slice(0, 500).trim()
  for (let n = 0; n < 20; n++) {
    const shorter = base.replace(prefix, '')
    if (shorter === base) break
    base = shorter.trim()
  }
  return base.toLowerCase().replace(/\s+/g, ' ')
}

/** Whether two messages with this subject may belong together: a short or empty one says nothing. */
export function isTelling(base: string): boolean {
  return base.length >= leastSubjectChars
}

/** Message-IDs in a References or In-Reply-To header (RFC 5322 3.6.4): the first ones and the last ones of many. */
export function messageIdsIn(value: string): readonly string[] {
  const ids = value.match(/<[^<>\s]{3,500}>/g) ?? []
  return ids.length <= maxReferences ? ids : [...ids.slice(0, 5), ...ids.slice(5 - maxReferences)]
}
