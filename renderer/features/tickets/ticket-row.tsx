import { IconMailPause, IconMailX, IconPencil } from '@tabler/icons-react'
import type { TicketSummary } from '../../../core/tickets/shapes.ts'
import { deliveryWords, queueWords, statusWords } from '../../i18n/tickets.ts'
import { DueMark } from './clock-chip.tsx'
import { useDrafts } from './drafts.ts'
import { PriorityMark } from './priority-mark.tsx'
import classes from './queue.module.css'
import { StatusDot } from './status-dot.tsx'

/** A ticket in the list: two lines, equally high for all. */
export function TicketRow(props: { readonly ticket: TicketSummary }) {
  const { ticket } = props
  const hasDraft = useDrafts((drafts) => ticket.ticketId in drafts.byTicket)
  return (
    <>
      <div className={classes.rowLine}>
        <span className={classes.rowSubject}>
          <bdi>{ticket.subject}</bdi>
        </span>
        <DueMark dueAtMs={ticket.dueAtMs} />
      </div>
      <div className={classes.rowLine}>
        <PriorityMark priority={ticket.priority} />
        <span className={classes.rowNumber}>{ticket.number}</span>
        <span className={classes.rowWho}>
          <bdi>{ticket.requester.name || ticket.requester.email}</bdi>
        </span>
        {hasDraft && (
          <span className={classes.rowReply} title={queueWords.draft}>
            <IconPencil size={14} aria-label={queueWords.draft} />
          </span>
        )}
        {ticket.replyState !== null && <ReplyMark state={ticket.replyState} />}
        <bdi className={classes.rowAssignee}>{ticket.assignee?.name ?? queueWords.unassigned}</bdi>
        <StatusDot status={ticket.status}>{statusWords[ticket.status]}</StatusDot>
      </div>
    </>
  )
}

function ReplyMark(props: { readonly state: NonNullable<TicketSummary['replyState']> }) {
  const Icon = props.state === 'queued' ? IconMailPause : IconMailX
  const label = deliveryWords[props.state]
  return (
    <span className={classes.rowReply} data-state={props.state} title={label}>
      <Icon size={14} aria-label={label} />
    </span>
  )
}
