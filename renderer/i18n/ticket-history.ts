import type { HistoryLine } from '../../core/tickets/shapes.ts'
import type { TicketCategory, TicketPriority, TicketStatus } from '../../core/tickets/types.ts'
import { formatBytes, plural } from './format.ts'
import { categoryWords, deliveryWords, evidenceWords, priorityWords, statusWords } from './tickets.ts'

const ticketForms = { one: 'ticket', other: 'tickets' }

/** What was done to some tickets, for the message that offers to undo it. */
export const doneWords = {
  status: (count: number, status: TicketStatus) =>
    `${plural(count, ticketForms)} set to ${statusWords[status].toLowerCase()}.`,
  priority: (count: number, priority: TicketPriority) =>
    `Priority of ${plural(count, ticketForms)} set to ${priorityWords[priority].toLowerCase()}.`,
  category: (count: number, category: TicketCategory) =>
    `Category of ${plural(count, ticketForms)} set to ${categoryWords[category]}.`,
  assign: (count: number, name: string | null) =>
    name === null
      ? `${plural(count, ticketForms)} taken from everybody.`
      : `${plural(count, ticketForms)} assigned to ${name}.`,
  tag: (count: number, tag: string) => `Tag “${tag}” added to ${plural(count, ticketForms)}.`,
  undo: (count: number) => `Last step of ${plural(count, ticketForms)} taken back.`,
  nothing: 'Nothing had to be changed.',
  notUndone: 'Nothing was taken back: there is no step to undo, or the ticket was changed since.',
} as const

/** The sentence of a line of history, after the name of who did it. */
export function historySentence(line: HistoryLine): string {
  const { change } = line
  switch (change.kind) {
    case 'opened':
      return 'opened the ticket'
    case 'field':
      return fieldSentence(
        change.field,
        valueWords(change.field, change.from),
        valueWords(change.field, change.to),
      )
    case 'replied':
      return `replied to ${change.to}`
    case 'noted':
      return 'added an internal note'
    case 'attached':
      return `attached ${change.name} (${formatBytes(change.sizeBytes)})`
    case 'evidence':
      return `linked evidence: ${evidenceWords[change.evidence.kind]} – ${change.evidence.summary}`
    case 'tagged':
      return [
        ...(change.added.length > 0 ? [`added the tag ${change.added.join(', ')}`] : []),
        ...(change.removed.length > 0 ? [`removed the tag ${change.removed.join(', ')}`] : []),
      ].join(' and ')
    case 'undone':
      return 'took a step back'
    case 'delivery':
      return `reports on a reply: ${deliveryWords[change.state].toLowerCase()}${change.answer === '' ? '' : ` – ${change.answer}`}`
  }
}

/** A line of history that was undone says so. */
export const historyWords = { undone: 'undone', list: 'History of the ticket' } as const

type Field = Extract<HistoryLine['change'], { kind: 'field' }>['field']

const fieldWords: Readonly<Record<Field, string>> = {
  subject: 'the subject',
  requester: 'the requester',
  mailbox: 'the mailbox',
  assignee: 'the assignee',
  status: 'the status',
  priority: 'the priority',
  category: 'the category',
}

function valueWords(field: Field, value: string | null): string {
  if (value === null) return field === 'assignee' ? 'nobody' : 'none'
  const words = { status: statusWords, priority: priorityWords, category: categoryWords } as const
  const known: Readonly<Record<string, string>> = field in words ? words[field as keyof typeof words] : {}
  return known[value] ?? value
}

const fieldSentence = (field: Field, from: string, to: string): string =>
  field === 'mailbox' ? `changed ${fieldWords[field]}` : `changed ${fieldWords[field]} from ${from} to ${to}`
