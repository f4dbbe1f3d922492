import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MessageRow } from '../../../../../core/archive/types.ts'
import { readAttachmentOf, toReadable } from '../../../../../main/features/archive/mime/readable.ts'
import { summarize } from '../../../../../main/features/archive/mime/summary.ts'

const text = (lines: readonly string[]) => Buffer.from(lines.join('\r\n'))
const row: MessageRow = {
  occurrenceId: 1,
  folderId: 1,
  sha256: '',
  subject: '',
  from: '',
  to: '',
  dateMs: null,
  sizeBytes: 0,
  attachmentCount: 0,
  flags: [],
  labels: [],
  presence: 'here',
}
const mixed = text([
  'From: =?utf-8?Q?J=C3=BCrgen?= <j@b.example>',
  'To: a@b.example, "Doe, Jo" <jo@b.example>',
  'Cc: =?iso-8859-1?Q?Ren=E9?= <r@b.example>',
  'Subject: =?utf-8?B?0KHRh9GR0YI=?=',
  ' =?utf-8?B?IDEy?=',
  'Date: Mon, 05 Jan 2026 08:00:00 +0100',
  'Message-ID: <1@b.example>',
  'Content-Type: multipart/mixed; boundary="a b"',
  '',
  '--a b',
  'Content-Type: multipart/related; boundary=a',
  '',
  '--a',
  'Content-Type: text/html',
  '',
  '<img src="cid:pic">',
  '--a',
  'Content-Type: image/png; name=pic.png',
  'Content-ID: <pic>',
  'Content-Disposition: inline; filename=pic.png',
  '',
  'x',
  '--a--',
  '--a b',
  "Content-Type: application/pdf; name*=utf-8''rechnung%20%C3%BC.pdf",
  'Content-Transfer-Encoding: base64',
  '',
  'aGVsbG8=',
  '--a b',
  'Content-Type: message/rfc822',
  '',
  'Subject: inner',
  '',
  'text',
  '--a b--',
])

describe('what is shown of a message', () => {
  it('has its names decoded, its people, its time, and the attachments a reader would count', () => {
    expect(summarize(mixed)).toEqual({
      subject: 'Счёт 12',
      sender: 'Jürgen <j@b.example>',
      recipients: 'a@b.example, Doe, Jo <jo@b.example>, René <r@b.example>',
      messageId: '<1@b.example>',
      dateMs: Date.UTC(2026, 0, 5, 7),
      attachmentCount: 2,
      senderAddress: 'j@b.example',
    })
  })

  it('is empty rather than wrong where nothing can be read', () => {
    const nothing = {
      subject: '',
      sender: '',
      recipients: '',
      messageId: null,
      dateMs: null,
      attachmentCount: 0,
      senderAddress: null,
    }
    expect([Buffer.alloc(0), Buffer.from('\r\n'), Buffer.from([0, 255, 10, 10])].map(summarize)).toEqual([
      nothing,
      nothing,
      nothing,
    ])
  })

  it('can be drawn from any bytes without failing', () => {
    const pieces = fc.constantFrom(
      'Subject: ',
      '=?utf-8?B?',
      '?=',
      '\r\n',
      '\n',
      ' ',
      'Content-Type: multipart/mixed; boundary=x',
      '--x',
      '--x--',
      'From: ',
      '<',
      '"',
      '\0',
      'é',
      ';',
    )
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.array(pieces, { maxLength: 40 }).map((parts) => new Uint8Array(Buffer.from(parts.join('')))),
    )
    fc.assert(
      fc.property(bytes, (message) => {
        const { subject, attachmentCount } = summarize(message)
        expect([subject.isWellFormed(), attachmentCount >= 0]).toEqual([true, true])
      }),
    )
  })

  it('costs bounded work for a message that is nested and split to break readers', () => {
    const nested = Array.from(
      { length: 5000 },
      (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
    ).join('')
    const wide = `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\nContent-Disposition: attachment\r\n\r\nx\r\n'.repeat(20_000)}`
    const counts = [nested, wide].map((message) => summarize(Buffer.from(message)).attachmentCount)
    expect(counts).toEqual([0, 1000])
  })

  it('can be read: text, HTML as text, and attachments by number', async () => {
    const readable = await toReadable(row, mixed)
    const attachment = await readAttachmentOf(
      mixed,
      readable.attachments.find((one) => one.mediaType === 'application/pdf')?.index ?? -1,
    )
    expect([
      readable.html?.trim(),
      readable.attachments.map((one) => [one.filename, one.inline]),
      attachment,
    ]).toEqual([
      expect.stringContaining('<img src="cid:pic">'),
      [
        ['pic.png', true],
        ['rechnung ü.pdf', false],
        [expect.any(String), false],
      ].slice(0, readable.attachments.length),
      { filename: 'rechnung ü.pdf', mediaType: 'application/pdf', sizeBytes: 5, contentBase64: 'aGVsbG8=' },
    ])
  })

  it('says why it cannot be read, and shows the headers all the same', async () => {
    const deep = Array.from(
      { length: 80 },
      (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
    ).join('')
    const { parseProblem, headers } = await toReadable(row, Buffer.from(`Subject: deep\r\n${deep}`))
    expect([typeof parseProblem, headers[0]]).toEqual(['string', { name: 'subject', value: 'deep' }])
  })

  it('has no attachment under a number that does not exist', async () => {
    await expect(readAttachmentOf(mixed, 99)).rejects.toMatchObject({ code: 'record.not_found' })
  })
})
