import { IconArrowBackUp, IconPencil } from '@tabler/icons-react'
import type { TicketDetail } from '../../../core/tickets/shapes.ts'
import { ticketWords as words } from '../../i18n/tickets.ts'
import { CopyButton, IconButton } from '../../ui/index.ts'
import { ClockChip } from './clock-chip.tsx'
import { EditTicket } from './edit-ticket.tsx'
import { FieldMenus } from './field-menus.tsx'
import { useQueue } from './queue-store.ts'
import classes from './ticket.module.css'
import { useTicketActions } from './use-ticket-actions.ts'

/** What the ticket is and how it stands. */
export function TicketHeader(props: { readonly ticket: TicketDetail }) {
  const { ticket } = props
  const act = useTicketActions()
  const { editing, edit, selectedIds } = useQueue()
  return (
    <header className={classes.header}>
      <div className={classes.titleLine}>
        <h2 className={classes.title} tabIndex={-1} data-ticket-title>
          <bdi>{ticket.subject}</bdi>
        </h2>
        <IconButton label={words.edit} onClick={() => edit(true)}>
          <IconPencil size={16} />
        </IconButton>
        <IconButton
          label={words.undo}
          disabled={ticket.undoableStepId === null}
          onClick={() => void act([ticket.ticketId], { kind: 'undo' })}
        >
          <IconArrowBackUp size={16} />
        </IconButton>
      </div>
      <div className={classes.facts}>
        <span className={classes.number}>
          {ticket.number}
          <CopyButton text={ticket.number} what={words.number} />
        </span>
        <FieldMenus ticketIds={[ticket.ticketId]} ticket={ticket} live={selectedIds.size === 0} />
      </div>
      <div className={classes.facts}>
        <ClockChip name={words.firstResponse} clock={ticket.clocks.firstResponse} />
        <ClockChip name={words.resolution} clock={ticket.clocks.resolution} />
      </div>
      <EditTicket ticket={ticket} opened={editing} onClose={() => edit(false)} />
    </header>
  )
}
