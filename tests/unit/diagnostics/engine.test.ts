import { describe, expect, test } from 'vitest'
import type { DiagnosisOptions } from '../../../core/diagnostics/types.ts'
import { diagnose } from '../../../main/features/diagnostics/engine.ts'
import type { DiagnosticsPorts } from '../../../main/features/diagnostics/ports.ts'
import type { Probe, Sighting } from '../../../main/features/diagnostics/probe.ts'
import { systemClock } from '../../../main/lib/clock.ts'
import { silentLogger } from '../../../main/lib/logger.ts'
import { diagnosticRun } from '../../helpers/probe-results.ts'

const unused = {} as DiagnosticsPorts
const ports: DiagnosticsPorts = { ...unused, dns: () => ({ servers: [] }) as never }
const pass: Sighting = { status: 'pass', evidence: 'ok' }

function probe(probeId: Probe['probeId'], changes: Partial<Probe> = {}): Probe {
  return {
    probeId,
    group: 'imap',
    title: probeId,
    needs: [],
    essential: true,
    run: () => Promise.resolve([pass]),
    ...changes,
  }
}

function run(
  probes: readonly Probe[],
  signal = new AbortController().signal,
  options: Partial<DiagnosisOptions> = {},
  onStarted?: (probeId: string) => void,
) {
  const { subject, options: usual } = diagnosticRun({ runId: 'r' })
  const deps = { ports, clock: systemClock, logger: silentLogger, controlsFor: () => null, probes }
  return diagnose(deps, {
    subject,
    secret: null,
    options: { ...usual, ...options },
    signal,
    ...(onStarted === undefined ? {} : { onStarted }),
  })
}

const states = (diagnosis: Awaited<ReturnType<typeof run>>) =>
  diagnosis.results.map(({ resultId, status }) => `${resultId} ${status}`)

describe('Climbing the ladder', () => {
  test('a probe whose need failed is not run, and says so instead of passing', async () => {
    const failed: Sighting = { status: 'fail', evidence: 'no', code: 'tcp.refused' }
    const diagnosis = await run([
      probe('a.one', { run: () => Promise.resolve([failed]) }),
      probe('a.two', { needs: ['a.one'], run: () => Promise.reject(new Error('must not run')) }),
      probe('a.three', { needs: ['a.two'] }),
    ])
    expect(diagnosis.results.map(({ status, evidence }) => [status, evidence])).toEqual([
      ['fail', 'no'],
      ['not_applicable', 'Not run, because this did not succeed: a.one'],
      ['not_applicable', 'Not run, because this did not succeed: a.two'],
    ])
  })

  test('one address that works is enough for the next rung', async () => {
    const seen: readonly Sighting[] = [
      { target: 'v6', status: 'warning', evidence: 'no', code: 'tcp.some_addresses_fail' },
      { target: 'v4', ...pass },
    ]
    const diagnosis = await run([
      probe('a.one', { run: () => Promise.resolve(seen) }),
      probe('a.two', { needs: ['a.one'] }),
    ])
    expect(states(diagnosis)).toEqual(['a.one@v6 warning', 'a.one@v4 pass', 'a.two pass'])
  })

  test('probes that do not wait for each other run side by side', async () => {
    const bothRun = Promise.withResolvers<void>()
    let running = 0
    const meet = () => {
      if (++running === 2) bothRun.resolve()
      return bothRun.promise.then(() => [pass])
    }
    const diagnosis = await run([probe('a.one', { run: meet }), probe('a.two', { run: meet })])
    expect(states(diagnosis)).toEqual(['a.one pass', 'a.two pass'])
  })

  test('a probe that comes after another waits for it, however that ended', async () => {
    const order: string[] = []
    const failing: Sighting = { status: 'fail', evidence: 'no', code: 'tcp.refused' }
    await run(
      [probe('a.late', { after: ['a.early'] }), probe('a.early', { run: () => Promise.resolve([failing]) })],
      undefined,
      {},
      (probeId) => order.push(probeId),
    )
    expect(order).toEqual(['a.early', 'a.late'])
  })

  test('at the deadline what has no answer is unknown, and so is the whole', async () => {
    const never = new Promise<never>(() => undefined)
    const diagnosis = await run([probe('a.one'), probe('a.two', { run: () => never })], undefined, {
      deadlineMs: 50,
    })
    expect([states(diagnosis), diagnosis.top.code]).toEqual([['a.one pass', 'a.two unknown'], 'undetermined'])
  })

  test('a cancelled run ends at once, and calls nothing that it did not see', async () => {
    const stop = new AbortController()
    const started = run(
      [
        probe('a.one', { run: () => new Promise<never>(() => undefined) }),
        probe('a.two', { needs: ['a.one'] }),
      ],
      stop.signal,
    )
    stop.abort(new DOMException('cancelled', 'AbortError'))
    const diagnosis = await started
    expect(diagnosis.results.map(({ evidence }) => evidence)).toEqual([
      'The run was cancelled',
      'The run was cancelled',
    ])
  })

  test('a probe that cleans up is waited for when the run is cancelled', async () => {
    const stop = new AbortController()
    const cleaned = Promise.withResolvers<void>()
    const cleaning = probe('a.one', {
      cleansUp: true,
      run: async ({ signal }) => {
        stop.abort()
        await cleaned.promise
        return [{ status: 'pass', evidence: `cleaned up, stopped: ${signal.aborted}` }]
      },
    })
    const started = run([cleaning], stop.signal)
    cleaned.resolve()
    expect((await started).results[0]?.evidence).toBe('cleaned up, stopped: true')
  })

  test('a bug in one probe leaves it unknown and does not end the run', async () => {
    const diagnosis = await run([
      probe('a.one', { run: () => Promise.reject(new Error('bug')) }),
      probe('a.two'),
    ])
    expect(states(diagnosis)).toEqual(['a.one unknown', 'a.two pass'])
  })
})
