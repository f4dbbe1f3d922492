import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createEntryReading, createQuoting } from '../../../../core/archive/mboxrd-stream.ts'
import { fromMboxEntry, mboxFromLine, toMboxEntry } from '../../../../core/archive/mboxrd.ts'

const fromLine = Buffer.from(mboxFromLine('ana@harbour.example', 0))
const words = ['From ', '>From ', '>>From x', '>', '\n', '\r\n', 'From', 'Fro', 'F', ' ', 'text']
const bytes = fc
  .array(fc.constantFrom(...words), { maxLength: 40 })
  .map((parts) => new Uint8Array(Buffer.from(parts.join(''))))
/** Lengths of the chunks that something arrives in. */
const cuts = fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 60 })

it('quotes a message that comes in chunks as it quotes one that comes whole', () => {
  fc.assert(
    fc.property(bytes, cuts, (message, lengths) => {
      const quoting = createQuoting()
      const out = inChunks(message, lengths).flatMap((chunk) => taken(quoting, chunk))
      const quoted = Buffer.concat([...out, quoting.end()])
      const { bytes: entry, newlineAdded } = toMboxEntry(message, fromLine)
      const whole = entry.subarray(fromLine.length, entry.length - (newlineAdded ? 2 : 1))
      expect(quoted).toEqual(Buffer.from(whole))
    }),
    { numRuns: 3000 },
  )
})

it('reads an entry that comes in chunks, and sees what is no entry, as it does when it comes whole', () => {
  fc.assert(
    fc.property(bytes, cuts, fc.boolean(), fc.boolean(), (message, lengths, broken, newlineAdded) => {
      const entry = broken ? { bytes: message, newlineAdded } : toMboxEntry(message, fromLine)
      const reading = createEntryReading(entry.bytes.length, entry.newlineAdded)
      const out = inChunks(entry.bytes, lengths).flatMap((chunk) => taken(reading, chunk))
      const end = reading.end()
      const read = end === null ? null : Buffer.concat([...out, end])
      const whole = fromMboxEntry(entry.bytes, entry.newlineAdded)
      expect(read).toEqual(whole === null ? null : Buffer.from(whole))
    }),
    { numRuns: 3000 },
  )
})

function inChunks(all: Uint8Array, lengths: readonly number[]): readonly Uint8Array[] {
  const chunks: Uint8Array[] = []
  let at = 0
  for (const length of lengths) {
    chunks.push(Buffer.from(all.subarray(at, at + length)))
    at += length
  }
  return [...chunks, Buffer.from(all.subarray(at))]
}

/** What is certain after a chunk. Its memory is used for something else before the next one comes. */
function taken(
  stream: { readonly add: (chunk: Uint8Array) => readonly Uint8Array[] },
  chunk: Uint8Array,
): readonly Uint8Array[] {
  const out = stream.add(chunk).map((view) => Buffer.from(view))
  chunk.fill(0)
  return out
}
