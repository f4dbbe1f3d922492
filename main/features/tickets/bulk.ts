import type { TicketChange } from '../../../core/tickets/events.ts'
import type { BulkAction, BulkResult } from '../../../core/tickets/shapes.ts'
import type { Me } from './authorship.ts'
import type { HandlerDeps } from './handlers.ts'
import { resolveAssignee } from './service.ts'

type Unchanged = BulkResult['unchanged'][number]
type Done = { readonly stepId: string | null } | { readonly reason: Unchanged['reason'] }

/** Does the same to many tickets, each as a step of its own, so that each can be undone on its own. */
export async function changeMany(
  deps: Pick<HandlerDeps, 'db' | 'me' | 'changed'>,
  ticketIds: readonly string[],
  action: BulkAction,
): Promise<BulkResult> {
  const me = await deps.me()
  const unchanged: Unchanged[] = []
  const changedIds: string[] = []
  const stepIds: string[] = []
  for (const ticketId of new Set(ticketIds)) {
    const done = await changeOne(deps, ticketId, action, me)
    if ('reason' in done) unchanged.push({ ticketId, reason: done.reason })
    else {
      changedIds.push(ticketId)
      if (done.stepId !== null) stepIds.push(done.stepId)
    }
  }
  if (changedIds.length > 0) deps.changed(changedIds)
  return { changed: changedIds.length, stepIds, unchanged }
}

async function changeOne(
  { db }: Pick<HandlerDeps, 'db'>,
  ticketId: string,
  action: BulkAction,
  me: Me,
): Promise<Done> {
  if (action.kind === 'undo') {
    const outcome = await db.tickets.undoLastStep(ticketId, me.by, action.stepIds ?? null)
    return outcome === 'undone' ? { stepId: null } : { reason: outcome }
  }
  const appended = await db.tickets.appendToTicket(ticketId, [toChange(action, me)], me.by)
  return appended.outcome === 'written'
    ? { stepId: appended.eventIds[0] ?? null }
    : { reason: appended.outcome }
}

function toChange(action: Exclude<BulkAction, { kind: 'undo' }>, me: Me): TicketChange {
  switch (action.kind) {
    case 'assign':
      return { type: 'assigned', assignee: resolveAssignee(action.assignee, me) }
    case 'status':
      return { type: 'status_changed', status: action.status }
    case 'priority':
      return { type: 'priority_changed', priority: action.priority }
    case 'category':
      return { type: 'category_changed', category: action.category }
    case 'tag':
      return { type: 'tagged', added: [action.tag], removed: [] }
  }
}
