import type { ReactNode } from 'react'
import type { TicketStatus } from '../../../core/tickets/types.ts'
import classes from './queue.module.css'

/** A status as a shape beside its word: full ring open, half pending, filled solved, dash closed. Not a verdict. */
export function StatusDot(props: { readonly status: TicketStatus; readonly children: ReactNode }) {
  return (
    <span className={classes.status}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden>
        {shapeOf(props.status)}
      </svg>
      {props.children}
    </span>
  )
}

function shapeOf(status: TicketStatus) {
  const ring = <circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" strokeWidth="1.5" />
  switch (status) {
    case 'open':
      return ring
    case 'pending':
      return (
        <>
          {ring}
          <path d="M6 1.25a4.75 4.75 0 0 1 0 9.5Z" fill="currentColor" />
        </>
      )
    case 'solved':
      return <circle cx="6" cy="6" r="5.5" fill="currentColor" />
    case 'closed':
      return <path d="M2 6h8" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" />
  }
}
