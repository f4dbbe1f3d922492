import { describe, expect, it } from 'vitest'
import { rematch } from '../../../../core/archive/rematch.ts'

const mark = (messageId: string | null, sizeBytes: number, internalDateMs: number | null, id: string) => ({
  messageId,
  sizeBytes,
  internalDateMs,
  emailId: null as string | null,
  id,
})

describe('rematching after a new UIDVALIDITY', () => {
  it('pairs a message only when Message-ID, size and date all agree', () => {
    const server = [
      mark('<a>', 10, 1, 's1'),
      mark('<b>', 10, 1, 's2'),
      mark('<c>', 10, 1, 's3'),
      mark('<d>', 9, 1, 's4'),
    ]
    const archive = [
      mark('<a>', 10, 1, 'a1'),
      mark('<b>', 11, 1, 'a2'),
      mark('<c>', 10, 2, 'a3'),
      mark('<x>', 9, 1, 'a4'),
    ]
    const { pairs, unknown } = rematch(server, archive)
    expect([pairs.map(([s, a]) => s.id + a.id), unknown.map((m) => m.id)]).toEqual([
      ['s1a1'],
      ['s2', 's3', 's4'],
    ])
  })

  it('pairs copies in order when both sides have as many, and downloads them when they have not', () => {
    const copies = [mark('<a>', 10, 1, 's1'), mark('<a>', 10, 1, 's2')]
    const asMany = rematch(copies, [mark('<a>', 10, 1, 'a1'), mark('<a>', 10, 1, 'a2')])
    const fewer = rematch(copies, [mark('<a>', 10, 1, 'a1')])
    expect([asMany.pairs.map(([s, a]) => s.id + a.id), fewer.pairs, fewer.unknown.length]).toEqual([
      ['s1a1', 's2a2'],
      [],
      2,
    ])
  })

  it('never pairs messages without a Message-ID or without a date', () => {
    const nameless = [mark(null, 10, 1, '1'), mark('<a>', 10, null, '2')]
    expect(rematch(nameless, nameless).pairs).toEqual([])
  })

  it('pairs by EMAILID where both sides have one, and by the headers what is left', () => {
    const server = [
      { ...mark('<a>', 10, 1, 's1'), emailId: 'M1' },
      { ...mark('<b>', 10, 1, 's2'), emailId: 'M2' },
      { ...mark('<c>', 10, 1, 's3'), emailId: 'M3' },
    ]
    const archive = [
      { ...mark('<other>', 99, 7, 'a1'), emailId: 'M1' },
      { ...mark('<b>', 10, 1, 'a2') },
      { ...mark('<c>', 10, 1, 'a3'), emailId: 'M9' },
    ]
    const { pairs, unknown } = rematch(server, archive)
    expect([pairs.map(([now, then]) => [now.id, then.id]), unknown.map(({ id }) => id)]).toEqual([
      [
        ['s1', 'a1'],
        ['s2', 'a2'],
        ['s3', 'a3'],
      ],
      [],
    ])
  })
})
