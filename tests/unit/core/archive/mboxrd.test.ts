import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  findFrom,
  fromMboxEntry,
  mboxFromLine,
  toMboxEntry,
  unquoteMboxrd,
} from '../../../../core/archive/mboxrd.ts'

const fromLine = Buffer.from(mboxFromLine('ana@harbour.example', Date.UTC(2026, 0, 5, 7, 8, 9)))
const fastFind = (bytes: Uint8Array, start: number) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf('From ', start)

/** Messages made of the pieces that mbox gets wrong, and of any bytes at all. */
const messages = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc
    .array(
      fc.constantFrom(
        'From ',
        '>From ',
        '>>From x',
        '>',
        '\n',
        '\r\n',
        '\r',
        '\0',
        'From',
        'Fro',
        ' ',
        'text',
        'é',
        '\n\n',
      ),
      {
        maxLength: 40,
      },
    )
    .map((parts) => new Uint8Array(Buffer.from(parts.join('')))),
)

describe('mboxrd', () => {
  it('gives every message back to the byte, whatever is in it', () => {
    fc.assert(
      fc.property(messages, (message) => {
        const entry = toMboxEntry(message, fromLine)
        const back = fromMboxEntry(entry.bytes, entry.newlineAdded)
        expect(Buffer.from(back ?? [])).toEqual(Buffer.from(message))
        expect(back).not.toBeNull()
      }),
      { numRuns: 2000 },
    )
  })

  it('has exactly one separator line, so that a reader finds exactly one message', () => {
    fc.assert(
      fc.property(messages, (message) => {
        const text = Buffer.from(toMboxEntry(message, fromLine).bytes).toString('latin1')
        expect(text.split('\n').filter((line) => line.startsWith('From '))).toHaveLength(1)
        expect(text.endsWith('\n')).toBe(true)
      }),
    )
  })

  it('comes out the same with the fast search as with the plain one', () => {
    fc.assert(
      fc.property(messages, (message) => {
        expect(toMboxEntry(message, fromLine, fastFind)).toEqual(toMboxEntry(message, fromLine, findFrom))
      }),
    )
  })

  it('quotes lines that begin with From and any number of signs before it, and nothing else', () => {
    const message = Buffer.from('From a\n>From b\n>>From c\n From d\nFrom\nxFrom e')
    expect(Buffer.from(toMboxEntry(message, fromLine).bytes).toString()).toBe(
      'From ana@harbour.example Mon Jan  5 07:08:09 2026\n' +
        '>From a\n>>From b\n>>>From c\n From d\nFrom\nxFrom e\n\n',
    )
  })

  it('refuses bytes that are no entry', () => {
    const entries = ['', 'From x', 'From x\n', 'Frox x\n\n', 'x\nFrom y\n\n', 'From x\nhalf a mess']
    expect(entries.map((entry) => fromMboxEntry(Buffer.from(entry), false))).toEqual(entries.map(() => null))
  })

  it('leaves text without quotes untouched and uncopied', () => {
    const text = new Uint8Array(Buffer.from('no quotes here\n'))
    expect(unquoteMboxrd(text)).toBe(text)
  })

  it('names no sender that would break the separator line', () => {
    const lines = [null, 'two words', 'line\nbreak', 'ünï@x', ''].map((sender) => mboxFromLine(sender, null))
    expect(new Set(lines)).toEqual(new Set(['From MAILER-DAEMON Thu Jan  1 00:00:00 1970\n']))
  })
})
