import type { TicketEvent } from './events.ts'

/** Without duplicates, in the one order that every machine agrees on: that of the event ids. */
export function orderEvents(events: readonly TicketEvent[]): readonly TicketEvent[] {
  const byId = new Map(events.map((event) => [event.eventId, event]))
  return [...byId.values()].sort((a, b) => (a.eventId < b.eventId ? -1 : 1))
}

/**
 * The steps that are undone. Read from the newest event back: an undo that is itself undone counts for
 * nothing. What cannot be taken back (the opening, a reply that has left, a server's answer) stays even when
 * another machine asked for it, so every machine comes to the same result.
 */
export function undoneSteps(ordered: readonly TicketEvent[]): ReadonlySet<string> {
  const fixed = fixedSteps(ordered)
  const undone = new Set<string>()
  for (const event of ordered.toReversed()) {
    if (event.type !== 'undone' || undone.has(event.stepId)) continue
    if (event.undoneStepId < event.stepId && !fixed.has(event.undoneStepId)) undone.add(event.undoneStepId)
  }
  return undone
}

/** The step that an undo would take back now: the last one in force, unless it is one of the fixed ones. */
export function findUndoableStep(ordered: readonly TicketEvent[]): string | null {
  const undone = undoneSteps(ordered)
  const last = ordered.findLast(
    (event) =>
      event.type !== 'undone' && event.type !== 'reply_delivery_changed' && !undone.has(event.stepId),
  )
  return last === undefined || fixedSteps(ordered).has(last.stepId) ? null : last.stepId
}

/** Steps that nothing can take back. */
function fixedSteps(ordered: readonly TicketEvent[]): ReadonlySet<string> {
  // Where it is not known whether a reply left, it is treated as gone.
  const left = new Set(
    ordered.flatMap((event) =>
      event.type === 'reply_delivery_changed' && (event.state === 'accepted' || event.state === 'unknown')
        ? [event.replyEventId]
        : [],
    ),
  )
  return new Set(
    ordered.flatMap((event) => {
      const isFixed =
        event.type === 'opened' ||
        event.type === 'reply_delivery_changed' ||
        (event.type === 'replied' && left.has(event.eventId))
      return isFixed ? [event.stepId] : []
    }),
  )
}
