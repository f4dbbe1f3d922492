import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitMbox } from '../../../../../main/features/archive/bundle/mbox-split.ts'

const collect = async (chunks: readonly Buffer[]): Promise<readonly string[]> => {
  const entries: string[] = []
  const source = (async function* () {
    for (const chunk of chunks) yield await Promise.resolve(chunk)
  })()
  for await (const entry of splitMbox(source)) entries.push(entry.toString('latin1'))
  return entries
}

describe('an mbox', () => {
  it('is cut at its separators, wherever the stream was cut', async () => {
    const piece = fc.constantFrom('From a\n', '\nFrom ', '\n', 'From', ' ', 'x\n', '>From b\n', 'text')
    const texts = fc.array(
      fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
      { maxLength: 6 },
    )
    await fc.assert(
      fc.asyncProperty(texts, async (chunks) => {
        const whole = chunks.join('')
        const expected = whole === '' ? [] : whole.split(/(?<=\n)(?=From )/)
        expect(await collect(chunks.map((chunk) => Buffer.from(chunk, 'latin1')))).toEqual(expected)
      }),
    )
  })

  it('of one message without end costs time by its size and not by the square of it', async () => {
    const chunk = Buffer.alloc(16 * 1024, 'x')
    const startedAt = performance.now()
    const [entry = ''] = await collect(Array.from({ length: 8_000 }, () => chunk))
    // By the square these 130 MB are 500 GB to copy: minutes. By the size it is well under a second.
    expect([entry.length, performance.now() - startedAt < 10_000]).toEqual([8_000 * chunk.length, true])
  })
})
