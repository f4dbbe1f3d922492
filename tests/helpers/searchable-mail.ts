import { fillArchive } from './archive.ts'
import { attach, makeDocx, makePdf } from './office-files.ts'

let clock = 0
/** A message a day later than the one before, so that the newest first is known. */
export const searchableMessage = (
  from: string,
  subject: string,
  body: string,
  more: readonly string[] = [],
) => {
  const date = new Date(Date.UTC(2025, 0, 1 + ++clock, 12)).toUTCString().replace('GMT', '+0000')
  const head = [`From: ${from}`, 'To: Cleo <cleo@b.example>', `Subject: ${subject}`, `Date: ${date}`]
  return Buffer.from([...head, `Message-ID: <${clock}@b.example>`, ...more, '', body].join('\r\n'))
}
const withFiles = (parts: readonly (readonly string[])[]) =>
  [
    '--edge',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'see the files',
    ...parts.flatMap((part) => ['--edge', ...part]),
    '--edge--',
  ].join('\r\n')
const mixed = ['Content-Type: multipart/mixed; boundary=edge']

/** Seven messages in two folders: a conversation, several scripts, files, and one that is broken. */
export async function fillSearchable(root: string): Promise<void> {
  await fillArchive(root, 'INBOX', [
    searchableMessage(
      'Ana <ana@b.example>',
      'Tide table',
      'The harbour master asks for the spring tide table.',
    ),
    searchableMessage('Ben <ben@b.example>', 'Re: Tide table', 'Here it is.', ['In-Reply-To: <1@b.example>']),
    searchableMessage('Ana <ana@b.example>', 'Invoice 1204', 'harbour harbour harbour fees'),
    searchableMessage('Ben <ben@b.example>', '会議室の予約', '明日の会議室は三階です', [
      'Content-Type: text/plain; charset=utf-8',
    ]),
    searchableMessage(
      'Dora <dora@c.example>',
      'Plans',
      withFiles([
        attach('quay-plan.pdf', 'application/pdf', makePdf(['Berth seven is deep'])),
        attach('notes.docx', 'application/octet-stream', await makeDocx(['pilotage exemption'])),
      ]),
      mixed,
    ),
    searchableMessage(
      'Dora <dora@c.example>',
      'Broken',
      withFiles([attach('report.pdf', 'application/pdf', Buffer.from('%PDF-1.7 broken'))]),
      mixed,
    ),
  ])
  await fillArchive(root, 'Work/Sent', [
    searchableMessage('Cleo <cleo@b.example>', 'Crane', `slack water ${'x'.repeat(60_000)}`),
  ])
}
