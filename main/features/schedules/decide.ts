import type { LastRun, PowerState, WaitReason } from '../../../core/schedules/types.ts'
import type { KeptSchedule } from '../../../db/queries/schedules.ts'
import { dueAtMs, isOpen } from './due.ts'
import type { Runnables } from './ports.ts'

/** One thing of a schedule: a mailbox, or the schedule's one target under an empty name. */
export interface Item {
  readonly schedule: KeptSchedule
  readonly itemId: string
}

/** What is known when it is decided what starts. */
export interface Moment {
  readonly nowMs: number
  readonly power: PowerState
  readonly runnables: Runnables
  /** Items that run now. */
  readonly running: readonly Item[]
  /** Schedules that a person asked to run now, with what is still to be started of them. */
  readonly asked: ReadonlySet<string>
  /** Runs at the same time at most. */
  readonly places: number
}

/** What starts, and why what is due does not. */
export interface Decision {
  readonly start: readonly Item[]
  readonly waiting: ReadonlyMap<string, WaitReason>
}

/** Names an item among all. */
export function keyOf({ schedule, itemId }: Item): string {
  return `${schedule.scheduleId}\n${itemId}`
}

/** The things that a schedule runs. */
export function itemsOf(schedule: KeptSchedule): readonly Item[] {
  const { kind, target } = schedule.wish
  const ids = kind === 'archive.pull' ? target.mailboxIds : ['']
  return ids.map((itemId) => ({ schedule, itemId }))
}

/** The last run of an item; null when it never ran. */
export function lastRunOf({ schedule, itemId }: Item): LastRun | null {
  return schedule.lastRuns[itemId] ?? null
}

/**
 * Decides what starts: whoever was served longest ago comes first, so that among many mailboxes each gets its turn;
 * one run at a time works on an archive, because an archive has one writer.
 */
export function decide(schedules: readonly KeptSchedule[], moment: Moment): Decision {
  const waiting = new Map<string, WaitReason>()
  const ready: Item[] = []
  const running = new Set(moment.running.map(keyOf))
  for (const item of schedules.flatMap(itemsOf)) {
    if (running.has(keyOf(item)) || !isDue(item, moment)) continue
    const reason = moment.asked.has(keyOf(item)) ? null : reasonToWait(item, moment)
    if (reason === null) ready.push(item)
    else waiting.set(item.schedule.scheduleId, reason)
  }
  const start: Item[] = []
  const busy = new Set(moment.running.map(archiveOf))
  for (const item of ready.toSorted(byLastStart)) {
    const archive = archiveOf(item)
    const free =
      start.length + moment.running.length < moment.places && (archive === null || !busy.has(archive))
    if (!free) {
      waiting.set(item.schedule.scheduleId, 'turn')
      continue
    }
    start.push(item)
    if (archive !== null) busy.add(archive)
  }
  return { start, waiting }
}

function isDue(item: Item, { nowMs, asked }: Moment): boolean {
  if (asked.has(keyOf(item))) return true
  const { wish, createdAtMs } = item.schedule
  return wish.enabled && dueAtMs(wish.recurrence, lastRunOf(item), createdAtMs, nowMs) <= nowMs
}

function reasonToWait({ schedule }: Item, { nowMs, power, runnables }: Moment): WaitReason | null {
  const { wish } = schedule
  if (!isOpen(wish.window, nowMs)) return 'window'
  // What this computer does not tell is no reason to wait: a desk that never runs would be worse.
  if (power.onBattery === true && !wish.onBattery) return 'battery'
  if (!runnables[wish.kind].needsNetwork) return null
  if (power.online === false) return 'offline'
  return power.metered === true && !wish.onMetered ? 'metered' : null
}

const archiveOf = ({ schedule }: Item): string | null => schedule.wish.target.archiveId

function byLastStart(a: Item, b: Item): number {
  return (lastRunOf(a)?.startedAtMs ?? 0) - (lastRunOf(b)?.startedAtMs ?? 0)
}
