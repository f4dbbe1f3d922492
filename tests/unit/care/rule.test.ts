import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanupRule, decide, findExtraCopies, includesFolder, isFrom } from '../../../core/care/rule.ts'
import type { PlacedFact } from '../../../core/care/rule.ts'
import type { MessageFact } from '../../../core/care/types.ts'

const nowMs = Date.UTC(2026, 10, 24)
const day = 86_400_000
const context = { nowMs, isExtraCopy: true, isHeld: false }

const fact = (change: Partial<MessageFact> = {}): MessageFact => ({
  ...{ uid: 1, sizeBytes: 5000, internalDateMs: nowMs - 1000 * day, flags: ['\\Seen'], emailId: null },
  ...{ from: 'Rosa <rosa@mail.quay.example>', subject: 's', messageId: '<a@b>' },
  attachments: [{ name: 'a.pdf', mediaType: 'application/pdf', sizeBytes: 4000 }],
  ...change,
})

describe('A clean-up rule', () => {
  test('without any condition is refused', () => {
    expect([
      cleanupRule.safeParse({}).success,
      cleanupRule.safeParse({ folders: ['INBOX'], keepUnread: false }).success,
      cleanupRule.safeParse({ olderThanDays: 0 }).success,
    ]).toEqual([false, false, true])
  })

  test('takes what meets every condition, and nothing else', () => {
    const rule = cleanupRule.parse({
      olderThanDays: 730,
      attachmentsOverBytes: 3000,
      senders: ['quay.example'],
    })
    const verdict = (change: Partial<MessageFact>) => {
      const decision = decide(rule, fact(change), context)
      return decision.take ? 'take' : decision.why
    }
    expect([
      verdict({}),
      verdict({ internalDateMs: nowMs - 729 * day }),
      verdict({ internalDateMs: null }),
      verdict({ attachments: [] }),
      verdict({ from: 'x@notquay.example' }),
      verdict({ from: 'x@quay.example.evil.example' }),
    ]).toEqual(['take', 'pass', 'no_date', 'pass', 'pass', 'pass'])
  })

  test('never takes what is flagged, a draft, marked as deleted, or held; nor the unread unless told', () => {
    const flags = fc.subarray([
      '\\Flagged',
      '\\Draft',
      '\\Deleted',
      '\\Seen',
      '\\Answered',
      '$Work',
      '\\FLAGGED',
    ])
    fc.assert(
      fc.property(flags, fc.boolean(), fc.boolean(), (some, isHeld, keepUnread) => {
        const rule = cleanupRule.parse({ olderThanDays: 1, keepUnread, keepFlags: ['$work'] })
        const { take } = decide(rule, fact({ flags: some }), { ...context, isHeld })
        const guarded = some.some((flag) =>
          ['\\Flagged', '\\FLAGGED', '\\Draft', '\\Deleted', '$Work'].includes(flag),
        )
        return take === !(guarded || isHeld || (keepUnread && !some.includes('\\Seen')))
      }),
    )
  })

  test('for copies leaves exactly one of each group, whatever their order', () => {
    const copy = fc.record({
      messageId: fc.constantFrom('<a>', '<b>', null),
      sizeBytes: fc.constantFrom(10, 20),
      internalDateMs: fc.option(fc.integer({ min: 0, max: 5 })),
      flagged: fc.boolean(),
    })
    fc.assert(
      fc.property(
        fc.array(copy, { maxLength: 12 }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (copies, random) => {
          const all = copies.map(({ flagged, ...one }, uid): PlacedFact => {
            const flags = flagged ? ['\\Flagged'] : []
            return { folder: 'INBOX', uidValidity: '1', fact: fact({ ...one, uid, flags }) }
          })
          const shuffled = all.map((one) => [random.next().value, one] as const).toSorted(([a], [b]) => a - b)
          const extra = findExtraCopies(all)
          const same = findExtraCopies(shuffled.map(([, one]) => one))
          const groups = new Set(
            all.flatMap(({ fact: of }) => (of.messageId === null ? [] : [`${of.messageId}${of.sizeBytes}`])),
          )
          const comparable = all.filter(({ fact: of }) => of.messageId !== null).length
          expect(new Set(same)).toEqual(new Set(extra))
          expect(extra.size).toEqual(comparable - groups.size)
        },
      ),
    )
  })

  test('knows senders by address or domain, and folders with those below them', () => {
    const inside = (path: string) =>
      includesFolder({ folders: ['Work'], withSubfolders: true }, { path, delimiter: '/' })
    expect([
      isFrom('"B@x" <Bo@B.example>', 'bo@b.example'),
      isFrom('bo@b.example', '@b.example'),
      isFrom('bo@a.b.example', 'b.example'),
      isFrom('bo@ab.example', 'b.example'),
      ['Work', 'Work/Plans', 'Workshop'].map(inside),
    ]).toEqual([true, true, true, false, [true, true, false]])
  })
})
