import { Link } from 'react-router'
import type { Evidence } from '../../../core/tickets/types.ts'
import { evidenceLinkWords as words } from '../../i18n/tickets.ts'
import { useCommand, useQueryOf } from '../../ipc/index.ts'
import { Button, toastDone, toastError } from '../../ui/index.ts'

/** Links what was found to the ticket from which the user came, or leads back to it once that is done. */
export function LinkToTicket(props: {
  readonly ticketId: string
  readonly evidence: Evidence
  readonly compact?: boolean
}) {
  const { ticketId, evidence } = props
  const ticket = useQueryOf('tickets.get', { ticketId })
  const link = useCommand('tickets.linkEvidence')
  const linked = ticket.data?.evidence.some(({ id }) => id === evidence.id) ?? false
  const size = props.compact === true ? 'compact-sm' : 'sm'
  if (linked)
    return (
      <Button size={size} component={Link} to={`/queue/${ticketId}`}>
        {words.toTicket}
      </Button>
    )
  return (
    <Button
      size={size}
      loading={link.isPending}
      onClick={() =>
        link.mutate(
          { ticketId, evidence: { ...evidence, summary: evidence.summary.slice(0, 1000) } },
          { onSuccess: () => toastDone(words.linked), onError: toastError },
        )
      }
    >
      {words.link}
    </Button>
  )
}
