import { expect, test } from 'vitest'
import { lookOf, type Verdict } from '../../../../renderer/ui/verdict.ts'

test('Each verdict has a word of its own, and only those that judge have a colour.', () => {
  const verdicts: readonly Verdict[] = ['fail', 'warning', 'unknown', 'pass', 'not_applicable']
  expect(verdicts.map(lookOf)).toEqual([
    { tone: 'fail', word: 'Fail' },
    { tone: 'warning', word: 'Warning' },
    { tone: 'unknown', word: 'Unknown' },
    { tone: 'pass', word: 'Pass' },
    { tone: 'quiet', word: 'Not applicable' },
  ])
})
