/** `host:port` of each server that an autoconfig file names, by service. */
export interface PublishedServers {
  readonly imap: readonly string[]
  readonly smtp: readonly string[]
}

/**
 * Reads the servers out of a Thunderbird autoconfig file (config-v1.1.xml). Only two elements are wanted, so a
 * pattern does; what is no such file gives none.
 */
export function serversInAutoconfig(xml: string): PublishedServers {
  const serversOf = (element: string, type: string) =>
    [
      ...xml.matchAll(
        new RegExp(`<${element}\\s[^>]*type=["']${type}["'][^>]*>(.{0,4000}?)</${element}>`, 'gis'),
      ),
    ].flatMap(([, inner = '']) => {
      const host = /<hostname>\s*([^<\s]+)\s*<\/hostname>/i.exec(inner)?.[1]
      const port = /<port>\s*(\d{1,5})\s*<\/port>/i.exec(inner)?.[1]
      return host === undefined || port === undefined ? [] : [`${host.toLowerCase()}:${port}`]
    })
  return { imap: serversOf('incomingServer', 'imap'), smtp: serversOf('outgoingServer', 'smtp') }
}
