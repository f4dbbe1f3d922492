import { Link } from 'react-router'
import type { TicketDetail } from '../../../core/tickets/shapes.ts'
import { contextWords as words, statusWords } from '../../i18n/tickets.ts'
import { useCommand, useQueryOf } from '../../ipc/index.ts'
import {
  Button,
  CopyableAddress,
  Facts,
  RelativeTime,
  StateBadge,
  toastDone,
  toastError,
} from '../../ui/index.ts'
import classes from './context.module.css'
import { EvidenceCard } from './evidence-card.tsx'
import { StatusDot } from './status-dot.tsx'
import { TagEditor } from './tag-editor.tsx'
import { formWords } from '../../i18n/tickets.ts'

/** What is linked to a ticket: requester, mailbox, last diagnosis, evidence, other tickets. */
export function ContextPane(props: { readonly ticket: TicketDetail }) {
  const { ticket } = props
  const { requester } = ticket
  return (
    <aside className={classes.pane} aria-label={words.label}>
      <Section title={words.requester}>
        {requester.name !== '' && <bdi className={classes.name}>{requester.name}</bdi>}
        <CopyableAddress address={requester.email} />
        {requester.personId !== null && (
          <Button size="compact-sm" component={Link} to={`/people/${requester.personId}`}>
            {words.openPerson}
          </Button>
        )}
      </Section>
      <MailboxSection ticket={ticket} />
      <Section title={words.evidence}>
        {ticket.evidence.length === 0 && <p className={classes.quiet}>{words.noEvidence}</p>}
        {ticket.evidence.map((evidence) => (
          <EvidenceCard
            key={`${evidence.kind}${evidence.id}`}
            evidence={evidence}
            ticketId={ticket.ticketId}
          />
        ))}
      </Section>
      <Section title={words.details}>
        <TagEditor ticketId={ticket.ticketId} tags={ticket.tags} />
        <Facts
          facts={[
            [words.created, <RelativeTime key="c" atMs={ticket.createdAtMs} />],
            [words.updated, <RelativeTime key="u" atMs={ticket.updatedAtMs} />],
          ]}
        />
      </Section>
      <OtherTickets ticket={ticket} />
    </aside>
  )
}

function Section(props: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section className={classes.section}>
      <h3 className={classes.title}>{props.title}</h3>
      {props.children}
    </section>
  )
}

/** The mailbox that the ticket is about, or the one that the requester's address names. */
function MailboxSection(props: { readonly ticket: TicketDetail }) {
  const { ticket } = props
  const { mailboxId, ticketId, requester } = ticket
  const mailbox = useQueryOf(
    'accounts.getMailbox',
    { mailboxId: mailboxId ?? '' },
    { enabled: mailboxId !== null },
  )
  const found = useQueryOf(
    'accounts.listMailboxes',
    { text: requester.email, limit: 1 },
    { enabled: mailboxId === null && requester.email !== '' },
  )
  const edit = useCommand('tickets.edit')
  const candidate = found.data?.mailboxes[0]
  if (mailboxId === null)
    return (
      <Section title={words.mailbox}>
        <p className={classes.quiet}>{words.noMailbox}</p>
        {candidate !== undefined && (
          <Button
            size="compact-sm"
            loading={edit.isPending}
            onClick={() =>
              edit.mutate(
                { ticketId, mailboxId: candidate.mailboxId },
                { onSuccess: () => toastDone(formWords.saved), onError: toastError },
              )
            }
          >
            {words.linkMailbox(candidate.address)}
          </Button>
        )}
      </Section>
    )
  return (
    <Section title={words.mailbox}>
      {mailbox.data !== undefined && <CopyableAddress address={mailbox.data.mailbox.address} />}
      <LastDiagnosis mailboxId={mailboxId} ticketId={ticketId} />
      <div className={classes.actions}>
        <Button variant="filled" component={Link} to={`/diagnose?mailbox=${mailboxId}&ticket=${ticketId}`}>
          {words.diagnose}
        </Button>
        <Button component={Link} to={`/archive?mailbox=${mailboxId}`}>
          {words.archive}
        </Button>
      </div>
    </Section>
  )
}

function LastDiagnosis(props: { readonly mailboxId: string; readonly ticketId: string }) {
  const { data } = useQueryOf('diagnostics.list', { mailboxId: props.mailboxId, limit: 1 })
  if (data === undefined) return null
  const run = data.runs[0]
  if (run === undefined) return <p className={classes.quiet}>{words.noDiagnosis}</p>
  const state = run.finding?.status ?? (run.state === 'running' ? 'running' : 'unknown')
  return (
    <Link className={classes.diagnosis} to={`/diagnose/${run.runId}?ticket=${props.ticketId}`}>
      <StateBadge state={state} />
      <span className={classes.finding}>{run.finding?.title ?? words.runState[run.state]}</span>
      <span className={classes.quiet}>
        {words.lastDiagnosis} · <RelativeTime atMs={run.startedAtMs} />
      </span>
    </Link>
  )
}

const othersShown = 5

function OtherTickets(props: { readonly ticket: TicketDetail }) {
  const { ticket } = props
  const { data } = useQueryOf(
    'tickets.list',
    { filter: { requesterEmail: ticket.requester.email }, limit: othersShown + 1 },
    { enabled: ticket.requester.email !== '' },
  )
  const others = (data?.tickets ?? [])
    .filter(({ ticketId }) => ticketId !== ticket.ticketId)
    .slice(0, othersShown)
  return (
    <Section title={words.others}>
      {others.length === 0 && <p className={classes.quiet}>{words.noOthers}</p>}
      <ul>
        {others.map((other) => (
          <li key={other.ticketId}>
            <Link className={classes.other} to={`/queue/${other.ticketId}`}>
              <bdi className={classes.otherSubject}>{other.subject}</bdi>
              <StatusDot status={other.status}>{statusWords[other.status]}</StatusDot>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}
