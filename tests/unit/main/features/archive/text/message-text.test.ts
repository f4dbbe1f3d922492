import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeTransfer } from '../../../../../../main/features/archive/text/decode.ts'
import { readMessageText } from '../../../../../../main/features/archive/text/message-text.ts'
import { attach, makePdf } from '../../../../../helpers/office-files.ts'

const message = (lines: readonly (string | readonly string[])[]) => Buffer.from(lines.flat().join('\r\n'))
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

const mixed = message([
  'From: =?utf-8?Q?J=C3=BCrgen?= <j@b.example>',
  'To: Ana <ana@b.example>',
  'Cc: cleo@b.example',
  'Subject: =?utf-8?B?0KHRh9GR0YI=?=',
  'Message-ID: <2@b.example>',
  'In-Reply-To: <1@b.example>',
  'Content-Type: multipart/mixed; boundary=out',
  '',
  '--out',
  'Content-Type: multipart/alternative; boundary=in',
  '',
  '--in',
  'Content-Type: text/plain; charset=iso-8859-1',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'Gr=FC=DFe vom =',
  'Kai',
  '--in',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>Only the <b>H</b>TML says: harbour</p><script>no()</script>',
  '--in--',
  '--out',
  attach('plan.pdf', 'application/pdf', makePdf(['x'])),
  '--out',
  attach('not.pdf', 'application/pdf', Buffer.from('GIF89a, really')),
  '--out',
  'Content-Type: text/csv; name=berths.csv',
  'Content-Disposition: attachment',
  '',
  'berth;ship',
  '--out',
  "Content-Type: image/png; name*=utf-8''Fl%C3%A4che.png",
  '',
  'not decoded',
  '--out',
  'Content-Type: message/rfc822',
  '',
  'Subject: Forwarded tide',
  'From: Ben <ben@b.example>',
  '',
  'inner words',
  '--out--',
])

describe('the text of a message', () => {
  it('has people, subject, body, names and text of attachments, and what is to be taken apart', () => {
    const { body, attached, heavy, ...read } = readMessageText(mixed)
    expect({
      ...read,
      body: oneLine(body),
      attached: attached.map(({ file, text }) => [file, oneLine(text)]),
      heavy: heavy.map(({ file, kind, bytes }) => [file, kind, bytes.subarray(0, 5).toString()]),
    }).toEqual({
      subject: 'Счёт',
      sender: 'Jürgen <j@b.example>',
      recipients: 'Ana <ana@b.example>',
      copied: 'cleo@b.example',
      messageId: '<2@b.example>',
      references: '<1@b.example> ',
      body: 'Grüße vom Kai Only the HTML says: harbour Forwarded tide Ben <ben@b.example> inner words',
      files: ['plan.pdf', 'not.pdf', 'berths.csv', 'Fläche.png'],
      types: ['pdf', 'csv', 'text', 'image', 'png'],
      attached: [['berths.csv', 'berth;ship']],
      heavy: [['plan.pdf', 'pdf', '%PDF-']],
      problems: [{ file: 'not.pdf', problem: 'It is not a PDF file.' }],
    })
  })

  it('is read in charsets of many scripts', () => {
    const text = (charset: string, bytes: Buffer) =>
      oneLine(
        readMessageText(
          Buffer.concat([message([`Content-Type: text/plain; charset=${charset}`, '', '']), bytes]),
        ).body,
      )
    expect([
      text('koi8-r', Buffer.from([0xd3, 0xdf, 0xc5, 0xda, 0xc4])),
      text('shift_jis', Buffer.from([0x89, 0xef, 0x8b, 0x63])),
      text('iso-2022-jp', Buffer.from('\x1b$B2q5D\x1b(B', 'latin1')),
      text('gb18030', Buffer.from([0xbb, 0xe1, 0xd2, 0xe9])),
      text('nobody-knows', Buffer.from('caf\xe9', 'latin1')),
      text('utf-8', Buffer.from('caf\xe9', 'latin1')),
      text('us-ascii', Buffer.from('Grüße')),
    ]).toEqual(['съезд', '会議', '会議', '会议', 'café', 'café', 'Grüße'])
  })

  it('is had from hostile messages in bounded time', () => {
    const deep = `${Array.from({ length: 3_000 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`).join('')}\r\n\r\nbottom`
    const hostile = [
      deep,
      `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(100_000)}`,
      `Subject: x\r\n\r\n${'a'.repeat(5_000_000)}`,
      `Subject: x\r\n\r\nnul \0\0 after`,
      `Content-Type: text/html\r\n\r\n${'<b>'.repeat(600_000)}`,
      `Content-Type: text/html\r\n\r\n${'<'.repeat(1_000_000)}`,
      `Content-Type: text/html\r\n\r\n${'&'.repeat(1_000_000)}`,
      `Content-Transfer-Encoding: quoted-printable\r\n\r\n${'='.repeat(2_000_000)}`,
      `References: ${'<'.repeat(100_000)}\r\n\r\nx`,
      '',
    ]
    const startedMs = performance.now()
    const lengths = hostile.map((text) => readMessageText(Buffer.from(text)).body.length <= 1_000_100)
    expect([lengths.every(Boolean), performance.now() - startedMs < 15_000]).toEqual([true, true])
  }, 30_000)

  it('never fails, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3_000 }), (bytes) => {
        expect(
          typeof readMessageText(Buffer.concat([mixed.subarray(0, bytes.length % mixed.length), bytes])).body,
        ).toBe('string')
      }),
    )
  })

  it('is what it was before it was made quoted-printable', () => {
    const encode = (bytes: Uint8Array) =>
      [...bytes].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('=\r\n')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect([...decodeTransfer(Buffer.from(encode(bytes)), 'quoted-printable', 1_000)]).toEqual([...bytes])
      }),
    )
  })
})
