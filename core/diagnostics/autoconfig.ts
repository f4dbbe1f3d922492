/** `host:port` of each server that an autoconfig file names, by service. */
export interface PublishedServers {
  readonly imap: readonly string[]
  readonly smtp: readonly string[]
}

/**
 * Reads the servers out of a Thunderbird autoconfig file (config-v1.1.xml). Only two elements are wanted, so a
 * pattern does; what is no such file gives none. Whatever repeats is bounded: the file comes from a stranger.
 */
export function serversInAutoconfig(xml: string): PublishedServers {
  const serversOf = (element: string, type: string) =>
    [...xml.matchAll(new RegExp(`<${element}\\s([^<>]{0,500})>(.{0,4000}?)</${element}>`, 'gis'))].flatMap(
      ([, attributes = '', inner = '']) => {
        if (!new RegExp(`\\btype=["']${type}["']`, 'i').test(attributes)) return []
        const host = /<hostname>\s*([^<\s]+)\s*<\/hostname>/i.exec(inner)?.[1]
        const port = /<port>\s*(\d{1,5})\s*<\/port>/i.exec(inner)?.[1]
        return host === undefined || port === undefined ? [] : [`${host.toLowerCase()}:${port}`]
      },
    )
  return { imap: serversOf('incomingServer', 'imap'), smtp: serversOf('outgoingServer', 'smtp') }
}
