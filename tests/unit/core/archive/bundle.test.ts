import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatChecksums,
  parseChecksums,
  safeFileName,
  safeSegment,
  uniqueNames,
} from '../../../../core/archive/bundle.ts'

describe('names in a bundle', () => {
  it('are segments that every system takes, whatever the folder is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const segment = safeSegment(name)
        expect(segment).toMatch(/^(?![. ])[^\u0000-\u001f<>:"/\\|?*]+(?<![. ])$/)
        expect(segment).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i)
      }),
    )
  })

  it('keep ordinary names and defuse the others', () => {
    const names = [
      'INBOX',
      'Arbeit/2024',
      'CON',
      'nul.txt',
      '..',
      ' a. ',
      '',
      'Ürün: fiyat?',
      '\u202egnp.exe',
    ]
    expect(names.map(safeSegment)).toEqual([
      'INBOX',
      'Arbeit_2024',
      '_CON',
      '_nul.txt',
      '_',
      '_a',
      '_',
      'Ürün_ fiyat_',
      '_gnp.exe',
    ])
  })

  it('are unique without regard to case and the same every time', () => {
    const all = () => ['a', 'A', 'a', 'b'].map(uniqueNames())
    expect([all(), all()]).toEqual([
      ['a', 'A~2', 'a~3', 'b'],
      ['a', 'A~2', 'a~3', 'b'],
    ])
  })

  it('come back from SHA256SUMS as they were written, and a strange line is refused', () => {
    const files = [{ name: 'a b/c.mbox', sha256: 'ab'.repeat(32) }]
    expect([parseChecksums(formatChecksums(files)), parseChecksums('nonsense\n')]).toEqual([
      new Map([['a b/c.mbox', 'ab'.repeat(32)]]),
      null,
    ])
  })
})

describe('the name of an attachment', () => {
  it('keeps its extension, and neither turns itself round nor leaves its folder', () => {
    const names = [
      'annexe\u202egpj.exe',
      '../../.bashrc',
      'C:\\x\\nul.txt',
      `${'a'.repeat(200)}.pdf`,
      'größe.tar.gz',
      '',
    ]
    expect(names.map(safeFileName)).toEqual([
      'annexe_gpj.exe',
      '__.._.bashrc',
      'C__x_nul.txt',
      `${'a'.repeat(76)}.pdf`,
      'größe.tar.gz',
      '_',
    ])
  })
})
