import { expect, test } from 'vitest'
import { describeFaults } from './as-tests.ts'
import { faults } from './table/index.ts'

describeFaults('Faults of scripted, hostile servers', 'scripted')

test('Every fault has a name of its own', () => {
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length)
})
