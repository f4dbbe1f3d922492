import { IconLock, IconSend, IconUser } from '@tabler/icons-react'
import { useEffect, useRef, type ReactNode } from 'react'
import type { TicketDetail, TimelineEntry } from '../../../core/tickets/shapes.ts'
import { statusWords, ticketWords as words } from '../../i18n/tickets.ts'
import { RelativeTime } from '../../ui/index.ts'
import { AttachmentLinks } from './attachment-links.tsx'
import { EvidenceCard } from './evidence-card.tsx'
import { ReplyDeliveryLine } from './reply-delivery-line.tsx'
import classes from './timeline.module.css'

/** The conversation, oldest first; it opens at its end. What leaves and what stays look different at a glance. */
export function Timeline(props: { readonly ticket: TicketDetail }) {
  const { ticket } = props
  const end = useRef<HTMLDivElement>(null)
  const newest = ticket.timeline.at(-1)?.eventId
  useEffect(() => {
    // Braces: Chromium answers with a promise, which is no way to clean up.
    end.current?.scrollIntoView({ block: 'end' })
  }, [newest])
  return (
    <div className={classes.timeline} role="log" aria-label={words.conversation} tabIndex={0}>
      {ticket.timeline.map((entry) => (
        <Entry key={entry.eventId} entry={entry} ticket={ticket} />
      ))}
      <div ref={end} />
    </div>
  )
}

function Entry(props: { readonly entry: TimelineEntry; readonly ticket: TicketDetail }) {
  const { entry, ticket } = props
  const author = entry.actor.name
  switch (entry.kind) {
    case 'request':
      return (
        <Said
          kind="request"
          atMs={entry.atMs}
          icon={<IconUser size={14} aria-hidden />}
          head={
            <>
              <bdi>{ticket.requester.name || ticket.requester.email}</bdi> {words.asked}
            </>
          }
          body={entry.body || words.noDescription}
        />
      )
    case 'public_reply':
      return (
        <Said
          kind="reply"
          atMs={entry.atMs}
          icon={<IconSend size={14} aria-hidden />}
          head={
            <>
              <span className={classes.badge}>{words.publicReply}</span> <bdi>{author}</bdi>{' '}
              <span className={classes.quiet}>
                <bdi>{words.replyTo(entry.to)}</bdi>
              </span>
            </>
          }
          body={entry.body}
          foot={
            <>
              <AttachmentLinks ticket={ticket} attachmentIds={entry.attachmentIds} />
              <ReplyDeliveryLine ticket={ticket} reply={entry} />
            </>
          }
        />
      )
    case 'internal_note':
      return (
        <Said
          kind="note"
          atMs={entry.atMs}
          icon={<IconLock size={14} aria-hidden />}
          head={
            <>
              <span className={classes.badge}>{words.internalNote}</span> <bdi>{author}</bdi>{' '}
              <span className={classes.quiet}>{words.staysHere}</span>
            </>
          }
          body={entry.body}
          foot={<AttachmentLinks ticket={ticket} attachmentIds={entry.attachmentIds} />}
        />
      )
    case 'evidence':
      return (
        <EvidenceCard evidence={entry.evidence} ticketId={ticket.ticketId} atMs={entry.atMs} by={author} />
      )
    case 'status':
      return (
        <p className={classes.change}>
          <bdi>{author}</bdi> {words.setTo(statusWords[entry.status].toLowerCase())} ·{' '}
          <RelativeTime atMs={entry.atMs} />
        </p>
      )
  }
}

function Said(props: {
  readonly kind: 'request' | 'reply' | 'note'
  readonly atMs: number
  readonly icon: ReactNode
  readonly head: ReactNode
  readonly body: string
  readonly foot?: ReactNode
}) {
  return (
    <section className={classes.said} data-kind={props.kind}>
      <header className={classes.saidHead}>
        {props.icon}
        <span className={classes.who}>{props.head}</span>
        <span className={classes.when}>
          <RelativeTime atMs={props.atMs} />
        </span>
      </header>
      <p className={classes.body} dir="auto">
        {props.body}
      </p>
      {props.foot}
    </section>
  )
}
