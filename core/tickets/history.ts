import { assertNever } from '../errors.ts'
import type { EventOf, TicketEvent } from './events.ts'
import { applyEvent, fieldsOf } from './fields.ts'
import type { TicketFields } from './fields.ts'
import type { HistoryChange, HistoryLine } from './shapes.ts'
import type { Assignee, Requester } from './types.ts'

type Field = Extract<HistoryChange, { kind: 'field' }>['field']

/** Who did what when, oldest first. Every event is there, also those that were undone. */
export function writeHistory(
  opened: EventOf<'opened'>,
  ordered: readonly TicketEvent[],
  undone: ReadonlySet<string>,
): HistoryLine[] {
  let fields = fieldsOf(opened)
  return ordered.flatMap((event) => {
    const wasUndone = undone.has(event.stepId)
    const changes = changesOf(event, fields)
    if (!wasUndone) fields = applyEvent(fields, event)
    const { eventId, stepId, atMs, actor } = event
    return changes.map((change) => ({ eventId, stepId, atMs, actor, undone: wasUndone, change }))
  })
}

function changesOf(event: TicketEvent, before: TicketFields): readonly HistoryChange[] {
  switch (event.type) {
    case 'opened':
      return [{ kind: 'opened' }]
    case 'edited':
      return editsOf(event, before)
    case 'assigned':
      return [field('assignee', nameOf(before.assignee), nameOf(event.assignee))]
    case 'status_changed':
      return [field('status', before.status, event.status)]
    case 'priority_changed':
      return [field('priority', before.priority, event.priority)]
    case 'category_changed':
      return [field('category', before.category, event.category)]
    case 'replied':
      return [{ kind: 'replied', to: event.to }]
    case 'noted':
      return [{ kind: 'noted' }]
    case 'attachment_added':
      return [{ kind: 'attached', name: event.attachment.name, sizeBytes: event.attachment.sizeBytes }]
    case 'evidence_linked':
      return [{ kind: 'evidence', evidence: event.evidence }]
    case 'tagged':
      return [{ kind: 'tagged', added: event.added, removed: event.removed }]
    case 'undone':
      return [{ kind: 'undone', stepId: event.undoneStepId }]
    case 'reply_delivery_changed':
      return [{ kind: 'delivery', state: event.state, answer: event.answer }]
    default:
      return assertNever(event)
  }
}

function editsOf(event: EventOf<'edited'>, before: TicketFields): readonly HistoryChange[] {
  return [
    ...(event.subject === undefined ? [] : [field('subject', before.subject, event.subject)]),
    ...(event.requester === undefined
      ? []
      : [field('requester', describeRequester(before.requester), describeRequester(event.requester))]),
    ...(event.mailboxId === undefined ? [] : [field('mailbox', before.mailboxId, event.mailboxId)]),
  ]
}

const field = (name: Field, from: string | null, to: string | null): HistoryChange => ({
  kind: 'field',
  field: name,
  from,
  to,
})

const nameOf = (who: Assignee | null): string | null => (who === null ? null : who.name || who.email)

const describeRequester = (who: Requester): string =>
  who.name === '' ? who.email : `${who.name} <${who.email}>`
