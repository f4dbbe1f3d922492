import { Link } from 'react-router'
import type { PublicReply, TicketDetail } from '../../../core/tickets/shapes.ts'
import { deliveryWords, ticketWords as words } from '../../i18n/tickets.ts'
import { useCommand } from '../../ipc/index.ts'
import {
  Button,
  MachineText,
  RelativeTime,
  StateBadge,
  toastDone,
  toastError,
  type StepState,
} from '../../ui/index.ts'
import classes from './timeline.module.css'

const stateOf: Readonly<Record<PublicReply['delivery']['state'], StepState>> = {
  queued: 'waiting',
  accepted: 'pass',
  failed: 'fail',
  unknown: 'unknown',
}

/** How far a reply has come, why it waits, and what can be done about it. */
export function ReplyDeliveryLine(props: { readonly ticket: TicketDetail; readonly reply: PublicReply }) {
  const { ticket, reply } = props
  const { state, answer } = reply.delivery
  const waiting = ticket.outbox.find(({ replyEventId }) => replyEventId === reply.eventId)
  const retry = useCommand('tickets.retryReply')
  const sendAgain = (): void =>
    retry.mutate(
      { ticketId: ticket.ticketId, replyEventId: reply.eventId },
      { onSuccess: () => toastDone(words.sentAgain), onError: toastError },
    )
  return (
    <div className={classes.delivery}>
      <StateBadge state={waiting?.state === 'sending' ? 'running' : stateOf[state]}>
        {deliveryWords[state]}
      </StateBadge>
      {answer !== '' && <MachineText>{answer}</MachineText>}
      {waiting !== undefined && waiting.reason !== '' && (
        <span className={classes.reason}>{waiting.reason}</span>
      )}
      {waiting?.nextAttemptAtMs != null && waiting.attempts > 0 && (
        <span className={classes.quiet}>
          {words.attempts(waiting.attempts)} · {words.nextAttempt}{' '}
          <RelativeTime atMs={waiting.nextAttemptAtMs} />
        </span>
      )}
      {waiting?.attempts === 0 && waiting.reason !== '' && (
        <Button size="compact-sm" component={Link} to="/settings">
          {words.toSettings}
        </Button>
      )}
      {(state === 'failed' || state === 'unknown') && (
        <Button size="compact-sm" loading={retry.isPending} onClick={sendAgain}>
          {words.sendAgain}
        </Button>
      )}
    </div>
  )
}
