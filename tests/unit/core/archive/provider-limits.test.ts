import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { budgetFreeAtMs, hourMs, providerLimitsOf } from '../../../../core/archive/provider-limits.ts'
import { describeWait } from '../../../../core/archive/waits.ts'

describe('the limits of providers', () => {
  it('are known by the server’s name, and unknown is not unlimited by mistake', () => {
    expect([
      providerLimitsOf('imap.gmail.com')?.downBytesPerDay,
      providerLimitsOf('IMAP.GMAIL.COM.')?.upBytesPerDay,
      providerLimitsOf('outlook.office365.com'),
      providerLimitsOf('imap.gmail.com.evil.example'),
      providerLimitsOf('mail.example.org'),
    ]).toEqual([
      2_500_000_000,
      500_000_000,
      { provider: 'Exchange Online', downBytesPerDay: null, upBytesPerDay: null },
      null,
      null,
    ])
  })

  it('let go on exactly when less than the limit went over in any 24 hours, whatever the hours', () => {
    const transfers = fc.array(fc.record({ hourMs: fc.nat(30).map((n) => n * hourMs), bytes: fc.nat(100) }))
    fc.assert(
      fc.property(transfers, fc.integer({ min: 1, max: 300 }), (all, limit) => {
        const nowMs = 30 * hourMs + 5
        const freeAtMs = budgetFreeAtMs(all, limit, nowMs)
        const countedAt = (ms: number) =>
          all.reduce((sum, one) => (one.hourMs + hourMs > ms - 24 * hourMs ? sum + one.bytes : sum), 0)
        expect(
          freeAtMs === null
            ? countedAt(nowMs) < limit
            : countedAt(freeAtMs) < limit && countedAt(freeAtMs - 1) >= limit && freeAtMs > nowMs,
        ).toBe(true)
      }),
    )
  })

  it('are said in words that name the time', () => {
    const untilMs = Date.UTC(2026, 0, 2, 2, 0)
    const budget = { kind: 'budget', provider: 'Gmail', bytesPerDay: 2_500_000_000 } as const
    expect([
      describeWait({ untilMs, why: budget }, 0, 'UTC'),
      describeWait({ untilMs, why: { kind: 'server', said: '', named: false } }, untilMs - 30_000, 'UTC'),
    ]).toEqual([
      'pauses until 02:00: Gmail allows 2.5 GB in 24 hours, and they are used',
      'the server asks to go slower: goes on at 02:00',
    ])
  })
})
