import { describe, expect, test } from 'vitest'
import { compareRuns } from '../../../core/diagnostics/compare.ts'
import { diagnosticRun, probeResult } from '../../helpers/probe-results.ts'

describe('What changed since it last worked', () => {
  test('results that came, went, changed their verdict or their facts are named; durations are not', () => {
    const before = diagnosticRun({
      runId: 'old',
      results: [
        probeResult({ probeId: 'imap.tls', facts: { issuer: 'A', daysLeft: 60 }, durationMs: 5 }),
        probeResult({ probeId: 'imap.sign_in' }),
        probeResult({ probeId: 'imap.idle' }),
        probeResult({ probeId: 'dns.mx', target: 'mx1' }),
      ],
    })
    const after = diagnosticRun({
      runId: 'new',
      results: [
        probeResult({ probeId: 'imap.tls', facts: { issuer: 'B', daysLeft: 59 }, durationMs: 9 }),
        probeResult({ probeId: 'imap.sign_in', code: 'imap.auth_failed', evidence: 'NO' }),
        probeResult({ probeId: 'imap.idle', durationMs: 100 }),
      ],
    })
    const same = { status: 'pass', evidence: 'seen' }
    expect(compareRuns(after, before).changes).toEqual([
      { resultId: 'imap.tls', title: 'imap.tls', before: same, after: same, facts: ['issuer: A → B'] },
      {
        resultId: 'imap.sign_in',
        title: 'imap.sign_in',
        before: same,
        after: { status: 'fail', evidence: 'NO' },
        facts: [],
      },
      { resultId: 'dns.mx@mx1', title: 'dns.mx (mx1)', before: same, after: null, facts: [] },
    ])
  })

  test('without an earlier good run there is nothing to compare with, and it says so', () => {
    expect(compareRuns(diagnosticRun({ runId: 'new' }), null)).toEqual({
      runId: 'new',
      withRunId: null,
      withStartedAtMs: null,
      changes: [],
    })
  })
})
