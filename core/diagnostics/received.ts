/** One hop of a message, from a Received header (RFC 5321 section 4.4). */
export interface Hop {
  readonly from: string | null
  readonly by: string | null
  /** Null where the date cannot be read. */
  readonly atMs: number | null
}

/** How long a message stayed between two hops. Negative when the two clocks disagree. */
export interface HopDelay {
  readonly by: string
  readonly delayMs: number
}

/** A header field, unfolded; names are as written. */
export interface HeaderField {
  readonly name: string
  readonly value: string
}

/** Splits a header block into fields, top first; lines that are no field are left out. */
export function parseHeaderFields(text: string): readonly HeaderField[] {
  const end = text.search(/\r?\n\r?\n/)
  const block = (end < 0 ? text : text.slice(0, end)).replace(/\r?\n[ \t]+/g, ' ')
  return block.split(/\r?\n/).flatMap((line) => {
    const found = /^([!-9;-~]+):\s*(.*)$/s.exec(line)
    return found === null ? [] : [{ name: found[1] ?? '', value: (found[2] ?? '').trim() }]
  })
}

/** All values of a field, top first. */
export function valuesOf(fields: readonly HeaderField[], name: string): readonly string[] {
  return fields.filter((field) => field.name.toLowerCase() === name.toLowerCase()).map((field) => field.value)
}

/** The way of a message in the order of time: the lowest Received header is the first hop. */
export function hopsOf(fields: readonly HeaderField[]): readonly Hop[] {
  return valuesOf(fields, 'Received').map(parseReceived).reverse()
}

/** Reads one Received header; what cannot be read is null. */
export function parseReceived(value: string): Hop {
  const semicolon = value.lastIndexOf(';')
  const clauses = semicolon < 0 ? value : value.slice(0, semicolon)
  const date = semicolon < 0 ? NaN : Date.parse(withoutComments(value.slice(semicolon + 1)))
  return {
    from: /(?:^|\s)from\s+([^\s;()]+)/i.exec(clauses)?.[1] ?? null,
    by: /(?:^|\s)by\s+([^\s;()]+)/i.exec(clauses)?.[1] ?? null,
    atMs: Number.isNaN(date) ? null : date,
  }
}

/** How long it waited before each hop took it, from `sentAtMs` on; hops without a date are passed over. */
export function delaysOf(hops: readonly Hop[], sentAtMs: number): readonly HopDelay[] {
  let lastMs = sentAtMs
  return hops.flatMap((hop) => {
    if (hop.atMs === null) return []
    // Received dates are whole seconds: less than one apart is no delay.
    const delayMs = Math.abs(hop.atMs - lastMs) < 1000 ? 0 : hop.atMs - lastMs
    lastMs = hop.atMs
    return [{ by: hop.by ?? 'a server without a name', delayMs }]
  })
}

/** What a receiving server found out about the sender, by method: `spf`, `dkim`, `dmarc` (RFC 8601). */
export type SenderChecks = Readonly<Record<string, string>>

/** Reads the topmost Authentication-Results header, which is the last server's own; null without one. */
export function senderChecksOf(fields: readonly HeaderField[]): SenderChecks | null {
  const value = valuesOf(fields, 'Authentication-Results')[0]
  if (value === undefined) return null
  const [, ...results] = withoutComments(value).split(';')
  const checks: Record<string, string> = {}
  for (const result of results) {
    const [, method, verdict] = /^\s*([a-z0-9-]+)(?:\/\d+)?\s*=\s*([a-z]+)/i.exec(result) ?? []
    if (method === undefined || verdict === undefined) continue
    const [name, word] = [method.toLowerCase(), verdict.toLowerCase()]
    // Several DKIM signatures: one that passes is enough.
    if (checks[name] !== 'pass') checks[name] = word
  }
  return checks
}

/** Takes out comments in parentheses, nested ones from the inside. */
function withoutComments(text: string): string {
  let before = text
  for (let depth = 0; depth < 10; depth++) {
    const after = before.replace(/\([^()]*\)/g, ' ')
    if (after === before) return after
    before = after
  }
  return before
}
