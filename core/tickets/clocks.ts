import type { EventOf, TicketEvent } from './events.ts'
import type { Clock } from './shapes.ts'
import type { TicketStatus } from './types.ts'

/** What the events alone say of a clock. No target is in it, so no change of policy can lose a pause. */
export interface ClockRun {
  readonly state: Clock['state']
  readonly elapsedMs: number
  readonly asOfMs: number
}

/** Both clocks of a ticket, before a policy gives them targets. */
export interface ClockRuns {
  readonly firstResponse: ClockRun
  readonly resolution: ClockRun
}

const stateFor: Readonly<Record<TicketStatus, Clock['state']>> = {
  open: 'running',
  pending: 'paused',
  solved: 'stopped',
  closed: 'stopped',
}

/**
 * Runs both clocks over a ticket's events, in order and without those that were undone. Both run while the
 * ticket is open, pause while it is pending, stop when it is solved, and go on where they stopped when it is
 * reopened. The first response is given when a mail server accepts a public reply: queued is not sent.
 */
export function runClocks(opened: EventOf<'opened'>, events: readonly TicketEvent[]): ClockRuns {
  const start: ClockRun = { state: 'running', elapsedMs: 0, asOfMs: opened.atMs }
  let status: TicketStatus = 'open'
  let answered = false
  let now = opened.atMs
  let runs: ClockRuns = { firstResponse: start, resolution: start }
  for (const event of events) {
    // Another machine's clock may be slow; time never runs backwards within a ticket.
    now = Math.max(now, event.atMs)
    if (event.type === 'status_changed') status = event.status
    else if (event.type === 'reply_delivery_changed' && event.state === 'accepted') answered = true
    else continue
    runs = {
      firstResponse: turn(runs.firstResponse, answered ? 'stopped' : stateFor[status], now),
      resolution: turn(runs.resolution, stateFor[status], now),
    }
  }
  return runs
}

/** Gives a run its target. */
export function withTarget(run: ClockRun, targetMs: number): Clock {
  const dueAtMs = run.state === 'running' ? run.asOfMs + targetMs - run.elapsedMs : null
  return { ...run, targetMs, dueAtMs }
}

/** A clock at a moment: time used, time left (negative when overdue), and whether the promise is broken. */
export function readClock(
  clock: Clock,
  nowMs: number,
): { readonly elapsedMs: number; readonly remainingMs: number; readonly overdue: boolean } {
  const sinceMs = clock.state === 'running' ? Math.max(0, nowMs - clock.asOfMs) : 0
  const elapsedMs = clock.elapsedMs + sinceMs
  return { elapsedMs, remainingMs: clock.targetMs - elapsedMs, overdue: elapsedMs > clock.targetMs }
}

function turn(run: ClockRun, state: Clock['state'], atMs: number): ClockRun {
  if (run.state === state) return run
  const ranMs = run.state === 'running' ? atMs - run.asOfMs : 0
  return { state, elapsedMs: run.elapsedMs + ranMs, asOfMs: atMs }
}
