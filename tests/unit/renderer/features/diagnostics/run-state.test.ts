import { describe, expect, test } from 'vitest'
import type { ProbeResult, Run, Rung } from '../../../../../core/diagnostics/types.ts'
import { rungsDone, stateOfRun, stepsOf } from '../../../../../renderer/features/diagnostics/run-state.ts'

const rung = (probeId: Rung['probeId'], group: Rung['group'], needs: Rung['needs'] = []): Rung => ({
  probeId,
  group,
  title: `Title of ${probeId}`,
  needs,
  essential: true,
})

const result = (probeId: Rung['probeId'], target: string | null = null): ProbeResult => ({
  resultId: target === null ? probeId : `${probeId}@${target}`,
  probeId,
  group: 'connection',
  title: 'Connection',
  target,
  essential: true,
  status: 'pass',
  evidence: 'connected',
  code: null,
  actor: null,
  nextStep: null,
  facts: {},
  startedAtMs: 0,
  durationMs: 1,
  transcriptId: null,
})

const ladder = [
  rung('imap.host', 'connection'),
  rung('imap.tcp', 'connection', ['imap.host']),
  rung('imap.greeting', 'imap', ['imap.tcp']),
]

const shape = (run: Pick<Run, 'state' | 'ladder' | 'results'>) =>
  stepsOf(run).map(({ group, steps }) => [
    group,
    ...steps.map(({ id, state, waitsFor }) => [id, state, waitsFor]),
  ])

describe('The steps of a run', () => {
  test('a rung without a result runs once what it needs is there, and waits before that', () => {
    expect(shape({ state: 'running', ladder, results: [result('imap.host')] })).toEqual([
      ['connection', ['imap.host', 'pass', []], ['imap.tcp', 'running', []]],
      ['imap', ['imap.greeting', 'waiting', ['Title of imap.tcp']]],
    ])
  })

  test('a probe of two addresses gives two steps', () => {
    const results = [result('imap.host'), result('imap.tcp', '192.0.2.1'), result('imap.tcp', '192.0.2.2')]
    expect(shape({ state: 'running', ladder, results })).toEqual([
      [
        'connection',
        ['imap.host', 'pass', []],
        ['imap.tcp@192.0.2.1', 'pass', []],
        ['imap.tcp@192.0.2.2', 'pass', []],
      ],
      ['imap', ['imap.greeting', 'running', []]],
    ])
  })

  test('what a run that has ended did not look at is unknown, not passed', () => {
    expect(shape({ state: 'cancelled', ladder, results: [] }).flat().slice(1, 3)).toEqual([
      ['imap.host', 'unknown', []],
      ['imap.tcp', 'unknown', ['Title of imap.host']],
    ])
  })

  test('rungs are counted, not results', () => {
    const results = [result('imap.tcp', '192.0.2.1'), result('imap.tcp', '192.0.2.2')]
    expect(rungsDone({ ladder, results })).toBe(1)
  })

  test('a run that ended without a finding is unknown', () => {
    expect([
      stateOfRun({ state: 'running', finding: null }),
      stateOfRun({ state: 'interrupted', finding: null }),
    ]).toEqual(['running', 'unknown'])
  })
})
