import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { forecastFull } from '../../../core/care/forecast.ts'

const day = 86_400_000
const nowMs = Date.UTC(2026, 10, 24)
const quota = { usedBytes: 1_000_000, limitBytes: 2_000_000 }

/** Scans on a straight line that ends at `now`, one a day. */
const line = (days: number, bytesPerDay: number) =>
  Array.from({ length: days + 1 }, (_, n) => ({
    atMs: nowMs - (days - n) * day,
    usedBytes: 5e8 + n * bytesPerDay,
  }))

describe('The forecast of when a mailbox fills', () => {
  test('finds the slope of any straight line, whatever the order of its points', () => {
    fc.assert(
      fc.property(fc.integer({ min: 14, max: 89 }), fc.integer({ min: 1, max: 1e6 }), (days, slope) => {
        const scans = line(days, slope).toReversed()
        const found = forecastFull({ nowMs, quota, scans, arrivals: [] })
        const expected = nowMs + ((quota.limitBytes - quota.usedBytes) / slope) * day
        return found.kind === 'fills'
          ? Math.abs((found.atMs ?? 0) - expected) < day / 10 &&
              Math.abs(found.bytesPerDay - slope) < 0.001 * slope
          : found.kind === 'not_soon' && expected > nowMs + 3640 * day
      }),
    )
  })

  test('is never in the past, and never sooner with more room', () => {
    const points = fc.array(
      fc.record({
        atMs: fc.integer({ min: nowMs - 90 * day, max: nowMs }),
        usedBytes: fc.integer({ min: 0, max: 1e9 }),
      }),
      { minLength: 3, maxLength: 30 },
    )
    fc.assert(
      fc.property(
        points,
        fc.integer({ min: 1, max: 1e9 }),
        fc.integer({ min: 0, max: 1e9 }),
        (scans, room, more) => {
          const at = (limitBytes: number) => {
            const found = forecastFull({ nowMs, quota: { usedBytes: 1000, limitBytes }, scans, arrivals: [] })
            return found.kind === 'fills' ? (found.atMs ?? NaN) : Infinity
          }
          const [sooner, later] = [at(1000 + room), at(1000 + room + more)]
          return sooner >= nowMs && later >= sooner
        },
      ),
    )
  })

  test('is drawn from the dates of the mail where scans are few, and counts the days without mail', () => {
    const arrivals = [0, 10, 20].map((ago) => ({ dayMs: nowMs - ago * day, sizeBytes: 10_000 }))
    const found = forecastFull({ nowMs, quota, scans: line(3, 5), arrivals })
    expect(found).toMatchObject({ kind: 'fills', method: 'arrivals', points: 21, days: 20 })
  })

  test('is unknown where there is nothing to go by, and says what is missing', () => {
    const none = { nowMs, scans: [], arrivals: [] }
    expect([
      forecastFull({ ...none, quota: null }),
      forecastFull({ ...none, quota: { usedBytes: 5, limitBytes: null } }),
      forecastFull({ ...none, quota }),
      forecastFull({ ...none, quota, scans: line(13, 1000) }),
    ]).toEqual([
      { kind: 'unknown', why: 'no_quota' },
      { kind: 'unknown', why: 'no_limit' },
      { kind: 'unknown', why: 'too_little' },
      { kind: 'unknown', why: 'too_little' },
    ])
  })

  test('says full when it is full, and not growing when it shrinks', () => {
    expect([
      forecastFull({ nowMs, quota: { usedBytes: 9, limitBytes: 9 }, scans: [], arrivals: [] }).kind,
      forecastFull({ nowMs, quota, scans: line(20, -5), arrivals: [] }).kind,
    ]).toEqual(['full', 'not_growing'])
  })
})
