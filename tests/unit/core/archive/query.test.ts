import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseQuery, wantedTexts } from '../../../../core/archive/query.ts'
import type { QueryNode } from '../../../../core/archive/query.ts'

const nowMs = new Date(2026, 10, 24, 12).getTime()
const parse = (text: string) => parseQuery(text, nowMs)
const day = (year: number, month: number, date: number) => new Date(year, month - 1, date).getTime()

/** A question written out with all its brackets. */
function show(node: QueryNode | null): string {
  if (node === null) return ''
  switch (node.kind) {
    case 'and':
      return `(${node.nodes.map(show).join(' & ')})`
    case 'or':
      return `(${node.nodes.map(show).join(' | ')})`
    case 'not':
      return `!${show(node.node)}`
    case 'text':
      return `${node.field === null ? '' : `${node.field}=`}${node.text}${node.prefix ? '…' : ''}`
    default:
      return Object.values(node).join('=')
  }
}

describe('a question to the archive', () => {
  it('has words, phrases, groups, alternatives and exclusions, as people expect', () => {
    const questions = [
      'invoice har',
      'invoice harbour ',
      '"harbour meeting" -draft',
      '"open quo',
      'a OR b c',
      '(a OR b) c NOT d ',
      'from:(ana OR ben) AND subject:"tide table"',
      'foo-bar http://x.y:80 Re: wor*  z ',
      'from: ana ',
      '“typographic quotes” ',
      '-from:ana x ',
    ]
    expect(questions.map((text) => show(parse(text).node))).toEqual([
      '(invoice & har…)',
      '(invoice & harbour)',
      '(harbour meeting & !draft)',
      'open quo…',
      '(a | (b & c))',
      '((a | b) & c & !d)',
      '((sender=ana | sender=ben) & subject=tide table)',
      '(foo-bar & http://x.y:80 & Re: & wor*… & z)',
      'sender=ana',
      'typographic quotes',
      '(!sender=ana & x)',
    ])
  })

  it('has operators for places, states, sizes and dates', () => {
    const texts = ['in:"Sent Items"', 'label:Work', 'mailbox:ana', 'has:attachment', 'type:.PDF', 'is:unread']
    const sizes = ['size:>1.5mb', 'size:<10k', 'larger:2g', 'smaller:500']
    const dates = ['before:2025', 'after:2025-03', 'on:2025-03-14', 'after:7d', 'on:yesterday']
    const terms = (all: readonly string[]) => all.map((text) => parse(text).node)
    expect([terms(texts), terms(sizes), terms(dates)]).toEqual([
      [
        { kind: 'folder', name: 'Sent Items' },
        { kind: 'label', name: 'Work' },
        { kind: 'source', name: 'ana' },
        { kind: 'attachment' },
        { kind: 'type', type: 'pdf' },
        { kind: 'state', state: 'unread' },
      ],
      [
        { kind: 'size', atLeast: 1_500_000, below: null },
        { kind: 'size', atLeast: null, below: 10_000 },
        { kind: 'size', atLeast: 2_000_000_000, below: null },
        { kind: 'size', atLeast: null, below: 500 },
      ],
      [
        { kind: 'date', fromMs: null, untilMs: day(2025, 1, 1) },
        { kind: 'date', fromMs: day(2025, 3, 1), untilMs: null },
        { kind: 'date', fromMs: day(2025, 3, 14), untilMs: day(2025, 3, 15) },
        { kind: 'date', fromMs: nowMs - 7 * 86_400_000, untilMs: null },
        { kind: 'date', fromMs: day(2026, 11, 23), untilMs: day(2026, 11, 24) },
      ],
    ])
  })

  it('says in a sentence what it cannot understand', () => {
    const problems = ['before:2025-04-31', 'size:big', 'is:odd', 'has:wings', '('.repeat(30) + 'x'].map(
      (text) => parse(text).problems,
    )
    expect(problems).toEqual([
      ['before: wants a date, such as 2025, 2025-03, 2025-03-14 or 7d.'],
      ['size: wants a size, such as >1mb or 500k.'],
      ['is: knows unread, read, flagged, answered, gone, here.'],
      ['has: knows “attachment” only.'],
      ['This is nested too deeply, or has too many conditions.'],
    ])
  })

  it('is read whatever is typed, and never larger than what was typed', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      '"',
      '-',
      ' ',
      'OR',
      'NOT',
      'from:',
      'size:>',
      'on:2025',
      'x*',
      ':',
      '会議',
    )
    const typed = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.array(piece, { maxLength: 200 }).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(typed, (text) => {
        const { node } = parse(text)
        expect(wantedTexts(node).length).toBeLessThanOrEqual(Math.min(100, text.length))
      }),
    )
  })

  it('finds each word that was typed, as a word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z0-9]{1,8}$/), { minLength: 1, maxLength: 20 }),
        (words) => {
          expect(wantedTexts(parse(`${words.join(' ')} `).node).map(({ text }) => text)).toEqual(words)
        },
      ),
    )
  })
})
