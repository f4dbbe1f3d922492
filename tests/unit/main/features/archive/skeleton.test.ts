import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createSkeleton } from '../../../../../main/features/archive/mime/skeleton.ts'

it('keeps a small message whole, in whatever chunks it comes', () => {
  const words = fc.constantFrom('\n', '-', '--', '\n--', '\r\n--edge\r\n', 'text', '\n-', ' ')
  const message = fc.array(words, { maxLength: 40 }).map((parts) => Buffer.from(parts.join('')))
  const cuts = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 60 })
  fc.assert(
    fc.property(message, cuts, (bytes, lengths) => {
      const skeleton = createSkeleton()
      let at = 0
      for (const length of lengths) skeleton.add(bytes.subarray(at, (at += length)))
      skeleton.add(bytes.subarray(at))
      expect(skeleton.bytes()).toEqual(bytes)
    }),
    { numRuns: 1000 },
  )
})

it('keeps of a large one the header and what follows each boundary, and little else', () => {
  const content = Buffer.alloc(5_000_000, 'x'.repeat(76) + '\r\n')
  const part = Buffer.from('\r\n--edge\r\nContent-Disposition: attachment\r\n\r\n')
  const skeleton = createSkeleton()
  for (const piece of [Buffer.from('Subject: s\r\n\r\n'), part, content, part, content]) skeleton.add(piece)
  const kept = skeleton.bytes().toString('latin1')
  expect([kept.startsWith('Subject: s'), kept.split('--edge').length, kept.length < 500_000]).toEqual([
    true,
    3,
    true,
  ])
})
