/** The display name of a From header's first address, else the address; for lists only. */
export function plainSender(from: string): string {
  // A quoted name is shown whole, also when it pretends to be an address.
  const named = (/^\s*"([^"]*)"\s*<|^\s*([^"<]*?)\s*<[^>]*>/.exec(from)?.slice(1).join('') ?? '').trim()
  return named === '' ? from.replaceAll(/[<>]/g, '').trim() : named
}
