import fc from 'fast-check'
import { expect, it } from 'vitest'
import { findPresent } from '../../../../core/restore/present.ts'

const wanted = (
  sha256: string,
  messageId: string | null = `<${sha256}>`,
  sizeBytes = 100,
  internalDateMs = 5_000,
) => ({
  ...{ sha256, messageId, sizeBytes, internalDateMs },
})
const mark = (
  uid: number,
  messageId: string | null,
  sizeBytes = 100,
  internalDateMs: number | null = 5_999,
) => ({
  ...{ uid, messageId, sizeBytes, internalDateMs, hashes: [] },
})
const kinds = (...args: Parameters<typeof findPresent>) =>
  findPresent(...args).map((one) =>
    one.kind === 'there' ? [one.uid, one.knownBy] : one.kind === 'doubt' ? one.candidates : 'missing',
  )

it('The ledger knows a message by its UID, whatever the marks say.', () => {
  expect(kinds([wanted('a')], [mark(7, '<other>', 1, null)], new Map([[7, 'a']]))).toEqual([[7, 'ledger']])
})

it('What the ledger names as another message is not taken for this one, however alike.', () => {
  expect(kinds([wanted('a')], [mark(7, '<a>')], new Map([[7, 'b']]))).toEqual(['missing'])
})

it('Message-ID, size and second together tell; with one of them different the bytes must.', () => {
  expect(kinds([wanted('a')], [mark(7, '<a>')], new Map())).toEqual([[7, 'marks']])
  expect(kinds([wanted('a')], [mark(7, '<a>', 101)], new Map())).toEqual([[7]])
  expect(kinds([wanted('a', null)], [mark(7, null, 100, null)], new Map())).toEqual([[7]])
  expect(kinds([wanted('a')], [mark(7, '<b>')], new Map())).toEqual(['missing'])
})

it('Two alike on one side and one on the other are a doubt, not a match.', () => {
  expect(kinds([wanted('a'), wanted('b', '<a>')], [mark(7, '<a>')], new Map())).toEqual([[7], [7]])
})

it('Each message of the folder answers for one wanted message, and with a whole ledger a second run finds all.', () => {
  const hash = fc.constantFrom('a', 'b', 'c', 'd')
  fc.assert(
    fc.property(fc.array(hash, { maxLength: 12 }), (hashes) => {
      const marks = hashes.map((one, n) => mark(n + 1, `<${one}>`))
      const ledger = new Map(hashes.map((one, n) => [n + 1, one]))
      const found = findPresent(
        hashes.map((one) => wanted(one)),
        marks,
        ledger,
      )
      const uids = found.flatMap((one) => (one.kind === 'there' ? [one.uid] : []))
      expect([new Set(uids).size, uids.length]).toEqual([hashes.length, hashes.length])
    }),
  )
})
