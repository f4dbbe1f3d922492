import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkChain, tilePacks } from '../../../../core/archive/ledger.ts'
import type { LedgerLine } from '../../../../core/archive/ledger.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const hash = sha256('bytes')

/** A ledger whose appended segments have the given lengths, all in pack 1. */
function ledgerOf(lengths: readonly number[]): readonly string[] {
  const texts: string[] = []
  let from = 0
  for (const length of lengths) {
    const segment = { pack: 1, generation: 0, from, to: from + length, sha256: hash, how: 'written' }
    const last = texts.at(-1)
    const previous = last === undefined ? null : sha256(last)
    const entry = { kind: 'appended', ...segment }
    texts.push(JSON.stringify({ seq: texts.length + 1, atMs: 1, previous, entry }))
    from += length
  }
  return texts
}

const lengths = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 2, maxLength: 20 })

describe('the chain of a ledger', () => {
  it('holds when nothing was changed, and its segments lie side by side', () => {
    fc.assert(
      fc.property(lengths, (sizes) => {
        const { lines, broken } = checkChain(ledgerOf(sizes), sha256)
        const { packs, problems } = tilePacks(lines)
        expect([broken, problems, packs.get(1)?.end, packs.get(1)?.segments.length]).toEqual([
          null,
          [],
          sizes.reduce((sum, one) => sum + one, 0),
          sizes.length,
        ])
      }),
    )
  })

  it('breaks at the line behind one that was changed, and at one that was taken out or turned round', () => {
    fc.assert(
      fc.property(lengths, fc.nat(), (sizes, pick) => {
        const texts = ledgerOf(sizes)
        const at = pick % (texts.length - 1)
        const changed = texts.with(at, (texts[at] ?? '').replace('"atMs":1', '"atMs":2'))
        const without = texts.toSpliced(at, 1)
        const turned = texts.with(at, texts[at + 1] ?? '').with(at + 1, texts[at] ?? '')
        const brokenAt = (lines: readonly string[]) => checkChain(lines, sha256).broken?.line
        expect([brokenAt(changed), brokenAt(without), brokenAt(turned)]).toEqual([at + 2, at + 1, at + 1])
      }),
    )
  })

  it('says what is wrong in words', () => {
    const texts = ledgerOf([1, 2, 3])
    const checks = [
      texts.with(1, 'not json'),
      texts.slice(1),
      texts.with(0, (texts[0] ?? '').replace('1', '1 ')),
    ]
    expect(checks.map((lines) => checkChain(lines, sha256).broken)).toEqual([
      { line: 2, problem: 'this line cannot be read' },
      { line: 1, problem: 'this line says that it is number 2' },
      { line: 2, problem: 'the line before this one was changed, taken out or put in' },
    ])
  })
})

describe('the segments of packs', () => {
  const line = (seq: number, entry: LedgerLine['entry']): LedgerLine => ({
    seq,
    atMs: 1,
    previous: null,
    entry,
  })
  const appended = (generation: number, from: number, to: number) =>
    ({ kind: 'appended', pack: 1, generation, from, to, sha256: hash, how: 'written' }) as const

  it('begin again where a pack was written anew', () => {
    const why = 'retention'
    const rewritten = {
      kind: 'rewritten',
      pack: 1,
      generation: 1,
      bytes: 30,
      sha256: hash,
      why,
      details: {},
    } as const
    const lines = [line(1, appended(0, 0, 50)), line(2, rewritten), line(3, appended(1, 30, 40))]
    const { packs, problems } = tilePacks(lines)
    expect([problems, packs.get(1)?.segments.map(({ seq, from, to }) => [seq, from, to])]).toEqual([
      [],
      [
        [2, 0, 30],
        [3, 30, 40],
      ],
    ])
  })

  it('that leave a gap, overlap or belong to another generation are named by their line', () => {
    const lines = [appended(0, 0, 10), appended(0, 11, 20), appended(0, 5, 20), appended(1, 10, 20)]
    const { packs, problems } = tilePacks(lines.map((entry, at) => line(at + 1, entry)))
    expect([packs.get(1)?.end, problems.map((one) => one.line)]).toEqual([10, [2, 3, 4]])
  })
})
