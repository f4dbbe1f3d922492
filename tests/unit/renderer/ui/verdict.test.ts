import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gravest, lookOf, type Verdict } from '../../../../renderer/ui/verdict.ts'

const verdicts: readonly Verdict[] = ['fail', 'warning', 'unknown', 'pass', 'not_applicable']

test('No verdict at all is unknown, not pass.', () => {
  expect(gravest([])).toBe('unknown')
})

test('The gravest verdict is the first in the order fail, warning, unknown, pass, not applicable.', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...verdicts), { minLength: 1 }), (some) => {
      expect(gravest(some)).toBe(verdicts.find((verdict) => some.includes(verdict)))
    }),
  )
})

test('Each verdict has a word of its own.', () => {
  expect(verdicts.map((verdict) => lookOf(verdict).word)).toEqual([
    'Fail',
    'Warning',
    'Unknown',
    'Pass',
    'Not applicable',
  ])
})
