import { userLocale } from './locale.ts'

/**
 * Numbers, sizes, durations and times in the user's language and zone. Pure: the locale, the zone and "now" may
 * be passed; they default to the user's own.
 */

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** 12,345. */
export function formatCount(value: number, locale: string = userLocale): string {
  return new Intl.NumberFormat(locale).format(value)
}

/** "1 ticket", "3 tickets": `forms.other` and, where the language has them, the other plural forms. */
export function plural(
  count: number,
  forms: { readonly one: string; readonly other: string },
  locale: string = userLocale,
): string {
  const rule = new Intl.PluralRules(locale).select(count)
  return `${formatCount(count, locale)} ${rule === 'one' ? forms.one : forms.other}`
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** A size in decimal units (1 kB = 1000 bytes, as mail providers count): three significant figures. */
export function formatBytes(sizeBytes: number, locale: string = userLocale): string {
  let value = sizeBytes
  let step = 0
  while (Math.abs(value) >= 999.5 && step < byteUnits.length - 1) {
    value /= 1000
    step += 1
  }
  const unit = byteUnits[step] ?? 'byte'
  const digits = step === 0 || Math.abs(value) >= 99.95 ? 0 : Math.abs(value) >= 9.995 ? 1 : 2
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: digits,
  }).format(value)
}

function unitText(value: number, unit: string, locale: string, digits = 0): string {
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  }).format(value)
}

/** A length of time by its two largest units: "340 ms", "2.4 sec", "3 min 5 sec", "2 hr 10 min", "4 days 3 hr". */
export function formatDuration(durationMs: number, locale: string = userLocale): string {
  const ms = Math.max(0, Math.round(durationMs))
  if (ms < second) return unitText(ms, 'millisecond', locale)
  if (ms < 10 * second) return unitText(ms / second, 'second', locale, 1)
  const wholeSeconds = Math.round(ms / second)
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(wholeSeconds / 86_400), 'day'],
    [Math.floor(wholeSeconds / 3600) % 24, 'hour'],
    [Math.floor(wholeSeconds / 60) % 60, 'minute'],
    [wholeSeconds % 60, 'second'],
  ]
  const first = parts.findIndex(([value]) => value > 0)
  return parts
    .slice(first, first + 2)
    .filter(([value]) => value > 0)
    .map(([value, unit]) => unitText(value, unit, locale))
    .join(' ')
}

/** "now", "5 min. ago", "yesterday", "in 2 hr."; beyond a week the date itself. */
export function formatRelative(
  atMs: number,
  nowMs: number,
  locale: string = userLocale,
  timeZone?: string,
): string {
  const away = atMs - nowMs
  const size = Math.abs(away)
  const text = (value: number, unit: Intl.RelativeTimeFormatUnit): string =>
    new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }).format(value, unit)
  if (size < 45 * second) return text(0, 'second')
  if (size < hour) return text(Math.round(away / minute), 'minute')
  if (size < day) return text(Math.round(away / hour), 'hour')
  if (size < 7 * day) return text(Math.round(away / day), 'day')
  const sameYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear()
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    ...(!sameYear && { year: 'numeric' }),
    ...(timeZone !== undefined && { timeZone }),
  }).format(atMs)
}

/** Date and time to the second, with the zone's name. */
export function formatExact(atMs: number, locale: string = userLocale, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    ...(timeZone !== undefined && { timeZone }),
  }).format(atMs)
}

/** "24 November 2026", for what is known to the day only. */
export function formatDay(atMs: number, locale: string = userLocale, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    ...(timeZone !== undefined && { timeZone }),
  }).format(atMs)
}

/** How long until a run is done, in milliseconds; null while it cannot be known. */
export function timeLeftMs(progress: {
  readonly done: number
  readonly total: number | null
  readonly ratePerSecond: number | null
}): number | null {
  if (progress.total === null || progress.ratePerSecond === null || progress.ratePerSecond <= 0) return null
  return (Math.max(0, progress.total - progress.done) / progress.ratePerSecond) * second
}
