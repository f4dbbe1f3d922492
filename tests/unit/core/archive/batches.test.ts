import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutIntoBatches, toUidSet } from '../../../../core/archive/batches.ts'

describe('batches', () => {
  it('keep every message, in order, within the limits unless one message alone is larger', () => {
    const limits = { maxMessages: 5, maxBytes: 100 }
    fc.assert(
      fc.property(fc.array(fc.nat(150).map((sizeBytes) => ({ sizeBytes }))), (messages) => {
        const batches = cutIntoBatches(messages, limits)
        const tooLarge = batches.filter(
          (batch) =>
            batch.length > 5 ||
            (batch.length > 1 && batch.reduce((sum, one) => sum + one.sizeBytes, 0) > 100),
        )
        expect([batches.flat(), tooLarge, batches.filter((batch) => batch.length === 0)]).toEqual([
          messages,
          [],
          [],
        ])
      }),
    )
  })

  it('are written as a sequence set that names the same UIDs', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 200 })), (uids) => {
        const sorted = uids.toSorted((a, b) => a - b)
        expect(readUidSet(toUidSet(sorted))).toEqual(sorted)
      }),
    )
    expect(toUidSet([1, 2, 3, 7, 9, 10])).toBe('1:3,7,9:10')
  })
})

function readUidSet(set: string): readonly number[] {
  if (set === '') return []
  return set.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split(':').map(Number)
    return Array.from({ length: last - first + 1 }, (_, i) => first + i)
  })
}
