import type { TicketEvent } from './events.ts'
import type { ReplyDelivery, TimelineEntry } from './shapes.ts'

/** The conversation, oldest first, from events in order and in force. */
export function buildTimeline(
  inForce: readonly TicketEvent[],
  deliveries: ReadonlyMap<string, ReplyDelivery>,
): TimelineEntry[] {
  return inForce.flatMap((event): TimelineEntry[] => {
    const { eventId, atMs, actor } = event
    switch (event.type) {
      case 'opened':
        return [{ kind: 'request', eventId, atMs, actor, body: event.description }]
      case 'replied': {
        const { to, body, messageId, attachmentIds } = event
        const delivery = deliveries.get(eventId) ?? { state: 'queued', answer: '', atMs }
        return [{ kind: 'public_reply', eventId, atMs, actor, to, body, messageId, attachmentIds, delivery }]
      }
      case 'noted':
        return [
          {
            kind: 'internal_note',
            eventId,
            atMs,
            actor,
            body: event.body,
            attachmentIds: event.attachmentIds,
          },
        ]
      case 'evidence_linked':
        return [{ kind: 'evidence', eventId, atMs, actor, evidence: event.evidence }]
      case 'status_changed':
        return [{ kind: 'status', eventId, atMs, actor, status: event.status }]
      default:
        return []
    }
  })
}

/** All words of a ticket that a search should find, as one text. */
export function searchableBody(timeline: readonly TimelineEntry[]): string {
  return timeline
    .map((entry) => {
      if (entry.kind === 'evidence') return entry.evidence.summary
      return entry.kind === 'status' ? '' : entry.body
    })
    .filter((text) => text !== '')
    .join('\n')
}
