import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTally } from '../../../core/care/tally.ts'
import type { MessageFact } from '../../../core/care/types.ts'

const nowMs = Date.UTC(2026, 10, 24)
const folder = (path: string) => ({ path, delimiter: '/', specialUse: null })
const facts = fc.array(
  fc.record({
    uid: fc.nat(),
    sizeBytes: fc.nat(1e6),
    internalDateMs: fc.option(fc.integer({ min: 0, max: nowMs })),
    flags: fc.constant<string[]>([]),
    from: fc.constantFrom('A <a@x.example>', 'a@x.example', 'b@y.example', ''),
    subject: fc.string(),
    messageId: fc.option(fc.constantFrom('<1>', '<2>', '<3>')),
    attachments: fc.constant([{ name: 'x.bin', mediaType: 'application/octet-stream', sizeBytes: 5 }]),
    emailId: fc.constant(null),
  }),
  { maxLength: 60 },
)

describe('What fills a mailbox', () => {
  test('adds up from every side, however it is cut into pages', () => {
    fc.assert(
      fc.property(facts, facts, fc.integer({ min: 1, max: 20 }), (one, two, pageSize) => {
        const tally = createTally(nowMs, false)
        const pages = (path: string, all: readonly MessageFact[]) => {
          tally.add(folder(path), [])
          for (let at = 0; at < all.length; at += pageSize)
            tally.add(folder(path), all.slice(at, at + pageSize))
        }
        pages('Work', one)
        pages('Work/Plans', two)
        const report = tally.report(null)
        const size = [...one, ...two].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
        const sum = (groups: readonly { readonly sizeBytes: number }[]) =>
          groups.reduce((total, { sizeBytes }) => total + sizeBytes, 0)
        expect([
          report.sizeBytes,
          sum(report.folders),
          sum(report.senders),
          sum(report.years),
          report.folders[0]?.allBytes,
        ]).toEqual([size, size, size, size, size])
        expect(report.messages).toEqual(one.length + two.length)
      }),
    )
  })

  test('of a server with labels counts each message once', () => {
    const tally = createTally(nowMs, true)
    const fact: MessageFact = {
      ...{ uid: 1, sizeBytes: 7, internalDateMs: nowMs, flags: [], from: '', subject: '', messageId: null },
      ...{ attachments: [], emailId: 'g1' },
    }
    tally.add(folder('All Mail'), [fact])
    tally.add(folder('Work'), [{ ...fact, uid: 9 }])
    const { messages, folders, duplicates } = tally.report(null)
    expect([messages, folders.map((one) => one.messages), duplicates.extraCopies]).toEqual([1, [1, 0], 0])
  })
})
