import { createHash } from 'node:crypto'
import { bundleFiles, safeSegment, uniqueNames } from '../../../../core/archive/bundle.ts'
import type { ExportFormat } from '../../../../core/archive/types.ts'
import type { SelectedMessage } from '../../../../db/archive-index/select.ts'

/** With `000012 Subject.eml` behind it, a path that Windows still takes in a folder of some length (MAX_PATH is 260). */
const longestFolder = 120

/**
 * Gives each folder its place in the zip. The same folders get the same names every time. An mbox file of a split
 * export has its part in its name, so that parts unpacked into one folder do not overwrite each other.
 */
export function createLayout(
  format: ExportFormat,
  part: { readonly number: number; readonly of: number } | null,
) {
  const unique = uniqueNames()
  const ending = `${part === null ? '' : `.${part.number}-of-${part.of}`}.mbox`
  return (source: string, path: string, delimiter: string | null): string => {
    const parts = delimiter === null ? [path] : path.split(delimiter)
    const folder = shorten(['mail', source, ...parts].map((name) => safeSegment(name)).join('/'))
    return format === 'mboxrd' ? unique(folder).concat(ending) : unique(folder)
  }
}

/** Too long a path ends in a hash of all of it, so that it stays the same and stays apart from others. */
function shorten(folder: string): string {
  if (folder.length <= longestFolder) return folder
  const tail = createHash('sha256').update(folder).digest('hex').slice(0, 10)
  const kept = folder.slice(0, longestFolder - tail.length - 1).toWellFormed()
  return `${kept.replace(/[./ ]+$/, '')}~${tail}`
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
export function bundleReadme(has: { readonly index: boolean; readonly signature: boolean }): string {
  return `This is mail that was exported by Mail Desk. You need no Mail Desk to read or to check it.

${has.index ? `${bundleFiles.index}      all folders and messages as pages for your browser; they need no network.\n` : ''}mail/           the messages, byte for byte as the mail server gave them:
                .mbox files (mboxrd: quoted lines have one more ">" in front), or one .eml file a message, or
                Maildir folders (with "!2," in file names where Maildir has ":2,", for Windows' sake).
messages.jsonl  one line a message: its file, SHA-256, size, folder, UID, flags, date.
manifest.json   what this is: source, time, counts, and what the server had that is not here, and why.
custody.html    who made this bundle, when and why; print it and let each later holder sign. custody.json is
                the same for programs.
SHA256SUMS      checksums of all files. To check them, unpack and run:   sha256sum -c SHA256SUMS
${has.signature ? signatureReadme : ''}
With Mail Desk:   mail-desk bundle verify FILE.zip
`
}

const signatureReadme = `${bundleFiles.rawSignature}  an Ed25519 signature over SHA256SUMS. To check it (OpenSSL 3):
                openssl pkeyutl -verify -pubin -inkey signing-key.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig
                It shows that whoever holds the key made this bundle. Whose key it is, only its fingerprint shows:
                openssl pkey -pubin -in signing-key.pem -outform DER | sha256sum
                Compare it with the one that you were told by another way. signature.json has the same for programs.
`

/** The list of a split bundle's zips. `mail.zip`: `mail.SHA256SUMS`. */
export function setSumsName(file: string): string {
  return `${file.replace(/\.zip(\.age)?$/i, '')}.SHA256SUMS`
}
