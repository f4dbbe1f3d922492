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

/** The mailbox that the ticket is about, else the one with the requester's address: one click to diagnose it. */
function MailboxSection(props: { readonly ticket: TicketDetail }) {
  const { ticket } = props
  const { ticketId } = ticket
  const mailbox = useMailboxOf(ticket)
  const edit = useCommand('tickets.edit')
  if (mailbox === null)
    return (
      <Section title={words.mailbox}>
        <p className={classes.quiet}>{words.noMailbox}</p>
      </Section>
    )
  const { mailboxId, address } = mailbox
  return (
    <Section title={words.mailbox}>
      {address !== null && <CopyableAddress address={address} />}
      <LastDiagnosis mailboxId={mailboxId} ticketId={ticketId} />
      <div className={classes.actions}>
        <Button
          variant="filled"
          component={Link}
          to={`/diagnose?mailbox=${mailboxId}&ticket=${ticketId}&start=1`}
        >
          {words.diagnose}
        </Button>
        <Button component={Link} to={`/diagnose?mailbox=${mailboxId}&ticket=${ticketId}`}>
          {words.diagnoseMore}
        </Button>
        <Button component={Link} to={`/archive?mailbox=${mailboxId}&ticket=${ticketId}`}>
          {words.archive}
        </Button>
        <Button component={Link} to={`/care/junk?mailbox=${mailboxId}&ticket=${ticketId}`}>
          {words.findInJunk}
        </Button>
        {ticket.mailboxId === null && (
          <Button
            loading={edit.isPending}
            onClick={() =>
              edit.mutate(
                { ticketId, mailboxId },
                { onSuccess: () => toastDone(formWords.saved), onError: toastError },
              )
            }
          >
            {words.linkMailbox}
          </Button>
        )}
      </div>
    </Section>
  )
}

/** `address` is null while it is being read, and when the mailbox was removed from the desk. */
function useMailboxOf(
  ticket: TicketDetail,
): { readonly mailboxId: string; readonly address: string | null } | null {
  const { mailboxId, requester } = ticket
  const linked = useQueryOf(
    'accounts.getMailbox',
    { mailboxId: mailboxId ?? '' },
    { enabled: mailboxId !== null },
  )
  const found = useQueryOf(
    'accounts.listMailboxes',
    { text: requester.email, limit: 5 },
    { enabled: mailboxId === null && requester.email !== '' },
  )
  if (mailboxId !== null) return { mailboxId, address: linked.data?.mailbox.address ?? null }
  const wanted = requester.email.toLowerCase()
  return found.data?.mailboxes.find(({ address }) => address.toLowerCase() === wanted) ?? null
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
