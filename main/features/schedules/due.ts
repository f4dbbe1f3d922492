import { Cron } from 'croner'
import type { DayWindow, LastRun, Recurrence } from '../../../core/schedules/types.ts'

const hourMs = 3_600_000
const retryMs = hourMs / 2
/** Failures that pass by themselves: tried again before the next regular time. */
const passing = /^(network\.|dns\.|archive\.busy$|imap\.(unavailable|throttled)$|copy\.not_reachable$)/

/**
 * When an item is due, in milliseconds since the epoch; in the past when it was missed. A missed run is due once,
 * however often it was missed. A last start that lies in the future (the clock was set back) counts as now.
 */
export function dueAtMs(
  recurrence: Recurrence,
  lastRun: LastRun | null,
  createdAtMs: number,
  nowMs: number,
): number {
  if (lastRun?.state === 'interrupted') return Math.min(lastRun.endedAtMs ?? nowMs, nowMs)
  const regular = nextAfter(
    recurrence,
    Math.min(lastRun?.startedAtMs ?? createdAtMs, nowMs),
    lastRun === null,
  )
  if (lastRun?.errorCode === undefined || lastRun.errorCode === null || !passing.test(lastRun.errorCode))
    return regular
  return Math.min(regular, Math.min(lastRun.endedAtMs ?? nowMs, nowMs) + retryMs)
}

function nextAfter(recurrence: Recurrence, fromMs: number, isFirst: boolean): number {
  if (recurrence.every === 'hours') return isFirst ? fromMs : fromMs + recurrence.hours * hourMs
  const next = new Cron(patternOf(recurrence), { paused: true }).nextRun(new Date(fromMs))
  // A time of day on at least one day of a month always comes.
  if (next === null) throw new Error(`No time follows ${fromMs} by ${JSON.stringify(recurrence)}`)
  return next.getTime()
}

/** Local time, as the person who set it reads the clock; croner follows its changes in spring and autumn. */
function patternOf(recurrence: Exclude<Recurrence, { every: 'hours' }>): string {
  const time = `${recurrence.atMinute % 60} ${Math.floor(recurrence.atMinute / 60)}`
  switch (recurrence.every) {
    case 'day':
      return `${time} * * *`
    case 'week':
      return `${time} * * ${recurrence.weekdays.join(',')}`
    case 'month':
      return `${time} ${recurrence.day === 'last' ? 'L' : recurrence.day} * *`
  }
}

/** Whether runs may start at a time of day, local time. */
export function isOpen(window: DayWindow | null, atMs: number): boolean {
  if (window === null || window.fromMinute === window.toMinute) return true
  const at = new Date(atMs)
  const minute = at.getHours() * 60 + at.getMinutes()
  const { fromMinute, toMinute } = window
  return fromMinute < toMinute
    ? minute >= fromMinute && minute < toMinute
    : minute >= fromMinute || minute < toMinute
}

/** When a window that is closed opens again. */
export function opensAtMs(window: DayWindow, nowMs: number): number {
  return nextAfter({ every: 'day', atMinute: window.fromMinute }, nowMs, false)
}
