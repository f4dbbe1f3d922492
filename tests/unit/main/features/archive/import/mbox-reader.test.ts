import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MboxVariant } from '../../../../../../core/archive/mbox-variants.ts'
import { fromLineTime } from '../../../../../../core/archive/mbox-variants.ts'
import { readMbox } from '../../../../../../main/features/archive/import/mbox-reader.ts'
import { toMboxrdChunks } from '../../../../../../main/features/archive/store/frame.ts'

/** A message as mboxo, mboxcl and mboxcl2 write it; mboxrd is written by the archive's own code. */
function writeEntry(variant: MboxVariant, message: Buffer): Buffer {
  if (variant === 'mboxrd')
    return Buffer.concat([...toMboxrdChunks([message], 'ana@b.example', 1_700_000_000_000)])
  const from = Buffer.from('From ana@b.example Tue Nov 14 22:13:20 2023\n')
  const stored =
    variant === 'mboxcl2'
      ? message
      : Buffer.from(message.toString('latin1').replace(/^From /gm, '>From '), 'latin1')
  return Buffer.concat([from, stored, Buffer.from('\n')])
}

async function* inChunks(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve()
    yield bytes.subarray(at, at + size)
  }
}

async function readAll(
  file: Buffer,
  options: { variant: MboxVariant; strict?: boolean; chunk?: number; holdBytes?: number },
) {
  const { variant, strict = false, chunk = 7, holdBytes = 1 << 24 } = options
  const found: { bytes: Buffer; doubts: readonly string[]; fromLine: string }[] = []
  for await (const message of readMbox(inChunks(file, chunk), { variant, strict, holdBytes })) {
    const pieces: Uint8Array[] = []
    for await (const piece of message.pieces ?? []) pieces.push(Buffer.from(piece))
    const bytes = Buffer.from(message.bytes ?? Buffer.concat(pieces))
    found.push({ bytes, doubts: message.doubts, fromLine: message.fromLine })
  }
  return found
}

const line = fc.constantFrom(
  'From ben@b.example Tue Nov 14 22:13:20 2023',
  '>From x',
  '>>From y',
  'From the quay',
  '',
  'text',
  '\r',
  '>',
  'a: b',
)
const body = fc.array(line, { maxLength: 12 }).map((lines) => lines.map((one) => `${one}\n`).join(''))
const message = body.map((text) => Buffer.from(`Subject: x\n\n${text}`))
const chunk = fc.integer({ min: 1, max: 40 })

describe('an mbox reader', () => {
  it('reads back every mboxrd file to the byte, in whatever pieces it arrives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 6 }), chunk, async (messages, size) => {
        const file = Buffer.concat(messages.map((one) => writeEntry('mboxrd', one)))
        const read = await readAll(file, { variant: 'mboxrd', strict: true, chunk: size })
        expect(read.map(({ bytes }) => bytes.toString())).toEqual(messages.map(String))
      }),
    )
  })

  it('reads back large messages piece by piece as it reads small ones whole', async () => {
    const variants = fc.constantFrom<MboxVariant>('mboxo', 'mboxrd', 'mboxcl2')
    await fc.assert(
      fc.asyncProperty(
        fc.array(message, { minLength: 1, maxLength: 4 }),
        chunk,
        variants,
        async (all, size, variant) => {
          const file = Buffer.concat(
            all.map((one) => writeEntry(variant === 'mboxcl2' ? 'mboxrd' : variant, one)),
          )
          const whole = await readAll(file, { variant, chunk: size })
          const pieces = await readAll(file, { variant, chunk: size, holdBytes: 3 })
          expect(pieces.map(({ bytes }) => bytes.toString())).toEqual(
            whole.map(({ bytes }) => bytes.toString()),
          )
        },
      ),
    )
  })

  it('reads mboxcl2 by its lengths, whatever stands in the messages', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(body, { minLength: 1, maxLength: 5 }),
        chunk,
        fc.boolean(),
        async (bodies, size, large) => {
          const messages = bodies.map((text) =>
            Buffer.from(`Content-Length: ${text.length}\nSubject: x\n\n${text}`),
          )
          const file = Buffer.concat(messages.map((one) => writeEntry('mboxcl2', one)))
          const read = await readAll(file, {
            variant: 'mboxcl2',
            chunk: size,
            holdBytes: large ? 5 : 1 << 20,
          })
          expect(read.map(({ bytes }) => bytes.toString())).toEqual(messages.map(String))
        },
      ),
    )
  })

  it('goes on by the separators where a length lies, and says so', async () => {
    const messages = [3, 10_000].map((length) => Buffer.from(`Content-Length: ${length}\n\nhello quay\n`))
    const file = Buffer.concat(messages.map((one) => writeEntry('mboxcl2', one)))
    const read = await readAll(file, { variant: 'mboxcl' })
    expect(read.map(({ bytes, doubts }) => [bytes.toString(), doubts.length])).toEqual(
      messages.map((one) => [one.toString(), 1]),
    )
  })

  it('reads what Python wrote', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'python-mbox-'))
    const pythons = fc.array(
      fc
        .array(fc.constantFrom('From ben Tue Nov 14 22:13:20 2023', 'From me', 'x', '', 'Grüße'), {
          maxLength: 8,
        })
        .map((lines) => `Subject: x\n\n${lines.map((one) => `${one}\n`).join('')}`),
      { minLength: 1, maxLength: 8 },
    )
    try {
      await fc.assert(
        fc.asyncProperty(pythons, async (texts) => {
          writeFileSync(join(folder, 'in.json'), JSON.stringify(texts))
          rmSync(join(folder, 'out.mbox'), { force: true })
          execFileSync('python3', ['-c', pythonWriter, join(folder, 'in.json'), join(folder, 'out.mbox')])
          const read = await readAll(readFileSync(join(folder, 'out.mbox')), {
            variant: 'mboxo',
            chunk: 1000,
          })
          expect(read.map(({ bytes }) => bytes.toString())).toEqual(texts)
        }),
        { numRuns: 15 },
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('does not take a line of text for the beginning of a message, and lists what it was not sure of', async () => {
    const file = [
      'From ana@b.example Tue Nov 14 22:13:20 2023',
      'Subject: one',
      '',
      'Hello,',
      '',
      'From the quay we saw it.',
      'From ben@b.example Tue Nov 14 22:13:20 2023',
      'is what he wrote.',
      'From ben@b.example Tue Nov 14 22:13:20 2023',
      'Subject: two',
      '',
      'hi',
      '',
    ].join('\n')
    const read = await readAll(Buffer.from(file), { variant: 'mboxrd' })
    expect(read.map(({ bytes, doubts }) => [bytes.toString().split('\n')[0], doubts])).toEqual([
      [
        'Subject: one',
        [
          'A line begins with “From ” but has no date; it was taken as text.',
          'A line looks like the beginning of a message; it was taken as text.',
          'No blank line stands before the message that follows; it was taken to begin there.',
        ],
      ],
      ['Subject: two', []],
    ])
  })

  it('reads files with CRLF, with text before the first message, without an end, and with nothing in them', async () => {
    const crlf =
      'junk\r\nFrom a Tue Nov 14 22:13:20 2023\r\nA: b\r\n\r\nx\r\n\r\nFrom a Tue Nov 14 22:13:20 2023\r\nA: c\r\n\r\ny'
    const texts = async (file: string) =>
      (await readAll(Buffer.from(file), { variant: 'mboxrd' })).map(({ bytes }) => bytes.toString())
    expect([await texts(crlf), await texts(''), await texts('no mail at all\n')]).toEqual([
      ['A: b\r\n\r\nx\r\n', 'A: c\r\n\r\ny'],
      [],
      [],
    ])
  })

  it('knows when a message came, from separators of several programs', () => {
    const lines = [
      'From ana@b.example Tue Nov 14 22:13:20 2023',
      'From 1234567@xxx Tue Nov 14 22:13:20 +0000 2023',
      'From - Tue Nov 14 23:13:20 +0100 2023',
      'From MAILER-DAEMON Thu Jan  1 00:00:00 1970',
      'From nobody',
    ]
    const at = Date.UTC(2023, 10, 14, 22, 13, 20)
    expect(lines.map(fromLineTime)).toEqual([at, at, at, null, null])
  })
})

const pythonWriter = `
import json, mailbox, sys
box = mailbox.mbox(sys.argv[2])
for text in json.load(open(sys.argv[1])):
    box.add(text.encode())
box.flush()
`
