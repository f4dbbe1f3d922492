import { describe, expect, test } from 'vitest'
import {
  factName,
  factValue,
  transcriptText,
} from '../../../../../renderer/features/diagnostics/step-text.ts'

describe('The details of a step', () => {
  test('a dialogue shows who spoke and how long after the first line', () => {
    expect(
      transcriptText([
        { atMs: 1000, from: 'note', text: 'TLS established' },
        { atMs: 1012.4, from: 'server', text: '* OK ready' },
        { atMs: 2100, from: 'client', text: 'A1 LOGIN ana [redacted]' },
      ]),
    ).toBe('   0 ms · TLS established\n  12 ms ← * OK ready\n1100 ms → A1 LOGIN ana [redacted]')
  })

  test('facts are named in words, and lists are joined', () => {
    expect([factName('daysLeft'), factValue(['a', 'b']), factValue(3), factValue(undefined)]).toEqual([
      'Days left',
      'a, b',
      '3',
      '',
    ])
  })
})
