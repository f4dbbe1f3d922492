import { Link } from 'react-router'
import { todayWords as words } from '../../i18n/today.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { Anchor, Panel, RelativeTime, StateMark, useNow } from '../../ui/index.ts'
import classes from './today-page.module.css'

const shown = 8

/** The tickets whose clock ends next; nothing when no clock runs. */
export function DueList() {
  const nowMs = useNow()
  const due = useQueryOf('tickets.list', {
    filter: { statuses: ['open'], dueWithinMs: 86_400_000 },
    sort: 'due',
    limit: shown,
  })
  if (due.data === undefined || due.data.tickets.length === 0) return null
  const more = due.data.total - due.data.tickets.length
  return (
    <Panel
      title={words.due}
      flush
      aside={
        more > 0 && (
          <Anchor component={Link} to="/queue?view=breaching" fz="sm">
            {words.more(more)}
          </Anchor>
        )
      }
    >
      <ul>
        {due.data.tickets.map((ticket) => (
          <li key={ticket.ticketId}>
            <Link className={classes.ticket} to={`/queue/${ticket.ticketId}`}>
              <StateMark state={urgencyOf(ticket.dueAtMs, nowMs)} size={16} />
              <span className={classes.number}>{ticket.number}</span>
              <span className={classes.subject}>
                <bdi>{ticket.subject}</bdi>
              </span>
              <span className={classes.requester}>
                <bdi>{ticket.requester.name}</bdi>
              </span>
              <span className={classes.when}>
                <RelativeTime atMs={ticket.dueAtMs} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** Overdue, due within the hour, or merely next. */
function urgencyOf(dueAtMs: number | null, nowMs: number): 'fail' | 'warning' | 'waiting' {
  if (dueAtMs === null) return 'waiting'
  if (dueAtMs <= nowMs) return 'fail'
  return dueAtMs - nowMs <= 3_600_000 ? 'warning' : 'waiting'
}
