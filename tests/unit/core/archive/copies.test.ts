import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cutOut, putBack, stretchOf } from '../../../../core/archive/copies.ts'

/** A message in pieces, some of which are shared. */
const pieces = fc.array(
  fc.record({ bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }), shared: fc.boolean() }),
  { maxLength: 12 },
)

function take(parts: readonly { readonly bytes: Uint8Array; readonly shared: boolean }[]) {
  let at = 0
  const stretches = parts.flatMap(({ bytes, shared }, n) => {
    const one = { at, length: bytes.length, from: 'f'.repeat(64), start: n * 1000 }
    at += bytes.length
    return shared ? [one] : []
  })
  return { message: Buffer.concat(parts.map(({ bytes }) => bytes)), stretches }
}

it('gives a message back to the byte, wherever stretches were left out', () => {
  fc.assert(
    fc.property(pieces, (parts) => {
      const { message, stretches } = take(parts)
      const { cut, copies } = cutOut(message, stretches)
      const back = putBack(cut, copies, ({ start }) => parts[start / 1000]?.bytes ?? null)
      expect(Buffer.from(back ?? 'nothing')).toEqual(message)
    }),
  )
})

it('finds any stretch that is physically there, and none that is itself a copy', () => {
  fc.assert(
    fc.property(pieces, fc.nat(400), fc.nat(60), (parts, start, length) => {
      const { message, stretches } = take(parts)
      const { cut, copies } = cutOut(message, stretches)
      const touches = stretches.some((one) => one.at < start + length && start < one.at + one.length)
      const within = start + length <= message.length
      fc.pre(within && length > 0)
      const found = stretchOf(cut, copies, start, length)
      expect(found === null ? null : Buffer.from(found)).toEqual(
        touches ? null : message.subarray(start, start + length),
      )
    }),
  )
})

it('gives nothing when a stretch cannot be had or is of another length', () => {
  const message = Buffer.from('head tail')
  const { cut, copies } = cutOut(message, [{ at: 4, length: 1, from: 'f'.repeat(64), start: 0 }])
  expect([
    putBack(cut, copies, () => null),
    putBack(cut, copies, () => Buffer.from('xx')),
    putBack(cut.subarray(0, 5), copies, () => Buffer.from(' ')),
  ]).toEqual([null, null, null])
})
