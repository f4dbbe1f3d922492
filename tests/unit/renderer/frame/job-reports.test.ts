import { expect, test } from 'vitest'
import { isWorthTelling } from '../../../../core/jobs/worth-telling.ts'

test('The end of a run is told when it failed or took five seconds, and not when somebody cancelled it.', () => {
  const ran = (state: 'done' | 'failed' | 'cancelled', tookMs: number) =>
    isWorthTelling({ state, startedAtMs: 1000, endedAtMs: 1000 + tookMs })
  expect([ran('done', 4999), ran('done', 5000), ran('failed', 10), ran('cancelled', 60_000)]).toEqual([
    false,
    true,
    true,
    false,
  ])
})
