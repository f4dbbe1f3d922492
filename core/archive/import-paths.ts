/** What a file of an export, a backup or a mail program is, by its path alone. `maybe_mbox`: its first bytes decide. */
export type MailFileKind = 'maybe_mbox' | 'maildir' | 'eml' | 'emlx' | 'emlx_partial'

/** A mail file and the folder that its messages belong to; an empty folder is that of the whole tree. */
export interface MailFile {
  readonly kind: MailFileKind
  /** Parts are kept apart by `/`. */
  readonly folder: string
}

const appleParts = /^(data|messages|attachments|\d+|[0-9a-f]{8}-[0-9a-f-]{27})$/i
const notMail =
  /(^|\/)(\.ds_store|thumbs\.db|desktop\.ini|__macosx|table_of_contents|dovecot[^/]*|\.uidvalidity|\.mbsyncstate[^/]*|maildirsize|subscriptions)(\/|$)/i

/** Recognises a file; null for one that holds no mail. The path has `/`, on every system. */
export function recogniseMailFile(path: string): MailFile | null {
  if (notMail.test(path)) return null
  const segments = path.split('/')
  const name = segments.at(-1) ?? ''
  const folders = segments.slice(0, -1)
  if (/^(cur|new)$/.test(folders.at(-1) ?? '') && !name.startsWith('.'))
    return { kind: 'maildir', folder: maildirFolder(folders.slice(0, -1)) }
  if (/\.emlx$/i.test(name))
    return { kind: /\.partial\.emlx$/i.test(name) ? 'emlx_partial' : 'emlx', folder: appleFolder(folders) }
  if (/\.eml$/i.test(name)) return { kind: 'eml', folder: folders.join('/') }
  // An Apple Mail package: the folder is the package, the file in it is always named `mbox`.
  if (name === 'mbox') return { kind: 'maybe_mbox', folder: plainFolder(folders) }
  if (/\.(mbox|mbx)$/i.test(name) || (!name.includes('.') && name !== ''))
    return { kind: 'maybe_mbox', folder: plainFolder([...folders, name]) }
  return null
}

/** Takeout's own folders and mail programs' endings are not part of the folder's name. */
function plainFolder(segments: readonly string[]): string {
  const mail = segments.findIndex((name, i) => name === 'Mail' && segments[i - 1] === 'Takeout')
  return segments
    .slice(mail + 1)
    .map((name) => name.replace(/\.(mbox|mbx|sbd)$/i, ''))
    .join('/')
}

/** `INBOX.mbox/1F…/Data/2/Messages`: the packages' names are the folders. */
function appleFolder(segments: readonly string[]): string {
  const packages = segments.filter((name) => /\.mbox$/i.test(name))
  const named = packages.length > 0 ? packages : segments.filter((name) => !appleParts.test(name))
  return named.map((name) => name.replace(/\.mbox$/i, '')).join('/')
}

/** Maildir++ (`.Sent.2024` beside `cur`) and folders within folders; the Maildir itself is the INBOX. */
function maildirFolder(segments: readonly string[]): string {
  const root = segments.findLastIndex((name) => /^maildir$/i.test(name))
  const names = segments
    .slice(root + 1)
    .flatMap((name) => (name.startsWith('.') ? name.slice(1).split('.') : [name]))
    .map(decodeFolderName)
  return names.length === 0 ? 'INBOX' : names.join('/')
}

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,'

/** Modified UTF-7 (RFC 3501 5.1.3), in which IMAP servers name Maildir folders; other text stays as it is. */
function decodeFolderName(name: string): string {
  return name.replace(/&([A-Za-z0-9+,]*)-/g, (whole, coded: string) => {
    if (coded === '') return '&'
    let bits = 0
    let held = 0
    let text = ''
    for (const character of coded) {
      held = (held << 6) | base64.indexOf(character)
      bits += 6
      if (bits < 16) continue
      bits -= 16
      text += String.fromCharCode((held >> bits) & 0xffff)
      held &= (1 << bits) - 1
    }
    return text.isWellFormed() ? text : whole
  })
}

/** Flags and time in a Maildir file's name: `1700000000.x.host:2,FS`; Windows programs write `;` or `!` for the colon. */
export function readMaildirName(path: string): {
  readonly flags: readonly string[]
  readonly deliveredAtMs: number | null
} {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const letters = /[:;!]2,([A-Za-z]*)/.exec(name)?.[1] ?? ''
  const seconds = /^(\d{9,10})\./.exec(name)?.[1]
  return {
    flags: Array.from(letters).flatMap((letter) => maildirFlags[letter] ?? []),
    deliveredAtMs: seconds === undefined ? null : Number(seconds) * 1000,
  }
}

const maildirFlags: Readonly<Record<string, string>> = {
  D: '\\Draft',
  F: '\\Flagged',
  R: '\\Answered',
  S: '\\Seen',
  T: '\\Deleted',
  P: '$Forwarded',
}
