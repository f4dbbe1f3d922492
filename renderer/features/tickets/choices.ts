import { assigneeKey, ticketCategory, ticketPriority, ticketStatus } from '../../../core/tickets/types.ts'
import type { Assignee } from '../../../core/tickets/types.ts'
import { categoryWords, priorityWords, queueWords, statusWords } from '../../i18n/tickets.ts'
import { useQueryOf } from '../../ipc/index.ts'

/** One alternative of a menu or field. */
export interface Option<T extends string> {
  readonly value: T
  readonly label: string
}

export const statusOptions = ticketStatus.options.map((value) => ({ value, label: statusWords[value] }))
export const priorityOptions = ticketPriority.options
  .toReversed()
  .map((value) => ({ value, label: priorityWords[value] }))
export const categoryOptions = ticketCategory.options.map((value) => ({ value, label: categoryWords[value] }))

/** Technicians to choose from: whoever works here first, then the others, then nobody ('' as value). */
export interface AssigneeChoices {
  readonly options: readonly Option<string>[]
  /** Null while it is not known who works here. */
  readonly meKey: string | null
  readonly meName: string
  /** What the contract takes for a value. */
  resolve(value: string): 'me' | Assignee | null
}

export function useAssigneeChoices(): AssigneeChoices {
  const { data } = useQueryOf('tickets.assignees', {})
  const me = data?.me ?? null
  const meKey = me === null ? null : assigneeKey(me)
  const others = (data?.assignees ?? []).filter((one) => assigneeKey(one) !== meKey)
  return {
    meKey,
    meName: me?.name ?? '',
    options: [
      ...(me === null ? [] : [{ value: assigneeKey(me), label: queueWords.me(me.name) }]),
      ...others.map((one) => ({ value: assigneeKey(one), label: one.name || one.email })),
      { value: '', label: queueWords.unassigned },
    ],
    resolve: (value) => {
      if (value === '') return null
      return value === meKey ? 'me' : (others.find((one) => assigneeKey(one) === value) ?? null)
    },
  }
}
