import { assertNever } from '../errors.ts'
import type { EventOf, TicketChange } from './events.ts'
import type { TicketDetail } from './shapes.ts'

/** The plain fields of a ticket, last writer wins for each on its own. */
export type TicketFields = Pick<
  TicketDetail,
  | 'number'
  | 'subject'
  | 'description'
  | 'requester'
  | 'mailboxId'
  | 'status'
  | 'priority'
  | 'category'
  | 'assignee'
> & { readonly tags: readonly string[] }

/** The fields with which a ticket was opened. */
export function fieldsOf(opened: EventOf<'opened'>): TicketFields {
  const { number, subject, description, requester, mailboxId, category, priority, assignee } = opened
  return {
    number,
    subject,
    description,
    requester,
    mailboxId,
    category,
    priority,
    assignee,
    status: 'open',
    tags: [],
  }
}

/** The fields after one more event. What touches no field gives back the same object. */
export function applyEvent(fields: TicketFields, event: TicketChange): TicketFields {
  switch (event.type) {
    case 'edited':
      return {
        ...fields,
        subject: event.subject ?? fields.subject,
        requester: event.requester ?? fields.requester,
        mailboxId: event.mailboxId === undefined ? fields.mailboxId : event.mailboxId,
      }
    case 'assigned':
      return { ...fields, assignee: event.assignee }
    case 'status_changed':
      return { ...fields, status: event.status }
    case 'priority_changed':
      return { ...fields, priority: event.priority }
    case 'category_changed':
      return { ...fields, category: event.category }
    case 'tagged':
      return {
        ...fields,
        tags: [...new Set([...fields.tags, ...event.added])].filter((t) => !event.removed.includes(t)),
      }
    case 'opened':
    case 'replied':
    case 'noted':
    case 'attachment_added':
    case 'evidence_linked':
    case 'undone':
    case 'reply_delivery_changed':
      return fields
    default:
      return assertNever(event)
  }
}
