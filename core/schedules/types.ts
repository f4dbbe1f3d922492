import { z } from 'zod'

/** What can be run on a schedule: the `feature.verb` that starts it. */
export const scheduleKind = z.enum([
  'archive.pull',
  'archive.scrub',
  'archive.syncCopies',
  'archive.applyRetention',
  'restore.drill',
  'care.plan',
])
export type ScheduleKind = z.infer<typeof scheduleKind>

/** Minutes after midnight, local time: 0 to 1,439. */
const minuteOfDay = z
  .number()
  .int()
  .min(0)
  .max(24 * 60 - 1)

/** How often: every so many hours after the last start, or at a time of day on some days of the week or month. */
export const recurrence = z.discriminatedUnion('every', [
  z.strictObject({ every: z.literal('hours'), hours: z.number().int().min(1).max(168) }),
  z.strictObject({ every: z.literal('day'), atMinute: minuteOfDay }),
  z.strictObject({
    every: z.literal('week'),
    /** 0 is Sunday, as in cron. */
    weekdays: z.array(z.number().int().min(0).max(6)).min(1).max(7),
    atMinute: minuteOfDay,
  }),
  z.strictObject({
    every: z.literal('month'),
    day: z.union([z.number().int().min(1).max(28), z.literal('last')]),
    atMinute: minuteOfDay,
  }),
])
export type Recurrence = z.infer<typeof recurrence>

/** Part of the day in which runs may start, local time; one that ends before it begins goes over midnight. */
export const dayWindow = z.strictObject({ fromMinute: minuteOfDay, toMinute: minuteOfDay })
export type DayWindow = z.infer<typeof dayWindow>

/** What a schedule acts on. Pulls name mailboxes: each is a run of its own, in turn. */
export const scheduleTarget = z.strictObject({
  archiveId: z.string().nullable(),
  mailboxIds: z.array(z.string()).max(10_000),
  planId: z.string().nullable(),
})

/** What a person decides about a schedule. */
export const scheduleWish = z.strictObject({
  kind: scheduleKind,
  target: scheduleTarget,
  recurrence,
  /** Runs start only in this part of the day; null: at any time. */
  window: dayWindow.nullable(),
  /** Also while the computer runs on battery. */
  onBattery: z.boolean(),
  /** Also on a network that is paid by volume. */
  onMetered: z.boolean(),
  enabled: z.boolean(),
})
export type ScheduleWish = z.infer<typeof scheduleWish>

/** Why a run that is due has not started. */
export const waitReason = z.enum(['window', 'battery', 'metered', 'offline', 'turn'])
export type WaitReason = z.infer<typeof waitReason>

/** How the last run of an item ended; null in the item while there was none. */
export const lastRun = z.strictObject({
  runId: z.string().nullable(),
  startedAtMs: z.number(),
  endedAtMs: z.number().nullable(),
  state: z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted', 'refused']),
  /** The run's last sentence, or why it could not be started. */
  outcome: z.string().nullable(),
  errorCode: z.string().nullable(),
})
export type LastRun = z.infer<typeof lastRun>

/** One thing that a schedule runs: a mailbox of a pull, or the schedule's one target. */
export const scheduleItem = z.strictObject({
  /** The mailbox's id, or an empty text for schedules without mailboxes. */
  itemId: z.string(),
  lastRun: lastRun.nullable(),
})

export const schedule = scheduleWish.extend({
  scheduleId: z.string(),
  createdAtMs: z.number(),
  items: z.array(scheduleItem),
  /** When the next run is due by the recurrence; in the past when it waits for something. Null when switched off. */
  dueAtMs: z.number().nullable(),
  /** Why a due run has not started; null when none is due, or when it runs. */
  waitsFor: waitReason.nullable(),
  /** When the window opens again, for a run that waits for it. */
  opensAtMs: z.number().nullable(),
})
export type Schedule = z.infer<typeof schedule>

/** What is known of the computer's power and network; null: this computer does not tell. */
export const powerState = z.strictObject({
  onBattery: z.boolean().nullable(),
  metered: z.boolean().nullable(),
  /** Null where it cannot be told; false only when no network is up at all. */
  online: z.boolean().nullable(),
})
export type PowerState = z.infer<typeof powerState>
