const systemFlags = ['\\Answered', '\\Flagged', '\\Deleted', '\\Seen', '\\Draft'] as const

/** What a target folder lets one set for good (RFC 9051 PERMANENTFLAGS); null when it does not say. */
export type PermanentFlags = readonly string[] | null

/**
 * The flags that a message comes back with. \Recent is the server's own and never set. \Deleted only when asked
 * for, because the next program that tidies up would delete the message again. Keywords only where they may be set.
 */
export function restorableFlags(
  flags: readonly string[],
  permanent: PermanentFlags,
  keepDeleted: boolean,
): readonly string[] {
  const allowed = permanent === null ? null : new Set(permanent.map((flag) => flag.toLowerCase()))
  const anyKeyword = allowed?.has('\\*') ?? true
  return flags.flatMap((flag) => {
    const system = systemFlags.find((one) => one.toLowerCase() === flag.toLowerCase())
    if (system === '\\Deleted' && !keepDeleted) return []
    if (system !== undefined) return allowed === null || allowed.has(system.toLowerCase()) ? [system] : []
    // Other names with a backslash are the server's own (RFC 9051 2.3.2); what is no atom cannot be sent.
    if (!isAtom(flag)) return []
    return anyKeyword || allowed?.has(flag.toLowerCase()) === true ? [flag] : []
  })
}

/** A Gmail label as a keyword: an atom (RFC 9051) that is still readable. Null for Gmail's own system labels. */
export function labelAsKeyword(label: string): string | null {
  if (label.startsWith('\\')) return null
  const atom = label
    .normalize('NFKD')
    .replace(/[^\x21-\x7e]+/g, '_')
    .replace(/[(){%*"\\\]]/g, '_')
    .slice(0, 100)
  return /^_*$/.test(atom) ? null : atom
}

/** A Gmail label as a folder, level by level; null for Gmail's own system labels, which are folders already. */
export function labelAsLevels(label: string): readonly string[] | null {
  if (label.startsWith('\\') || label.trim() === '') return null
  return label.split('/').filter((level) => level.trim() !== '')
}

function isAtom(flag: string): boolean {
  return /^[\x21-\x7e]{1,200}$/.test(flag) && !/[(){%*"\\\]]/.test(flag)
}
