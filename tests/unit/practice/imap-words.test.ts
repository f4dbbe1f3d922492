import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeWords } from '../../../main/practice/imap/search.ts'
import { formatSet, parseSet } from '../../../main/practice/imap/sequence.ts'
import { quote, SyntaxRefused, tokenize } from '../../../main/practice/imap/tokens.ts'
import { decodeFolderName, encodeFolderName } from '../../../main/practice/imap/utf7.ts'

const atom = (text: string) => ({ kind: 'atom', text })
const string = (text: string) => ({ kind: 'string', bytes: Buffer.from(text) })

describe('commands', () => {
  test('atoms, strings, literals and lists are told apart, and a section keeps its spaces', () => {
    const tokens = tokenize([
      '1:* (FLAGS BODY.PEEK[HEADER.FIELDS (TO "X")]<0.9>) "a \\"b\\"" ',
      Buffer.from('lit'),
      '',
    ])
    expect(tokens).toEqual([
      atom('1:*'),
      { kind: 'list', items: [atom('FLAGS'), atom('BODY.PEEK[HEADER.FIELDS (TO "X")]<0.9>')] },
      string('a "b"'),
      string('lit'),
    ])
  })

  test.each(['(a', 'a)', '"a', '((a) b'])('%s is refused as no command', (text) => {
    expect(() => tokenize([text])).toThrow(SyntaxRefused)
  })

  test('any printable text that is quoted is read back', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\x20-\x7e]*$/), (text) => {
        expect(tokenize([quote(text)])).toEqual([string(text)])
      }),
    )
  })
})

describe('folder names', () => {
  test('the example of RFC 3501 is written as it says', () => {
    expect(encodeFolderName('~peter/mail/台北/日本語')).toBe('~peter/mail/&U,BTFw-/&ZeVnLIqe-')
  })

  test('every name comes back as it was', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        (name) => decodeFolderName(encodeFolderName(name)) === name,
      ),
    )
  })
})

describe('sets of numbers', () => {
  test('a formatted set contains exactly its numbers', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), (numbers) => {
        const sorted = [...numbers].sort((a, b) => a - b)
        const contains = parseSet(formatSet(sorted), 60)
        const all = Array.from({ length: 60 }, (_, index) => index + 1)
        expect(all.filter(contains)).toEqual(sorted)
      }),
    )
  })

  test('a star is the largest number, on either side', () => {
    const contains = parseSet('*:4', 6)
    expect([3, 4, 5, 6, 7].filter(contains)).toEqual([4, 5, 6])
  })
})

test('encoded words are read in their charset, and their division is not seen', () => {
  const words = '=?iso-2022-jp?B?GyRCRXQ=?= =?utf-8?Q?_caf=C3=A9?= =?x-moon?B?eA==?='
  expect(decodeWords(words)).toBe('灯 café=?x-moon?B?eA==?=')
})
