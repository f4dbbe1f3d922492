import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseQuery, wantedTexts } from '../../../../core/archive/query.ts'
import { findHits, makeSnippet, toNeedles } from '../../../../core/archive/snippet.ts'

const needles = (question: string) => toNeedles(wantedTexts(parseQuery(question, 0).node))
const marked = (text: string, question: string) =>
  findHits(text, needles(question)).map(([start, end]) => text.slice(start, end))

describe('what was found', () => {
  it('is marked where it stands, whole words only, without case and accents', () => {
    expect([
      marked('Résumé of the resume, resumed', 'resume '),
      marked('harbour harbours Harbourmaster', 'harbour'),
      marked('tide\r\n  table and tide', '"tide table" '),
      marked('明日の会議室は', '会議'),
      marked('not this', '-this'),
    ]).toEqual([
      ['Résumé', 'resume'],
      ['harbour', 'harbours', 'Harbourmaster'],
      ['tide\r\n  table'],
      ['会議'],
      [],
    ])
  })

  it('is shown in a piece around the place where most of it stands together', () => {
    const far = `${'crane '.repeat(60)}then the harbour crane at the quay${' and more'.repeat(60)}`
    const piece = makeSnippet(far, needles('harbour crane quay '))
    expect([
      piece?.text.includes('harbour crane at the quay'),
      piece?.text.startsWith('… '),
      piece?.text.endsWith(' …'),
      makeSnippet('nothing of it', needles('harbour ')),
    ]).toEqual([true, true, true, null])
  })

  it('is found far behind the beginning, too, where all of it stands only there', () => {
    const filled = (chars: number) => 'tide '.repeat(chars / 5)
    const pieces = [
      makeSnippet(`${filled(20_000)}the harbour crane`, needles('harbour crane ')),
      makeSnippet(`harbour ${filled(20_000)}the harbour crane`, needles('harbour crane ')),
      // A word across the end of what is looked at first is not taken for its beginning.
      makeSnippet(`${filled(7_995)}berthing ${filled(20_000)}`, needles('berth ')),
    ]
    expect(
      pieces.map((piece) => piece && piece.hits.map(([start, end]) => piece.text.slice(start, end))),
    ).toEqual([['harbour', 'crane'], ['harbour', 'crane'], null])
  })

  it('lies within the piece, in order, apart, and is what was asked for', () => {
    const word = fc.constantFrom('tide', 'Tïde', 'crane', '会議', '😀', '\n', 'x'.repeat(50), '\0')
    fc.assert(
      fc.property(fc.array(word, { maxLength: 80 }), (words) => {
        const piece = makeSnippet(words.join(' '), needles('tide 会議 '))
        const hits = piece?.hits ?? []
        expect([
          hits.every(([start, end], n) => start < end && start >= (hits[n - 1]?.[1] ?? 0)),
          hits.every(([start, end]) => /^(?:t[ïi]de|会議)$/i.test(piece?.text.slice(start, end) ?? '')),
          piece?.text.isWellFormed() ?? true,
        ]).toEqual([true, true, true])
      }),
    )
  })
})
