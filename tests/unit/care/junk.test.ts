import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isJunkFolder, readJunkSigns } from '../../../core/care/junk.ts'

const folder = (path: string, specialUse: string | null = null) => ({ path, delimiter: '/', specialUse })

describe('Junk', () => {
  test('folders are known by their use, else by their name in many languages', () => {
    const named = [
      'Junk',
      'INBOX/Spam',
      'SPAM',
      'Courrier indésirable',
      'Спам',
      '迷惑メール',
      'Ongewenste e-mail',
    ]
    expect([
      named.every((path) => isJunkFolder(folder(path))),
      isJunkFolder(folder('Weird', '\\Junk')),
      // What the server gives another use is not junk, whatever its name.
      isJunkFolder(folder('Spam', '\\Archive')),
      ['INBOX', 'Spam reports', 'Archive'].some((path) => isJunkFolder(folder(path))),
    ]).toEqual([true, true, false, false])
  })

  test('signs are read from headers, folded ones too; of authentication only what failed', () => {
    const header = [
      'Received: from x',
      'X-Spam-Status: Yes, score=9.1',
      '\ttests=BAYES_99,\x1b[31mRED',
      'Authentication-Results: mx; spf=softfail; dkim=pass; dmarc=fail (p=reject)',
      'Subject: X-Spam-Flag: YES',
      '',
    ].join('\r\n')
    expect(readJunkSigns(header)).toEqual([
      { header: 'X-Spam-Status', says: 'Yes, score=9.1 tests=BAYES_99, [31mRED' },
      { header: 'Authentication-Results', says: 'spf=softfail, dmarc=fail' },
    ])
  })

  test('whatever a sender writes, signs stay few, short and free of control characters', () => {
    const piece = fc.constantFrom('a', ' ', ';', '\u0007', '\u202e', '\ud800', 'spf=fail', 'dkim=none ', '名')
    const line = fc.tuple(
      fc.constantFrom('X-Spam-Report', 'Authentication-Results', 'X-Spam-Level', ' ', ''),
      fc.string({ unit: piece, maxLength: 120 }),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const signs = readJunkSigns(lines.map(([name, value]) => `${name}:${value}`).join('\r\n'))
        return signs.length <= 12 && signs.every(({ says }) => says.length <= 300 && !/\p{Cc}/u.test(says))
      }),
    )
  })
})
