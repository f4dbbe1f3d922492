import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { people } from '../../../core/practice/people.ts'
import { createAccounts } from '../../../main/practice/accounts.ts'
import { bodyStructure, envelope } from '../../../main/practice/imap/structure.ts'
import { parseMime } from '../../../main/practice/imap/mime.ts'
import { brokenMessages } from '../../../main/practice/mail/broken.ts'
import { composeMessage } from '../../../main/practice/mail/compose.ts'
import { phrases } from '../../../main/practice/mail/words.ts'

const nowMs = Date.UTC(2026, 10, 24, 9)
const ana = { name: 'Ana Lima', address: 'ana.lima@lanternquay.example' }
const misaki = { name: '田中 美咲', address: 'misaki.tanaka@lanternquay.example' }

describe('messages', () => {
  test.each(Object.entries(phrases))(
    'in %s, what was written is read by a mail program',
    async (_, words) => {
      const { subjects, sentences, charset } = words
      const subject = subjects.join(' ')
      const text = sentences.join('\r\n')
      const facts = {
        from: misaki,
        to: [ana],
        subject,
        sentAtMs: nowMs,
        messageId: '<1@lanternquay.example>',
      }
      const read = await PostalMime.parse(composeMessage({ ...facts, text, charset }))
      expect({ subject: read.subject, text: read.text?.trim(), from: read.from }).toEqual({
        subject,
        text,
        from: misaki,
      })
    },
  )

  test('a text that its charset cannot write is sent as UTF-8, not as question marks', async () => {
    const text = 'Dear 田中 美咲, até logo'
    const facts = { from: ana, to: [misaki], subject: text, sentAtMs: nowMs, messageId: '<3@x.example>' }
    const read = await PostalMime.parse(composeMessage({ ...facts, text, charset: 'iso-8859-1' }))
    expect([read.subject, read.text?.trim()]).toEqual([text, text])
  })

  test('a message with an HTML version and a file has the structure that IMAP announces', () => {
    const attachments = [{ name: '灯.csv', mediaType: 'text/csv', bytes: Buffer.from('a;b') }]
    const draft = { from: misaki, to: [ana], subject: 'Lamp', sentAtMs: nowMs, messageId: '<2@x.example>' }
    const part = parseMime(composeMessage({ ...draft, text: 'Hi', html: '<p>Hi</p>', attachments }))
    const text = (subtype: string, bytes: number) =>
      `("text" "${subtype}" ("charset" "utf-8") NIL NIL "base64" ${bytes} 1 NIL NIL NIL NIL)`
    expect(bodyStructure(part, true)).toBe(
      `((${text('plain', 6)}${text('html', 14)} "alternative" ("boundary" "=_alt_quay") NIL NIL NIL)` +
        '("text" "csv" NIL NIL NIL "base64" 6 1 NIL ("attachment" ("filename*" "utf-8\'\'%E7%81%AF.csv")) NIL NIL)' +
        ' "mixed" ("boundary" "=_mix_quay") NIL NIL NIL)',
    )
  })

  test('an envelope names everybody, and who is not named is the author', () => {
    const header =
      'From: "Lima, Ana" <ana@a.example>\r\nTo: b@b.example, C <c@c.example>\r\nSubject: S\r\n\r\n'
    const author = '(("Lima, Ana" NIL "ana" "a.example"))'
    expect(envelope(parseMime(Buffer.from(header)))).toBe(
      `(NIL "S" ${author} ${author} ${author} ((NIL NIL "b" "b.example")("C" NIL "c" "c.example")) NIL NIL NIL NIL)`,
    )
  })

  test('broken messages are described all the same', () => {
    const described = brokenMessages(ana, nowMs).map((bytes) =>
      bodyStructure(parseMime(bytes), false).slice(0, 8),
    )
    expect(new Set(described)).toEqual(new Set(['("text" ', '(("text"']))
  })
})

describe('mailboxes', () => {
  const describeAll = (seed: number) =>
    createAccounts(seed, nowMs).map(({ person, account }) => [
      person.localPart,
      account.password,
      [...account.mail.folders.values()].map((folder) =>
        folder.messages.map((m) => m.bytes.toString('base64')),
      ),
    ])

  test('the same seed gives the same mail and passwords, another seed others', () => {
    const [first, again, other] = [describeAll(7), describeAll(7), describeAll(8)]
    expect([
      JSON.stringify(again) === JSON.stringify(first),
      JSON.stringify(other) === JSON.stringify(first),
    ]).toEqual([true, false])
  })

  test('everybody has mail in the inbox, sent mail and junk', () => {
    const counts = createAccounts(1, nowMs).map(({ account }) =>
      ['INBOX', 'Sent', 'Junk'].every((path) => (account.mail.folders.get(path)?.messages.length ?? 0) > 5),
    )
    expect(counts).toEqual(people.map(() => true))
  })
})
