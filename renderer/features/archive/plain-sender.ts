/** The display name of a From header's first address, else the address; for lists only. */
export function plainSender(from: string): string {
  const named = /^\s*"?([^"<]*?)"?\s*<[^>]*>/.exec(from)?.[1]?.trim() ?? ''
  return named === '' ? from.replaceAll(/[<>]/g, '').trim() : named
}
