import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePartName, partName, planParts } from '../../../../core/archive/parts.ts'

const folders = fc.array(fc.array(fc.integer({ min: 0, max: 400_000 }), { maxLength: 30 }), { maxLength: 8 })

describe('the parts of a split export', () => {
  it('hold every message once, in order, and are too large only where one message is', () => {
    fc.assert(
      fc.property(folders, fc.integer({ min: 200_000, max: 1_000_000 }), (sizes, limit) => {
        const parts = planParts(
          sizes.map((one, folderId) => ({ folderId, sizes: one })),
          limit,
        )
        const slices = parts.flatMap((part) => part.slices)
        const taken = sizes.map((_, folderId) =>
          slices
            .filter((slice) => slice.folderId === folderId)
            .flatMap(({ from, messages }) => Array.from({ length: messages }, (__, i) => from + i)),
        )
        expect(taken).toEqual(sizes.map((one) => one.map((__, i) => i)))
        expect(parts.filter(({ messages, mailBytes }) => messages > 1 && mailBytes > limit)).toEqual([])
        // Folders without messages are named too: that they are empty is a fact.
        expect(new Set(slices.map(({ folderId }) => folderId)).size).toBe(sizes.length)
      }),
    )
  })

  it('have names that say which they are and of how many, and that are read back', () => {
    const names = ['a b.zip', 'x.zip.age', 'y.1-of-2.zip'].map((file) => partName(file, 2, 13))
    expect([names, names.map(parsePartName), parsePartName('mail.zip')]).toEqual([
      ['a b.2-of-13.zip', 'x.2-of-13.zip.age', 'y.1-of-2.2-of-13.zip'],
      [
        { stem: 'a b', number: 2, of: 13, ending: '.zip' },
        { stem: 'x', number: 2, of: 13, ending: '.zip.age' },
        { stem: 'y.1-of-2', number: 2, of: 13, ending: '.zip' },
      ],
      null,
    ])
  })
})
