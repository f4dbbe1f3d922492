import type { BulkAction } from '../../../core/tickets/shapes.ts'
import type { OutputOf } from '../../../core/contract/index.ts'
import { doneWords } from '../../i18n/ticket-history.ts'
import { useDesk } from '../../ipc/index.ts'
import { toastDone, toastError } from '../../ui/index.ts'

/** Does something to some tickets, says so, and offers to undo it. */
export type ActOnTickets = (
  ticketIds: readonly string[],
  action: BulkAction,
  assigneeName?: string,
) => Promise<void>

/** One way for one ticket and for many, so that both say the same and can both be undone. */
export function useTicketActions(): ActOnTickets {
  const { call } = useDesk()
  const act: ActOnTickets = async (ticketIds, action, assigneeName) => {
    if (ticketIds.length === 0) return
    try {
      const result = await call('tickets.bulk', { ticketIds: [...ticketIds], action })
      const changedIds = changedOf(ticketIds, result)
      if (changedIds.length === 0) toastDone(action.kind === 'undo' ? doneWords.notUndone : doneWords.nothing)
      else if (action.kind === 'undo') toastDone(doneWords.undo(changedIds.length))
      else
        toastDone(
          sentenceOf(action, changedIds.length, assigneeName),
          () => void act(changedIds, { kind: 'undo', stepIds: result.stepIds }),
        )
    } catch (error) {
      toastError(error)
    }
  }
  return act
}

function changedOf(ticketIds: readonly string[], result: OutputOf<'tickets.bulk'>): readonly string[] {
  const unchanged = new Set(result.unchanged.map(({ ticketId }) => ticketId))
  return ticketIds.filter((ticketId) => !unchanged.has(ticketId))
}

function sentenceOf(action: Exclude<BulkAction, { kind: 'undo' }>, count: number, assigneeName = ''): string {
  switch (action.kind) {
    case 'assign':
      return doneWords.assign(count, action.assignee === null ? null : assigneeName)
    case 'status':
      return doneWords.status(count, action.status)
    case 'priority':
      return doneWords.priority(count, action.priority)
    case 'category':
      return doneWords.category(count, action.category)
    case 'tag':
      return doneWords.tag(count, action.tag)
  }
}
