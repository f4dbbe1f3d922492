import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatRecoveryKey, lastGroupOf, parseRecoveryKey } from '../../../../core/archive/recovery-key.ts'

const keys = fc.uint8Array({ minLength: 32, maxLength: 32 })
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

describe('a recovery key', () => {
  it('is 13 groups of five and comes back to the byte, however it is typed', () => {
    fc.assert(
      fc.property(keys, (bytes) => {
        const text = formatRecoveryKey(bytes)
        const sloppy = text.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
        expect([text.split('-').map((group) => group.length), lastGroupOf(text).length]).toEqual([
          Array.from({ length: 13 }, () => 5),
          5,
        ])
        expect([parseRecoveryKey(text), parseRecoveryKey(`  ${sloppy}\n`)]).toEqual([
          { ok: true, bytes },
          { ok: true, bytes },
        ])
      }),
    )
  })

  it('names the group in which one character is wrong', () => {
    fc.assert(
      fc.property(keys, fc.nat(64), fc.nat(31), (bytes, at, other) => {
        const typed = Array.from(formatRecoveryKey(bytes).replaceAll('-', ''))
        fc.pre(typed[at] !== alphabet[other])
        typed[at] = alphabet[other] ?? ''
        expect(parseRecoveryKey(typed.join(''))).toEqual({
          ok: false,
          problem: 'group',
          group: Math.floor(at / 5) + 1,
        })
      }),
    )
  })

  it('shows two characters of a group, and two groups, that were exchanged', () => {
    fc.assert(
      fc.property(keys, fc.nat(11), fc.nat(3), (bytes, n, at) => {
        const groups = formatRecoveryKey(bytes).split('-')
        const swapped = groups.with(n, groups[n + 1] ?? '').with(n + 1, groups[n] ?? '')
        const own = Array.from(groups[n] ?? '')
        const turned = own.with(at, own[at + 1] ?? '').with(at + 1, own[at] ?? '')
        fc.pre(own.join('') !== turned.join(''))
        expect([
          parseRecoveryKey(swapped.join('-')),
          parseRecoveryKey(groups.with(n, turned.join('')).join('-')),
        ]).toMatchObject([
          { problem: 'group', group: n + 1 },
          { problem: 'group', group: n + 1 },
        ])
      }),
    )
  })

  it('says how many groups are there when some are missing', () => {
    const text = formatRecoveryKey(new Uint8Array(32).fill(7))
    expect([parseRecoveryKey(text.slice(6)), parseRecoveryKey('')]).toEqual([
      { ok: false, problem: 'length', groups: 12 },
      { ok: false, problem: 'length', groups: 0 },
    ])
  })
})
