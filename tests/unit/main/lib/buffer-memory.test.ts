import { expect, it } from 'vitest'
import { createSweeper, giveBack } from '../../../../main/lib/buffer-memory.ts'

it('gives back what has a buffer of its own, at once and also twice, and leaves what shares one', () => {
  const large = Buffer.alloc(1_000_000)
  const view = large.subarray(10, 20)
  const small = Buffer.from('with others')
  giveBack(view, large, small)
  expect([large.length, view.length, String(small)]).toEqual([0, 0, 'with others'])
})

it('collects once every four megabytes', () => {
  let collections = 0
  const sweep = createSweeper(() => collections++)
  for (let megabyte = 0; megabyte < 9; megabyte++) sweep(1024 * 1024)
  expect(collections).toBe(2)
})

it('frees what a stream leaves behind before it piles up', () => {
  const peakWith = (sweep: (bytes: number) => void): number => {
    const before = process.memoryUsage().arrayBuffers
    const seen = Array.from({ length: 1_000 }, () => {
      sweep(new Uint8Array(100_000).length)
      return process.memoryUsage().arrayBuffers - before
    })
    return Math.max(...seen)
  }
  expect(peakWith(createSweeper())).toBeLessThan(peakWith(() => undefined) / 2)
})
