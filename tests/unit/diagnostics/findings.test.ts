import { describe, expect, test } from 'vitest'
import { findTop } from '../../../core/diagnostics/find-top.ts'
import { describe as describeFinding, findingCodes } from '../../../core/diagnostics/findings.ts'
import type { FindingCode } from '../../../core/diagnostics/findings.ts'
import { probeResult } from '../../helpers/probe-results.ts'

const conclusions: readonly FindingCode[] = ['healthy', 'undetermined']
const observable = findingCodes.filter((code) => !conclusions.includes(code))

describe('The catalogue of findings', () => {
  test.each(observable)('%s is the top finding of a run that saw it and nothing else wrong', (code) => {
    const { top } = findTop([
      probeResult({ probeId: 'imap.inbox', essential: true }),
      probeResult({ probeId: 'some.probe', code }),
    ])
    expect({ code: top.code, status: top.status }).toEqual({ code, status: 'fail' })
  })

  test.each(findingCodes)('%s speaks in whole sentences even when nothing is known about it', (code) => {
    const { title, detail, nextStep } = describeFinding(code, 'fail', {}, [])
    const oddities = [title, detail, nextStep].filter(
      (text) => /undefined|null|NaN|\[object/.test(text) || text.trim().length < 10,
    )
    expect(oddities).toEqual([])
  })

  test.each(findingCodes)(
    '%s ends its explanation and its next step with a full stop, and its title with none',
    (code) => {
      const { title, detail, nextStep } = describeFinding(code, 'fail', { text: 'x' }, [])
      expect([title.at(-1) !== '.', /[.”]$/.test(detail.trim()), nextStep.endsWith('.')]).toEqual([
        true,
        true,
        true,
      ])
    },
  )

  test('facts stand in the sentences', () => {
    const facts = { host: 'imap.harbour.example', names: ['a.example', 'b.example'] }
    expect(describeFinding('tls.name_mismatch', 'fail', facts, ['imap.tls']).detail).toBe(
      'It names a.example, b.example. Mail programs refuse to connect.',
    )
  })
})
