import type { TicketPriority } from '../../../core/tickets/types.ts'
import { priorityWords } from '../../i18n/tickets.ts'
import classes from './queue.module.css'

const barsOf: Readonly<Record<TicketPriority, number>> = { low: 1, normal: 2, high: 3, urgent: 4 }

/** One to four rising bars. A shape and no state colour: urgent is not a failure. */
export function PriorityMark(props: { readonly priority: TicketPriority }) {
  const bars = barsOf[props.priority]
  return (
    <svg
      className={classes.priority}
      width="14"
      height="12"
      viewBox="0 0 14 12"
      role="img"
      aria-label={priorityWords[props.priority]}
    >
      {[0, 1, 2, 3].map((bar) => (
        <rect
          key={bar}
          x={bar * 3.5}
          y={9 - bar * 3}
          width="2.5"
          height={3 + bar * 3}
          rx="0.75"
          fill="currentColor"
          opacity={bar < bars ? 1 : 0.22}
        />
      ))}
    </svg>
  )
}
