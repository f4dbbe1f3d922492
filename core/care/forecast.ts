import { z } from 'zod'
import type { QuotaUse, UsePoint } from './types.ts'

const dayMs = 86_400_000
/** How far back the line is drawn from. */
export const forecastWindowDays = 90
/** Fewer days than this say nothing of a trend. */
const leastDays = 14
/** Beyond this a line means nothing. */
const horizonDays = 3650

/** When a mailbox fills, and how that was worked out. `unknown` says what is missing: unknown is not "never". */
export const forecast = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('unknown'), why: z.enum(['no_quota', 'no_limit', 'too_little']) }),
  z.strictObject({ kind: z.literal('full') }),
  z.strictObject({
    kind: z.enum(['fills', 'not_soon', 'not_growing']),
    /** When the line reaches the limit; null unless `fills`. */
    atMs: z.number().nullable(),
    bytesPerDay: z.number(),
    /** `scans`: what the quota was at earlier scans. `arrivals`: dates and sizes of the mail that is there now. */
    method: z.enum(['scans', 'arrivals']),
    /** Points that the line was drawn through, and the days between the first and the last. */
    points: z.number(),
    days: z.number(),
  }),
])
export type Forecast = z.infer<typeof forecast>

/** What a forecast is made from. */
export interface ForecastInput {
  readonly nowMs: number
  readonly quota: QuotaUse | null
  /** Earlier scans and this one, in any order. */
  readonly scans: readonly UsePoint[]
  /** Bytes that arrived, by day, of the mail that is still there. */
  readonly arrivals: readonly { readonly dayMs: number; readonly sizeBytes: number }[]
}

/**
 * A straight line (least squares) through the last 90 days. Through the scans where three of them lie at least 14
 * days apart, because these know what was removed too; else through the sum of what arrived day by day.
 */
export function forecastFull({ nowMs, quota, scans, arrivals }: ForecastInput): Forecast {
  if (quota === null) return { kind: 'unknown', why: 'no_quota' }
  if (quota.limitBytes === null || quota.limitBytes <= 0) return { kind: 'unknown', why: 'no_limit' }
  if (quota.usedBytes >= quota.limitBytes) return { kind: 'full' }
  const sinceMs = nowMs - forecastWindowDays * dayMs
  const recent = scans.filter(({ atMs }) => atMs >= sinceMs && atMs <= nowMs)
  const line =
    lineThrough(recent, 3, 'scans') ?? lineThrough(runningSum(arrivals, sinceMs, nowMs), 2, 'arrivals')
  if (line === null) return { kind: 'unknown', why: 'too_little' }
  if (line.bytesPerDay <= 0) return { kind: 'not_growing', atMs: null, ...line }
  const daysLeft = (quota.limitBytes - quota.usedBytes) / line.bytesPerDay
  if (daysLeft > horizonDays) return { kind: 'not_soon', atMs: null, ...line }
  return { kind: 'fills', atMs: Math.round(nowMs + daysLeft * dayMs), ...line }
}

interface Line {
  readonly bytesPerDay: number
  readonly method: 'scans' | 'arrivals'
  readonly points: number
  readonly days: number
}

function lineThrough(points: readonly UsePoint[], least: number, method: Line['method']): Line | null {
  if (points.length < least) return null
  const times = points.map(({ atMs }) => atMs)
  const days = (Math.max(...times) - Math.min(...times)) / dayMs
  if (days < leastDays) return null
  return { bytesPerDay: slopePerDay(points), method, points: points.length, days: Math.round(days) }
}

/** Least squares; times are taken from their mean, so that large milliseconds lose no digits. */
function slopePerDay(points: readonly UsePoint[]): number {
  const meanMs = points.reduce((sum, { atMs }) => sum + atMs / points.length, 0)
  const meanBytes = points.reduce((sum, { usedBytes }) => sum + usedBytes / points.length, 0)
  let [above, below] = [0, 0]
  for (const { atMs, usedBytes } of points) {
    const days = (atMs - meanMs) / dayMs
    above += days * (usedBytes - meanBytes)
    below += days * days
  }
  return below === 0 ? 0 : above / below
}

/** What had arrived by the end of each day. Days without mail count: a quiet week is slow growth. */
function runningSum(
  arrivals: ForecastInput['arrivals'],
  sinceMs: number,
  nowMs: number,
): readonly UsePoint[] {
  const inside = arrivals.filter(({ dayMs: at }) => at >= sinceMs && at <= nowMs)
  const first = Math.min(...inside.map(({ dayMs: at }) => at))
  if (!Number.isFinite(first)) return []
  const byDay = new Map<number, number>()
  for (const { dayMs: at, sizeBytes } of inside) {
    const day = Math.floor((at - first) / dayMs)
    byDay.set(day, (byDay.get(day) ?? 0) + sizeBytes)
  }
  const points: UsePoint[] = []
  let usedBytes = 0
  for (let day = 0; first + day * dayMs <= nowMs; day++) {
    usedBytes += byDay.get(day) ?? 0
    points.push({ atMs: first + day * dayMs, usedBytes })
  }
  return points
}
