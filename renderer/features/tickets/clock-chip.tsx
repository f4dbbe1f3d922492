import { readClock } from '../../../core/tickets/clocks.ts'
import type { Clock } from '../../../core/tickets/shapes.ts'
import { breachingWithinMs } from '../../../core/tickets/views.ts'
import { formatDuration } from '../../i18n/format.ts'
import { ticketWords as words } from '../../i18n/tickets.ts'
import { StateBadge, StateMark, useNow, type StepState } from '../../ui/index.ts'
import classes from './queue.module.css'

const minuteMs = 60_000

/** One clock of a ticket: what is left, or how it ended. */
export function ClockChip(props: { readonly name: string; readonly clock: Clock }) {
  const { clock, name } = props
  const { remainingMs, overdue, elapsedMs } = readClock(clock, useNow())
  return (
    <span className={classes.clock} title={words.targetOf(name, clock.targetMs)}>
      <span className={classes.clockName}>{name}</span>
      <StateBadge state={lookOfClock(clock.state, remainingMs)}>
        {wordsOfClock(clock.state, Math.abs(remainingMs), overdue, elapsedMs)}
      </StateBadge>
    </span>
  )
}

function lookOfClock(state: Clock['state'], remainingMs: number): StepState {
  if (remainingMs < 0) return 'fail'
  if (state === 'stopped') return 'pass'
  if (state === 'paused') return 'not_applicable'
  return remainingMs <= breachingWithinMs ? 'warning' : 'waiting'
}

function wordsOfClock(state: Clock['state'], awayMs: number, overdue: boolean, elapsedMs: number): string {
  if (state === 'stopped') return overdue ? words.missedBy(awayMs) : words.metIn(elapsedMs)
  if (state === 'paused') return overdue ? words.pausedOver(awayMs) : words.pausedWith(awayMs)
  return overdue ? words.over(awayMs) : words.left(awayMs)
}

/** When the next clock of a row runs out; nothing when none runs. */
export function DueMark(props: { readonly dueAtMs: number | null }) {
  const nowMs = useNow()
  if (props.dueAtMs === null) return null
  const leftMs = props.dueAtMs - nowMs
  // Seconds in a list would only flicker.
  const awayMs = Math.max(1, Math.round(Math.abs(leftMs) / minuteMs)) * minuteMs
  const text = leftMs < 0 ? words.over(awayMs) : formatDuration(awayMs)
  if (leftMs > breachingWithinMs) return <span className={classes.due}>{text}</span>
  return (
    <span className={classes.due} data-urgent>
      <StateMark state={leftMs < 0 ? 'fail' : 'warning'} size={13} />
      {text}
    </span>
  )
}
