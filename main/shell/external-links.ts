import type { BrowserWindow, Dialog, Shell } from 'electron'

/** A link that may leave the program, as the person will see it before it does. */
export interface ExternalLink {
  readonly url: string
  /** The host or the address that it really leads to. */
  readonly target: string
}

const longestUrl = 2000

/**
 * Checks a link that wants out: https without credentials, or mailto. Anything else (file, smb, custom schemes
 * that start programs) is refused: https://www.electronjs.org/docs/latest/tutorial/security, item 15.
 */
export function checkExternalLink(given: string): ExternalLink | null {
  const url = URL.parse(given)
  if (url === null || url.href.length > longestUrl) return null
  if (url.protocol === 'https:' && url.username === '' && url.password === '')
    return { url: url.href, target: url.host }
  if (url.protocol === 'mailto:' && !hasAttachment(url)) return { url: url.href, target: url.pathname }
  return null
}

/** Some mail programs attach local files that a mailto link names. */
function hasAttachment(url: URL): boolean {
  return [...url.searchParams.keys()].some((key) => /^attach(ment)?$/i.test(key))
}

/** Opens a link in the browser or the mail program, once the person has seen where it leads and agreed. */
export async function openExternalLink(
  link: ExternalLink,
  parts: { readonly shell: Shell; readonly dialog: Dialog; readonly window: BrowserWindow },
): Promise<void> {
  const { response } = await parts.dialog.showMessageBox(parts.window, {
    type: 'question',
    message: `Open ${link.target} outside Mail Desk?`,
    detail: link.url,
    buttons: ['Open link', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  })
  if (response === 0) await parts.shell.openExternal(link.url)
}
