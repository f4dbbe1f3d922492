import { connect } from 'node:net'
import { once } from 'node:events'
import type { ImapFlow } from 'imapflow'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startPracticeCompany } from '../../../main/practice/index.ts'
import type { PracticeCompany } from '../../../main/practice/index.ts'
import { imapOf, sendAs } from '../../helpers/practice-clients.ts'

let company: PracticeCompany
let client: ImapFlow
beforeAll(async () => {
  company = await startPracticeCompany()
})
afterAll(() => company[Symbol.asyncDispose]())
const dana = () => company.users.find((user) => user.localPart === 'dana.levy')!
beforeEach(async () => {
  client = imapOf(company, dana())
  await client.connect()
})
afterEach(() => client.logout())

describe('the IMAP server of the practice company', () => {
  test('keeps messages of any bytes exactly, with flags and date', async () => {
    const bytes = Buffer.concat([
      Buffer.from('Subject: x\r\n\r\n'),
      Buffer.from([0xff, 0x80, 0x0d, 0x0a, 0x29]),
    ])
    const date = new Date('2026-03-04T05:06:07Z')
    const stored = await client.append('Archive', bytes, ['\\Flagged', 'later'], date)
    await client.mailboxOpen('Archive')
    const uid = String((stored || {}).uid)
    const got = await client.fetchOne(uid, { source: true, flags: true, internalDate: true }, { uid: true })
    expect(got && [got.source, [...(got.flags ?? [])].sort(), got.internalDate]).toEqual([
      bytes,
      ['\\Flagged', 'later'],
      date,
    ])
  })

  test('moves and copies with the UIDs on both sides', async () => {
    await client.mailboxCreate('Größe & Co/灯')
    const stored = await client.append('Drafts', 'Subject: to be moved\r\n\r\nx')
    await client.mailboxOpen('Drafts')
    const uid = (stored || {}).uid ?? 0
    const copied = await client.messageCopy(String(uid), 'Größe & Co/灯', { uid: true })
    const moved = await client.messageMove(String(uid), 'Größe & Co/灯', { uid: true })
    const status = await client.status('Größe & Co/灯', { messages: true })
    expect([
      copied && copied.uidMap,
      moved && moved.uidMap,
      status && status.messages,
      await client.search({ all: true }),
    ]).toEqual([new Map([[uid, 1]]), new Map([[uid, 2]]), 2, []])
  })

  test('tells a waiting client of new mail at once', async () => {
    await client.mailboxOpen('INBOX')
    const idling = client.idle()
    const arrived = once(client, 'exists')
    await sendAs(company, dana(), dana().address, 'Are you there')
    await arrived
    const found = await client.search({ header: { subject: 'are you there' } })
    await idling
    expect(found && found.length).toBe(1)
  })

  test('finds by text, date, flag and their combinations', async () => {
    await client.mailboxCreate('Search')
    await client.append(
      'Search',
      'From: a@x.example\r\nSubject: =?utf-8?B?6IGe?=\r\n\r\ntide',
      ['\\Seen'],
      '2026-01-02',
    )
    await client.append('Search', 'From: b@x.example\r\nSubject: two\r\n\r\nebb', [], '2026-02-03')
    await client.mailboxOpen('Search')
    const found = await Promise.all([
      client.search({ subject: '聞' }),
      client.search({ or: [{ from: 'a@x' }, { body: 'EBB' }] }),
      client.search({ since: new Date('2026-01-10'), seen: false }),
      client.search({ not: { seen: true }, larger: 10_000 }),
    ])
    expect(found).toEqual([[1], [1, 2], [2], []])
  })

  test('fetches parts and ranges of a message', async () => {
    const text =
      'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\none\r\n--b\r\nX: y\r\n\r\ntwo\r\n--b--\r\n'
    await client.mailboxCreate('Parts')
    await client.append('Parts', text)
    await client.mailboxOpen('Parts')
    const query = { bodyParts: ['1', '2', '2.mime', { key: 'text', start: 0, maxLength: 3 }] }
    const got = await client.fetchOne('1', query)
    const parts = [...((got && got.bodyParts) || [])].map(([key, bytes]) => [key, bytes.toString()])
    expect(Object.fromEntries(parts)).toEqual({
      '1': 'one',
      '2': 'two',
      '2.mime': 'X: y\r\n\r\n',
      text: '--b',
    })
  })
})

test('what a stranger slips in before TLS is forgotten, and nobody signs in without TLS', async () => {
  const socket = connect({ host: '127.0.0.1', port: dana().imap.port })
  const lines: string[] = []
  socket.setEncoding('latin1').on('data', (chunk: string) => lines.push(chunk))
  socket.write('a LOGIN x y\r\nb STARTTLS\r\nc NOOP\r\n')
  while (!lines.join('').includes('b OK')) await once(socket, 'data')
  socket.end()
  await once(socket, 'close')
  const tags = lines.join('').match(/^[abc] \w+( \[\w+\])?/gm)
  expect(tags).toEqual(['a NO [PRIVACYREQUIRED]', 'b OK'])
})
