import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findTop } from '../../../core/diagnostics/find-top.ts'
import { findingCodes, rankOf } from '../../../core/diagnostics/findings.ts'
import type { ProbeResult } from '../../../core/diagnostics/types.ts'
import { probeResult } from '../../helpers/probe-results.ts'

const topOf = (...results: readonly ProbeResult[]) => {
  const { top } = findTop(results)
  return `${top.status} ${top.code}`
}
const works = probeResult({ probeId: 'imap.inbox', essential: true })

describe('The top finding', () => {
  test('the cause comes before its consequence, in whatever order they were seen', () => {
    const refused = probeResult({ probeId: 'roundtrip.message', code: 'roundtrip.lost' })
    const full = probeResult({ probeId: 'imap.quota', code: 'imap.over_quota' })
    expect([topOf(works, refused, full), topOf(full, refused, works)]).toEqual([
      'fail imap.over_quota',
      'fail imap.over_quota',
    ])
  })

  test('a failure comes before a flaw that lies deeper', () => {
    const flaw = probeResult({ probeId: 'imap.tls', code: 'tls.expires_soon', status: 'warning' })
    const failure = probeResult({ probeId: 'imap.sign_in', code: 'imap.auth_failed' })
    expect(topOf(works, flaw, failure)).toBe('fail imap.auth_failed')
  })

  test('what is essential and has no answer is never called healthy, whatever else passed', () => {
    const open = probeResult({ probeId: 'smtp.sign_in', essential: true, status: 'unknown' })
    expect(topOf(works, open)).toBe('unknown undetermined')
  })

  test('an answer that is missing for a known reason is called by it', () => {
    const open = probeResult({
      probeId: 'imap.sign_in',
      essential: true,
      status: 'unknown',
      code: 'secret.missing',
    })
    expect(topOf(open)).toBe('unknown secret.missing')
  })

  test('a run that saw nothing at all is undetermined', () => {
    expect(topOf()).toBe('unknown undetermined')
  })

  test('without a server there is nothing to be healthy', () => {
    const unset = probeResult({
      probeId: 'imap.host',
      essential: true,
      status: 'not_applicable',
      facts: { noServer: true },
    })
    const mx = probeResult({ probeId: 'dns.mx', essential: true })
    expect(topOf(mx, unset)).toBe('fail settings.no_server')
  })

  test('nothing of the internet and nothing of the mail system answers: this computer is offline', () => {
    const control = probeResult({
      probeId: 'network.dns',
      status: 'unknown',
      facts: { control: true, reached: false },
    })
    const silent = probeResult({ probeId: 'imap.tcp', code: 'tcp.timed_out' })
    expect([topOf(control, silent), topOf(silent)]).toEqual(['fail network.offline', 'fail tcp.timed_out'])
  })

  test('controls that do not answer mean nothing while the mail system does', () => {
    const control = probeResult({
      probeId: 'network.dns',
      status: 'unknown',
      facts: { control: true, reached: false },
    })
    expect(topOf(control, works)).toBe('pass healthy')
  })

  test('a wrong clock is a flaw, and the cause when a certificate seems to be out of date', () => {
    const clock = probeResult({ probeId: 'device.clock', code: 'device.clock_skew', status: 'warning' })
    const expired = probeResult({ probeId: 'imap.tls', code: 'tls.expired' })
    expect([topOf(works, clock), topOf(works, clock, expired)]).toEqual([
      'warning device.clock_skew',
      'fail device.clock_skew',
    ])
  })

  test('a port that is blocked for everyone explains a server that does not answer there, and no other', () => {
    const blocked = (port: number) =>
      probeResult({
        probeId: 'network.ports',
        target: `port ${port}`,
        code: 'network.port_blocked',
        status: 'warning',
        facts: { port },
      })
    const silent = probeResult({ probeId: 'imap.tcp', code: 'tcp.timed_out', facts: { port: 993 } })
    expect([topOf(blocked(993), silent), topOf(blocked(587), silent)]).toEqual([
      'fail network.port_blocked',
      'fail tcp.timed_out',
    ])
  })

  test('a name that does not exist while the domain publishes another is a wrong setting', () => {
    const missing = probeResult({
      probeId: 'imap.host',
      code: 'dns.host_not_found',
      facts: { service: 'imap', host: 'impa.x' },
    })
    const published = (server: string) =>
      probeResult({ probeId: 'dns.srv', target: 'IMAP', facts: { service: 'imap', published: [server] } })
    expect([topOf(missing, published('imap.x:993')), topOf(missing, published('impa.x:993'))]).toEqual([
      'fail settings.server_name_wrong',
      'fail dns.host_not_found',
    ])
  })

  test('of several published servers the next step names the recommended one, with its encryption', () => {
    const { top } = findTop([
      probeResult({
        probeId: 'imap.host',
        code: 'dns.host_not_found',
        facts: { service: 'imap', host: 'impa.x' },
      }),
      probeResult({
        probeId: 'dns.srv',
        target: 'IMAP',
        facts: {
          service: 'imap',
          published: ['imap.x:143', 'imap.x:993'],
          recommended: 'imap.x:993',
          encryption: 'TLS',
        },
      }),
    ])
    expect(top.nextStep).toBe(
      'Change the server in the settings to imap.x:993 with TLS, then run this again.',
    )
  })

  test('with any failure among the results the top finding is a failure, and none of the failures outranks it', () => {
    const result = fc.record({
      probeId: fc.constantFrom('imap.tls', 'smtp.tls', 'dns.mx', 'network.dns'),
      code: fc.constantFrom(...findingCodes.filter((code) => code !== 'healthy' && code !== 'undetermined')),
      status: fc.constantFrom('fail', 'warning', 'unknown'),
      essential: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(result, { minLength: 1, maxLength: 8 }), (seen) => {
        const results = seen.map((one, at) => probeResult({ ...one, target: String(at) }))
        const { top, others } = findTop(results)
        const failed = results.some(({ status }) => status === 'fail')
        if (failed) expect(top.status).toBe('fail')
        else expect(top.status).not.toBe('pass')
        for (const other of others.filter(({ status }) => status === 'fail'))
          expect(rankOf(other.code as never)).toBeGreaterThanOrEqual(rankOf(top.code as never))
      }),
    )
  })
})
