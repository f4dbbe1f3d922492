import { useCallback, useState } from 'react'
import type { Recurrence, Schedule, ScheduleKind, ScheduleWish } from '../../../core/schedules/types.ts'
import { formatMinute, parseMinute } from '../../i18n/schedules.ts'

/** What is typed and chosen; times as they stand in their fields. */
export interface ScheduleValues {
  readonly kind: ScheduleKind
  readonly archiveId: string | null
  readonly mailboxIds: readonly string[]
  readonly planId: string | null
  readonly every: Recurrence['every']
  readonly hours: number
  readonly at: string
  readonly weekdays: readonly number[]
  readonly day: string
  readonly inWindow: boolean
  readonly from: string
  readonly to: string
  readonly onBattery: boolean
  readonly onMetered: boolean
  readonly enabled: boolean
}

/** A schedule being written. */
export interface ScheduleForm {
  readonly values: ScheduleValues
  readonly set: (some: Partial<ScheduleValues>) => void
  /** Null while something is missing or is no time of day. */
  readonly wish: ScheduleWish | null
}

/** Begins with a schedule that is there, or with what is usual: every night, on mains power. */
export function useScheduleForm(
  schedule: Schedule | null,
  chosen: { readonly archiveId: string | null; readonly kind: ScheduleKind },
): ScheduleForm {
  const [values, setValues] = useState(() =>
    schedule === null ? { ...usual, ...chosen } : valuesOf(schedule),
  )
  return {
    values,
    set: useCallback((some) => setValues((before) => ({ ...before, ...some })), []),
    wish: toWish(values),
  }
}

const usual: ScheduleValues = {
  ...{ kind: 'archive.pull', archiveId: null, mailboxIds: [], planId: null },
  ...{ every: 'day', hours: 6, at: '22:00', weekdays: [6], day: '1' },
  ...{ inWindow: false, from: '20:00', to: '06:00' },
  ...{ onBattery: false, onMetered: false, enabled: true },
}

function valuesOf({ recurrence, window, target, ...wish }: Schedule): ScheduleValues {
  return {
    ...usual,
    ...target,
    ...{ kind: wish.kind, onBattery: wish.onBattery, onMetered: wish.onMetered, enabled: wish.enabled },
    every: recurrence.every,
    ...(recurrence.every === 'hours'
      ? { hours: recurrence.hours }
      : { at: formatMinute(recurrence.atMinute) }),
    ...(recurrence.every === 'week' && { weekdays: recurrence.weekdays }),
    ...(recurrence.every === 'month' && { day: String(recurrence.day) }),
    ...(window !== null && {
      inWindow: true,
      from: formatMinute(window.fromMinute),
      to: formatMinute(window.toMinute),
    }),
  }
}

/** The schedule that the fields say; null while they do not say one. */
export function toWish(values: ScheduleValues): ScheduleWish | null {
  const { kind, onBattery, onMetered, enabled } = values
  const recurrence = toRecurrence(values)
  const window = toWindow(values)
  const isPlan = kind === 'care.plan'
  const isPull = kind === 'archive.pull'
  const complete = isPlan
    ? values.planId !== null
    : values.archiveId !== null && (!isPull || values.mailboxIds.length > 0)
  if (recurrence === null || window === undefined || !complete) return null
  const target = {
    archiveId: isPlan ? null : values.archiveId,
    mailboxIds: isPull ? [...values.mailboxIds] : [],
    planId: isPlan ? values.planId : null,
  }
  return { kind, target, recurrence, window, onBattery, onMetered, enabled }
}

function toRecurrence({ every, hours, at, weekdays, day }: ScheduleValues): Recurrence | null {
  if (every === 'hours')
    return Number.isInteger(hours) && hours >= 1 && hours <= 168 ? { every, hours } : null
  const atMinute = parseMinute(at)
  if (atMinute === null) return null
  switch (every) {
    case 'day':
      return { every, atMinute }
    case 'week':
      return weekdays.length === 0 ? null : { every, weekdays: [...weekdays], atMinute }
    case 'month':
      return { every, day: day === 'last' ? 'last' : Number(day), atMinute }
  }
}

/** Undefined while a time of the window cannot be read. */
function toWindow({ inWindow, from, to }: ScheduleValues): ScheduleWish['window'] | undefined {
  if (!inWindow) return null
  const fromMinute = parseMinute(from)
  const toMinute = parseMinute(to)
  return fromMinute === null || toMinute === null ? undefined : { fromMinute, toMinute }
}
