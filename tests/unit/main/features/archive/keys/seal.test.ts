import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recordHeadBytes } from '../../../../../../core/archive/pack.ts'
import { createSeal, sealingBytes } from '../../../../../../main/features/archive/store/seal.ts'

const keys = [
  { keyId: '00112233aabbccdd', key: randomBytes(32) },
  { keyId: 'ffeeddcc00112233', key: randomBytes(32) },
]
const archiveId = 'a1'
const seal = createSeal(archiveId, keys)
const sha256 = 'ab'.repeat(32)
const anyBytes = fc.uint8Array({ maxLength: 3000 })

describe('a sealed frame', () => {
  it('gives back what was sealed, and is longer by the same number of bytes each time', () => {
    fc.assert(
      fc.property(anyBytes, fc.nat(5), (plain, piece) => {
        const sealed = seal.data(plain, sha256, piece)
        const record = seal.record(plain)
        expect([
          sealed.length - plain.length,
          record.length - plain.length,
          seal.openData(sealed, sha256, piece),
          seal.openRecord(record.subarray(recordHeadBytes)),
        ]).toEqual([sealingBytes, sealingBytes, Buffer.from(plain), Buffer.from(plain)])
      }),
    )
  })

  it('opens no more when any bit of it is changed, or any byte is missing', () => {
    fc.assert(
      fc.property(anyBytes, fc.nat(), fc.nat(7), (plain, place, bit) => {
        const sealed = seal.data(plain, sha256)
        const at = place % sealed.length
        const changed = Buffer.from(sealed)
        changed[at] = (changed[at] ?? 0) ^ (1 << bit)
        const body = Buffer.from(changed.subarray(recordHeadBytes))
        expect([
          seal.openData(changed, sha256),
          seal.openData(sealed.subarray(0, at), sha256),
          at < recordHeadBytes ? null : seal.openRecord(body),
        ]).toEqual([null, null, null])
      }),
    )
  })

  it('opens only as what it is: of this archive, this message, this piece, and not as a record', () => {
    const plain = Buffer.from('mail')
    const sealed = seal.data(plain, sha256, 1)
    const other = createSeal('a2', keys)
    expect([
      other.openData(sealed, sha256, 1),
      seal.openData(sealed, 'cd'.repeat(32), 1),
      seal.openData(sealed, sha256, 0),
      seal.openRecord(sealed.subarray(recordHeadBytes)),
      other.openRecord(seal.record(plain).subarray(recordHeadBytes)),
    ]).toEqual([null, null, null, null, null])
  })

  it('is sealed with the last key and opened with any that is known', () => {
    const before = createSeal(archiveId, keys.slice(0, 1)).data(Buffer.from('old'), sha256)
    const stranger = createSeal(archiveId, [{ keyId: '0000000000000000', key: randomBytes(32) }])
    expect([
      seal.keyId,
      seal.openData(before, sha256)?.toString(),
      stranger.openData(before, sha256),
      stranger.knows(before.subarray(recordHeadBytes)),
    ]).toEqual(['ffeeddcc00112233', 'old', null, false])
  })

  it('is never the same twice', () => {
    const sealed = new Set(
      Array.from({ length: 50 }, () => seal.data(Buffer.from('x'), sha256).toString('hex')),
    )
    expect(sealed.size).toBe(50)
  })
})
