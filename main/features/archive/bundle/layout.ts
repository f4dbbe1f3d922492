import { safeSegment, uniqueNames } from '../../../../core/archive/bundle.ts'
import type { ExportFormat } from '../../../../core/archive/types.ts'
import type { SelectedMessage } from '../../../../db/archive-index/select.ts'

/** Gives each folder its place in the zip. The same folders get the same names every time. */
export function createLayout(format: ExportFormat) {
  const unique = uniqueNames()
  return (source: string, path: string, delimiter: string | null): string => {
    const parts = delimiter === null ? [path] : path.split(delimiter)
    const folder = ['mail', source, ...parts].map(safeSegment).join('/')
    return format === 'mboxrd' ? unique(folder).concat('.mbox') : unique(folder)
  }
}

/** `000012 Subject.eml`: in the server's order, readable, and unique by its number. */
export function emlName(folder: string, position: number, subject: string): string {
  return `${folder}/${safeSegment(`${String(position).padStart(6, '0')} ${subject.slice(0, 50)}`)}.eml`
}

/**
 * A Maildir name (cr.yp.to/proto/maildir.html) with `!2,` for `:2,`, because Windows forbids the colon. Flags
 * are Maildir's letters for the IMAP flags, in ASCII order.
 */
export function maildirName(folder: string, message: SelectedMessage): string {
  const seconds = Math.max(0, Math.floor((message.internalDateMs ?? 0) / 1000))
  const letters = message.flags.flatMap((flag) => maildirLetters[flag.toLowerCase()] ?? [])
  const unique = `${seconds}.V${message.uidValidity}U${message.uid}.${message.place.sha256.slice(0, 12)}`
  return `${folder}/cur/${unique}!2,${letters.toSorted().join('')}`
}

const maildirLetters: Readonly<Record<string, string>> = {
  '\\draft': 'D',
  '\\flagged': 'F',
  '\\answered': 'R',
  '\\seen': 'S',
  '\\deleted': 'T',
}

/** What stands in the bundle's README.txt. */
export const bundleReadme = `This is mail that was exported by Mail Desk. You need no Mail Desk to read or to check it.

mail/           the messages, byte for byte as the mail server gave them:
                .mbox files (mboxrd: quoted lines have one more ">" in front), or one .eml file a message, or
                Maildir folders (with "!2," in file names where Maildir has ":2,", for Windows' sake).
messages.jsonl  one line a message: its file, SHA-256, size, folder, UID, flags, date.
manifest.json   what this is: source, time, counts, and what the server had that is not here, and why.
SHA256SUMS      checksums of all files. To check them, unpack and run:   sha256sum -c SHA256SUMS

With Mail Desk:   mail-desk bundle verify FILE.zip
`
