import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareMessages, describeDifference, isHarmless } from '../../../../core/restore/compare.ts'
import { describeDrill, judgeDrill, listNotProved } from '../../../../core/restore/drill-words.ts'
import { labelAsKeyword, restorableFlags } from '../../../../core/restore/flags.ts'
import { classifyRefusal, traitsOf } from '../../../../core/restore/refusal.ts'
import { chooseSample } from '../../../../core/restore/sample.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')

describe('flags', () => {
  const flags = ['\\seen', '\\Recent', '\\Deleted', '$Important', '\\Custom', 'two words']

  it('\\Recent never comes back, \\Deleted only when asked for, and nothing that cannot be sent.', () => {
    expect([restorableFlags(flags, null, false), restorableFlags(flags, null, true)]).toEqual([
      ['\\Seen', '$Important'],
      ['\\Seen', '\\Deleted', '$Important'],
    ])
  })

  it('Keywords come back where the folder lets them be set.', () => {
    const of = (permanent: string[]) => restorableFlags(flags, permanent, false)
    expect([of(['\\Seen']), of(['\\Seen', '\\*']), of(['$important'])]).toEqual([
      ['\\Seen'],
      ['\\Seen', '$Important'],
      ['$Important'],
    ])
  })

  it('A label becomes a keyword that can be sent, whatever it was.', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (label) => {
        const keyword = labelAsKeyword(label)
        expect(keyword === null ? ['x'] : restorableFlags([keyword], null, false)).toHaveLength(1)
      }),
    )
  })
})

describe('a refusal', () => {
  const plain = traitsOf(bytes('a\r\nb\r\n'))
  const long = traitsOf(bytes(`a\r\n${'x'.repeat(9_900)}\r\n`))
  const nul = traitsOf(bytes('a\0b'))

  it('is known by its code, else by its words, else by what the message is.', () => {
    expect([
      classifyRefusal({ code: 'OVERQUOTA', words: 'no' }, plain),
      classifyRefusal({ code: null, words: 'Message size exceeds fixed limit' }, plain),
      classifyRefusal({ code: null, words: 'Append failed.' }, long),
      classifyRefusal({ code: null, words: 'Append failed.' }, nul),
      classifyRefusal({ code: null, words: 'Mailbox is read-only' }, plain),
      classifyRefusal({ code: null, words: 'Append failed.' }, plain),
    ]).toEqual(['over_quota', 'too_large', 'line_too_long', 'nul_bytes', 'read_only', 'unknown'])
  })
})

describe('a comparison', () => {
  const message = 'From: a\r\nSubject: b\r\n\r\nbody\r\n'
  const differ = (got: string, put = message) => {
    const difference = compareMessages(bytes(put), bytes(got))
    return difference === null ? 'same' : [isHarmless(difference), describeDifference(difference)]
  }

  it('names what a server changed, header and body apart.', () => {
    expect([
      differ(message),
      differ(message.replaceAll('\r\n', '\n')),
      differ(`Received: x\r\n by y\r\n${message}`),
      differ(message.replace('body', 'bodi')),
      differ(message.replace('Subject: b\r\n', '')),
      differ(message.trimEnd()),
      differ('From: a\r\n\r\nx\x80', 'From: a\r\n\r\nx\0'),
    ]).toEqual([
      'same',
      [true, 'Line ends were changed; the body is the same.'],
      [true, 'Header fields were added: Received; the body is the same.'],
      [false, 'The body is not the same.'],
      [false, 'Header fields are missing: Subject; the body is the same.'],
      [true, 'The end of the last line was changed; the body is the same.'],
      [true, 'NUL bytes were replaced; the body is the same.'],
    ])
  })

  it('of anything with itself finds nothing, and one changed byte of a body is never harmless.', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (body) => {
        expect(compareMessages(body, body.slice())).toBe(null)
        const put = Buffer.concat([bytes('A: b\r\n\r\n'), Buffer.from('start'), body])
        const got = Buffer.from(put)
        got[8] = 0x53
        expect(isHarmless(compareMessages(put, got)!)).toBe(false)
      }),
    )
  })
})

describe('a sample', () => {
  const candidates = Array.from({ length: 200 }, (_, n) => ({
    ...{
      occurrenceId: n,
      folderId: n % 7,
      sizeBytes: n === 33 ? 9_999 : n,
      archivedAtMs: n === 44 ? 9_999 : n,
    },
  }))

  it('is the same for the same seed in whatever order, and has the newest, the largest and every folder.', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 250 }), (seed, count) => {
        const ids = (all: typeof candidates) =>
          chooseSample(all, { count, seed }).map(({ message }) => message.occurrenceId)
        const chosen = ids(candidates)
        expect([
          ids(candidates.toReversed()),
          new Set(chosen).size,
          chosen.includes(33),
          chosen.includes(44),
        ]).toEqual([chosen, chosen.length, true, true])
        expect(new Set(chosen.map((id) => id % 7)).size).toBe(7)
        expect(chosen.length).toBeGreaterThanOrEqual(Math.min(200, count))
      }),
    )
  })
})

describe('a drill', () => {
  const none = { identical: 0, altered: 0, different: 0, refused: 0, unreadable: 0, missing: 0 }

  it('in which nothing came back has not passed; what a server altered is a remark; what is lost fails.', () => {
    expect([
      judgeDrill(none),
      judgeDrill({ ...none, refused: 5 }),
      judgeDrill({ ...none, identical: 5 }),
      judgeDrill({ ...none, identical: 5, altered: 1 }),
      judgeDrill({ ...none, identical: 5, missing: 1 }),
    ]).toEqual(['fail', 'fail', 'pass', 'warning', 'fail'])
  })

  it('says how much was not tried, and what no drill can prove.', () => {
    const facts = {
      archive: { archiveId: 'a', name: 'Ana', messages: 1_000, mailBytes: 5_000_000 },
      target: { kind: 'mailbox' as const, name: 'ben@lab.test', scratch: 'Mail Desk drill 1' },
      sample: {
        rule: 'sample' as const,
        randomCount: 10,
        seed: 1,
        messages: 10,
        mailBytes: 50_000,
        digest: '',
      },
      counts: { ...none, identical: 10 },
      recovery: {
        ...{
          restoreMs: 100,
          fetchMs: 100,
          messagesPerSecond: 100,
          megabytesPerSecond: 0.5,
          wholeArchiveMs: 10_000,
        },
        throttledMs: 0,
      },
    }
    expect(listNotProved(facts)[0]).toBe(
      '990 messages of 1000 were not tried; the sample is 50.0 kB of 5.0 MB. “Verify archive” reads every one of them.',
    )
    expect(
      describeDrill({ ...facts, verdict: 'pass', cleanedUp: true } as Parameters<typeof describeDrill>[0]),
    ).toBe('The drill passed: 10 of 10 messages came back without one byte changed (of 1000 in “Ana”).')
  })
})
