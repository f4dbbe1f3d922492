import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldForMarks, toIndexForm, toPhrase } from '../../../../core/archive/words.ts'
import { openTextWriter } from '../../../../db/archive-text/open.ts'

const db = openTextWriter(':memory:', null)
let next = 0

/** Whether a text is found by words of it, in the real index. */
function finds(text: string, asked: string, prefix = false): boolean {
  const phrase = toPhrase(asked, prefix)
  const rowid = ++next
  db.prepare('INSERT INTO texts (rowid, body) VALUES (?, ?)').run(rowid, toIndexForm(text))
  return (
    phrase !== null &&
    db.prepare('SELECT 1 FROM texts WHERE texts MATCH ? AND rowid = ?').get(phrase, rowid) !== undefined
  )
}

describe('words of all scripts', () => {
  it('are found without case, accents and width', () => {
    expect([
      finds('Le Résumé', 'resume'),
      finds('cafe\u0301 au lait', 'CAFÉ'),
      finds('ＡＢＣ１２３', 'abc123'),
      finds('Съезд партии', 'съезд'),
      finds('Ελλάδα', 'ελλαδα'),
      finds('شركة الميناء', 'الميناء'),
      finds('שָׁלוֹם', 'שלום'),
      finds('مُحَمَّد', 'محمد'),
      finds('हिन्दी में पत्र', 'हिन्दी'),
      finds('harbour', 'harb', true),
      finds('harbour', 'harb'),
    ]).toEqual([true, true, true, true, true, true, true, true, true, true, false])
  })

  it('are found in scripts without spaces by any stretch of them, and by no other', () => {
    expect([
      finds('明日の会議室は三階です', '会議室'),
      finds('明日の会議室は三階です', '議'),
      finds('明日の会議室は三階です', '階です'),
      finds('明日の会議室は三階です', '会室'),
      finds('การประชุมพรุ่งนี้', 'ประชุม'),
      finds('회의실에서 만나요', '의실'),
      finds('第3会議室 A棟', '3会議'),
      finds('第3会議室 A棟', '会議室 A棟'),
      finds('カタカナー語', 'カナー'),
    ]).toEqual([true, true, true, false, true, true, true, true, true])
  })

  it('are found by every stretch of whatever text they stand in', () => {
    const character = fc.constantFrom(...'会 議 室 東 京 あ い ア イ ก ข ค 한 국 中 文'.split(' '))
    fc.assert(
      fc.property(
        fc.array(character, { minLength: 1, maxLength: 12 }),
        fc.nat(),
        fc.nat(),
        (all, from, length) => {
          const start = from % all.length
          const end = start + 1 + (length % (all.length - start))
          expect(finds(`x ${all.join('')} y`, all.slice(start, end).join(''))).toBe(true)
        },
      ),
    )
  })

  it('ask nothing of FTS5 but to find them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.boolean(), (asked, prefix) => {
        expect(typeof finds('text', asked, prefix)).toBe('boolean')
      }),
    )
  })

  it('are folded for marking without moving', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        expect(foldForMarks(text).length).toBe(text.length)
      }),
    )
  })
})
