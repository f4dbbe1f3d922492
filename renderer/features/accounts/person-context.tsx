import { Link } from 'react-router'
import { personWords as words } from '../../i18n/accounts.ts'
import { statusWords } from '../../i18n/tickets.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { Button, Hint, RelativeTime } from '../../ui/index.ts'
import classes from './people.module.css'

const ticketsShown = 8

/** What is linked to a person: their tickets, newest first. */
export function PersonContext(props: { readonly personId: string }) {
  const { data: found } = useQueryOf('accounts.get', { personId: props.personId })
  const email = found?.person.email ?? ''
  const { data } = useQueryOf(
    'tickets.list',
    { filter: { requesterEmail: email }, limit: ticketsShown },
    { enabled: email !== '' },
  )
  const [mailbox] = found?.mailboxes ?? []
  return (
    <aside className={classes.context} aria-label={words.context}>
      <h3 className={classes.contextTitle}>{words.tickets}</h3>
      {data?.tickets.length === 0 && <Hint>{words.noTickets}</Hint>}
      <ul className={classes.tickets}>
        {data?.tickets.map((ticket) => (
          <li key={ticket.ticketId}>
            <Link className={classes.ticket} to={`/queue/${ticket.ticketId}`}>
              <bdi className={classes.ticketSubject}>{ticket.subject}</bdi>
              <span className={classes.ticketLine}>
                {ticket.number}
                <span>{statusWords[ticket.status]}</span>
                <RelativeTime atMs={ticket.updatedAtMs} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <Button
        component={Link}
        to={mailbox === undefined ? '/queue/new' : `/queue/new?mailbox=${mailbox.mailboxId}`}
      >
        {words.newTicket}
      </Button>
    </aside>
  )
}
