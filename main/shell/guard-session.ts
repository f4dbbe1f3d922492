import type { Session } from 'electron'
import { consoleUrl, isConsoleUrl } from './console-url.ts'

/** The one thing that the page may ask for: to copy text when somebody presses a copy button. */
const granted = 'clipboard-sanitized-write'

/**
 * Refuses every permission that is not named above, every device, and every connection to a network: the page
 * talks to its own process only. Whatever the desk fetches, the main process fetches.
 */
export function guardSession(session: Session): void {
  const isGranted = (permission: string, url: string) => permission === granted && isConsoleUrl(url)
  session.setPermissionRequestHandler((_, permission, callback, details) =>
    callback(isGranted(permission, details.requestingUrl)),
  )
  session.setPermissionCheckHandler((_, permission, origin) => isGranted(permission, origin))
  session.setDevicePermissionHandler(() => false)
  session.setSpellCheckerEnabled(false)
  session.webRequest.onBeforeRequest(
    { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'] },
    (_, callback) => callback({ cancel: true }),
  )
  // What the page made itself may be saved, by the usual dialog; nothing else can be fetched to the disk.
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${consoleUrl}`)) event.preventDefault()
  })
}
