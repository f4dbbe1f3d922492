/** Where a link really leads: the host of a web link, the address of a mail link; null for anything else. */
export function realHost(href: string): string | null {
  const url = URL.parse(href.trim())
  if (url === null) return null
  if (url.protocol === 'http:' || url.protocol === 'https:') return url.host
  return url.protocol === 'mailto:' ? url.pathname : null
}
