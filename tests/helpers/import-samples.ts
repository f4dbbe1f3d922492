import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'

/** Files by path, as the samples of formats are written down. */
export type Sample = Readonly<Record<string, string | Buffer>>

/** A message that is told from others by its number. */
export const plainMessage = (n: number, more = ''): string =>
  `From: Ben <ben@b.example>\nTo: ana@b.example\nDelivered-To: ana@b.example\n${more}Subject: number ${n}\nDate: Tue, 14 Nov 2023 22:13:2${n % 10} +0000\nMessage-ID: <${n}@b.example>\n\nText ${n}\n`

/** Some messages as an mbox file. */
export const mboxOf = (...messages: readonly string[]): string =>
  messages
    .map((one) => `From ben@b.example Tue Nov 14 22:13:20 2023\n${one.replace(/^(>*From )/gm, '>$1')}\n`)
    .join('')

/** A message as Apple Mail keeps it. */
export function emlxOf(message: string, flags: number): string {
  const list = `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "x">\n<plist version="1.0">\n<dict>\n\t<key>date-received</key>\n\t<integer>1700000000</integer>\n\t<key>flags</key>\n\t<integer>${flags}</integer>\n</dict>\n</plist>\n`
  return `${Buffer.byteLength(message)}      \n${message}${list}`
}

/** Each format as programs leave it, with three messages, numbered from 1. */
export const samples = {
  mbox: { 'Sent.mbox': mboxOf(plainMessage(1), plainMessage(2, 'Status: RO\n'), plainMessage(3)) },
  thunderbird: {
    'Inbox.msf': '// msf',
    Inbox: mboxOf(plainMessage(1, 'X-Mozilla-Status: 0005\n')),
    'Inbox.sbd/Work': mboxOf(plainMessage(2)),
    Sent: mboxOf(plainMessage(3)),
  },
  maildir: {
    'Maildir/cur/1700000001.a.host:2,FS': plainMessage(1),
    'Maildir/new/1700000002.b.host': plainMessage(2),
    'Maildir/tmp/1700000009.x.host': 'half',
    'Maildir/dovecot.index': 'x',
    'Maildir/.Entw&APw-rfe.2024/cur/1700000003.c.host!2,DR': plainMessage(3),
  },
  eml: {
    'Project/one.eml': plainMessage(1),
    'Project/sub/two.EML': plainMessage(2),
    'Project/three.eml': plainMessage(3),
    'Project/readme.pdf': '%PDF',
  },
  applePackage: {
    'Export/Work.mbox/mbox': mboxOf(plainMessage(1), plainMessage(2)),
    'Export/Work.mbox/table_of_contents': 'x',
    'Export/Work.mbox/Old.mbox/mbox': mboxOf(plainMessage(3)),
  },
  appleStore: {
    'V10/INBOX.mbox/0F1E2D3C-0000-4000-8000-1234567890AB/Data/1/Messages/11.emlx': emlxOf(plainMessage(1), 1),
    'V10/INBOX.mbox/Sub.mbox/0F1E2D3C-0000-4000-8000-1234567890AB/Data/Messages/12.emlx': emlxOf(
      plainMessage(2),
      0b10101,
    ),
    'V10/INBOX.mbox/0F1E2D3C-0000-4000-8000-1234567890AB/Data/1/Messages/13.partial.emlx': emlxOf(
      plainMessage(3, 'X-Apple-Content-Length: 12345\n'),
      0,
    ),
    'V10/INBOX.mbox/0F1E2D3C-0000-4000-8000-1234567890AB/Data/1/Attachments/13/2/plan.pdf': '%PDF',
  },
  takeout: {
    'Takeout/archive_browser.html': '<html>',
    'Takeout/Mail/All mail Including Spam and Trash.mbox': mboxOf(
      plainMessage(1, 'X-GM-THRID: 1\nX-Gmail-Labels: Inbox,"Ben, work",Starred\n'),
      plainMessage(2, 'X-Gmail-Labels: =?UTF-8?Q?Entw=C3=BCrfe=2CUnread?=\n'),
      plainMessage(3, 'X-Gmail-Labels: Sent\n'),
    ),
  },
} as const satisfies Readonly<Record<string, Sample>>

/** Writes a sample into a folder. */
export function writeSample(folder: string, sample: Sample): string {
  for (const [path, content] of Object.entries(sample)) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
  return folder
}

/** Writes a sample as a zip. */
export async function zipSample(file: string, sample: Sample): Promise<string> {
  const zip = new ZipFile()
  for (const [path, content] of Object.entries(sample)) zip.addBuffer(Buffer.from(content), path)
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(file))
  return file
}
