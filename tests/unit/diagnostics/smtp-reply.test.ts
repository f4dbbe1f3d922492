import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseEhlo, parseSmtpReply } from '../../../core/diagnostics/smtp-reply.ts'

describe('SMTP replies', () => {
  test.each([
    [['250 ok'], { code: 250, enhanced: null, text: 'ok' }],
    [['535 5.7.8 No'], { code: 535, enhanced: '5.7.8', text: 'No' }],
    [
      ['550-5.1.1 Line one', '550 5.1.1 Line two'],
      { code: 550, enhanced: '5.1.1', text: 'Line one\nLine two' },
    ],
    [['220'], { code: 220, enhanced: null, text: '' }],
    [['250-a', '251 b'], null],
    [['HTTP/1.1 400 Bad'], null],
    [[], null],
  ])('%j is read as a reply or not at all', (lines, expected) => {
    expect(parseSmtpReply(lines)).toEqual(expected)
  })

  test('whatever code, enhanced code and text are written, they are read again', () => {
    const digits = fc.integer({ min: 0, max: 999 })
    const text = fc.string({ unit: 'grapheme-ascii' }).filter((s) => s === s.trim() && !/[\r\n]|^\d/.test(s))
    fc.assert(
      fc.property(fc.constantFrom(2, 4, 5), digits, digits, text, (kind, subject, detail, words) => {
        const enhanced = `${kind}.${subject}.${detail}`
        expect(parseSmtpReply([`${kind}50 ${enhanced} ${words}`])).toEqual({
          code: kind * 100 + 50,
          enhanced,
          text: words,
        })
      }),
    )
  })

  test('extensions are read with their parameters, in the old spelling of AUTH too', () => {
    const reply = parseSmtpReply([
      '250-mx hello',
      '250-SIZE 1000',
      '250-AUTH PLAIN',
      '250-AUTH=LOGIN',
      '250 starttls',
    ])!
    expect([...parseEhlo(reply)]).toEqual([
      ['SIZE', ['1000']],
      ['AUTH', ['PLAIN', 'LOGIN']],
      ['STARTTLS', []],
    ])
  })
})
