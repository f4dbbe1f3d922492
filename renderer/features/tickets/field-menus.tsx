import type { TicketSummary } from '../../../core/tickets/shapes.ts'
import { assigneeKey } from '../../../core/tickets/types.ts'
import {
  categoryWords,
  priorityWords,
  queueWords,
  statusWords,
  ticketWords as words,
} from '../../i18n/tickets.ts'
import { categoryOptions, priorityOptions, statusOptions, useAssigneeChoices } from './choices.ts'
import { FieldMenu } from './field-menu.tsx'
import { PriorityMark } from './priority-mark.tsx'
import classes from './queue.module.css'
import { useQueue, type QueueMenu } from './queue-store.ts'
import { StatusDot } from './status-dot.tsx'
import { useTicketActions } from './use-ticket-actions.ts'

/**
 * Status, priority, category and assignee of one ticket, or of all that are selected (`ticket` null: no one
 * value is shown). `live`: these are the ones that the keys open.
 */
export function FieldMenus(props: {
  readonly ticketIds: readonly string[]
  readonly ticket: TicketSummary | null
  readonly live: boolean
}) {
  const { ticket, ticketIds } = props
  const menu = useQueue((queue) => queue.menu)
  const openMenu = useQueue((queue) => queue.openMenu)
  const act = useTicketActions()
  const people = useAssigneeChoices()
  const menuProps = (name: QueueMenu) => ({
    opened: props.live && menu === name,
    onOpenChange: (opened: boolean) => openMenu(opened ? name : null),
  })
  const assignTo = (value: string): void => {
    const name = people.options.find((option) => option.value === value)?.label
    void act(
      ticketIds,
      { kind: 'assign', assignee: people.resolve(value) },
      value === people.meKey ? people.meName : name,
    )
  }
  return (
    <>
      <FieldMenu
        label={words.status}
        keys="#"
        value={ticket?.status ?? null}
        shown={
          ticket === null ? (
            words.status
          ) : (
            <StatusDot status={ticket.status}>{statusWords[ticket.status]}</StatusDot>
          )
        }
        options={statusOptions}
        {...menuProps('status')}
        onPick={(status) => void act(ticketIds, { kind: 'status', status })}
      />
      <FieldMenu
        label={words.priority}
        keys="p"
        value={ticket?.priority ?? null}
        shown={
          ticket === null ? (
            words.priority
          ) : (
            <span className={classes.withMark}>
              <PriorityMark priority={ticket.priority} />
              {priorityWords[ticket.priority]}
            </span>
          )
        }
        options={priorityOptions}
        {...menuProps('priority')}
        onPick={(priority) => void act(ticketIds, { kind: 'priority', priority })}
      />
      <FieldMenu
        label={words.category}
        keys="t"
        value={ticket?.category ?? null}
        shown={ticket === null ? words.category : categoryWords[ticket.category]}
        options={categoryOptions}
        {...menuProps('category')}
        onPick={(category) => void act(ticketIds, { kind: 'category', category })}
      />
      <FieldMenu
        label={words.assignee}
        keys="a"
        value={ticket === null ? null : ticket.assignee === null ? '' : assigneeKey(ticket.assignee)}
        shown={ticket === null ? words.assignee : <bdi>{ticket.assignee?.name ?? queueWords.unassigned}</bdi>}
        options={people.options}
        {...menuProps('assign')}
        onPick={assignTo}
      />
    </>
  )
}
