/** An SMTP reply: its three digits, the enhanced code (RFC 3463) where there is one, its lines joined. */
export interface SmtpReply {
  readonly code: number
  /** `5.7.8`, or null. */
  readonly enhanced: string | null
  /** Without codes; lines are separated by line feeds. */
  readonly text: string
}

/** Puts the lines of one reply together; null when they are not an SMTP reply. */
export function parseSmtpReply(lines: readonly string[]): SmtpReply | null {
  const parts = lines.map((line) => /^([2-5]\d\d)(?:[ -](.*))?$/s.exec(line))
  const code = parts[0]?.[1]
  if (code === undefined || parts.some((part) => part?.[1] !== code)) return null
  const texts = parts.map((part) => part?.[2] ?? '')
  const enhanced = /^([245]\.\d{1,3}\.\d{1,3})(?:\s|$)/.exec(texts[0] ?? '')?.[1] ?? null
  const bare =
    enhanced === null ? texts : texts.map((text) => text.replace(/^[245]\.\d{1,3}\.\d{1,3}\s*/, ''))
  return { code: Number(code), enhanced, text: bare.join('\n').trim() }
}

/** What EHLO announces: keyword in capitals, and its parameters. */
export function parseEhlo(reply: SmtpReply): ReadonlyMap<string, readonly string[]> {
  const [, ...lines] = reply.text.split('\n')
  // AUTH=LOGIN is an old spelling that some servers add for old clients.
  const words = lines.map((line) =>
    line
      .replace(/^AUTH=/i, 'AUTH ')
      .trim()
      .split(/\s+/),
  )
  const extensions = new Map<string, readonly string[]>()
  for (const [keyword = '', ...parameters] of words)
    if (keyword !== '')
      extensions.set(keyword.toUpperCase(), [...(extensions.get(keyword.toUpperCase()) ?? []), ...parameters])
  return extensions
}
