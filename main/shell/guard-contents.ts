import type { WebContents } from 'electron'
import type { Logger } from '../lib/logger.ts'
import { isConsoleUrl } from './console-url.ts'
import { checkExternalLink } from './external-links.ts'
import type { ExternalLink } from './external-links.ts'

/**
 * Keeps a page where it is: it goes to no other origin, opens no window and embeds no webview. A link that may
 * leave is handed to `openLink`. Applied to every contents that is ever created, not to our window alone.
 */
export function guardContents(
  contents: WebContents,
  logger: Logger,
  openLink: (link: ExternalLink) => void,
): void {
  const refuse = (what: string, url: string) =>
    logger.warn({ what, url: url.slice(0, 200) }, 'refused by the shell')
  const leave = (url: string, what: string) => {
    const link = checkExternalLink(url)
    if (link === null) refuse(what, url)
    else openLink(link)
  }
  contents.on('will-navigate', (event) => {
    if (isConsoleUrl(event.url)) return
    event.preventDefault()
    leave(event.url, 'navigation')
  })
  contents.on('will-frame-navigate', (event) => {
    // The main frame is handled above. A mail's frame is `srcdoc` and stays so; its links open outside.
    if (event.isMainFrame || event.url === 'about:srcdoc') return
    event.preventDefault()
    refuse('frame navigation', event.url)
  })
  contents.on('will-redirect', (event) => {
    if (isConsoleUrl(event.url)) return
    event.preventDefault()
    refuse('redirect', event.url)
  })
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
    refuse('webview', '')
  })
  contents.setWindowOpenHandler(({ url }) => {
    leave(url, 'new window')
    return { action: 'deny' }
  })
}
