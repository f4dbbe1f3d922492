import { IconFilter } from '@tabler/icons-react'
import { useState } from 'react'
import type { TicketFilter, TicketSort } from '../../../core/tickets/views.ts'
import { deliveryState } from '../../../core/tickets/events.ts'
import { ticketSort, unsentStates } from '../../../core/tickets/views.ts'
import { deliveryWords, queueWords as words, sortWords, ticketWords } from '../../i18n/tickets.ts'
import { useCommand } from '../../ipc/index.ts'
import {
  Button,
  Group,
  Popover,
  SelectField,
  Stack,
  TextField,
  toastDone,
  toastError,
} from '../../ui/index.ts'
import { categoryOptions, priorityOptions, statusOptions, useAssigneeChoices } from './choices.ts'

const sortOptions = ticketSort.options.map((value) => ({ value, label: sortWords[value] }))

/** One field of the filter; emptied, it lets everything pass. */
function Narrowing<T extends string>(props: {
  readonly label: string
  readonly placeholder: string
  readonly value: T | null
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T | null) => void
}) {
  return <SelectField {...props} inPopover clearable error={null} />
}

const replyOptions = [
  { value: unsentStates.join(' '), label: words.unsentReplies },
  ...unsentStates.map((value) => ({ value, label: deliveryWords[value] })),
]

function repliesOf(value: string | null): TicketFilter['replyStates'] {
  return value === null ? undefined : deliveryState.array().parse(value.split(' '))
}

/** A filter of one's own and the order of the list; it can be saved as a view. */
export function FilterPanel(props: {
  readonly filter: TicketFilter
  readonly sort: TicketSort
  readonly isOwn: boolean
  readonly onFilter: (filter: TicketFilter | null) => void
  readonly onSort: (sort: TicketSort) => void
  readonly onSaved: (viewId: string) => void
}) {
  const { filter, onFilter } = props
  const [opened, setOpened] = useState(false)
  const people = useAssigneeChoices()
  const assigned = [
    { value: 'me', label: words.me(people.meName) },
    { value: 'nobody', label: words.unassigned },
  ].concat(
    people.options
      .filter(({ value }) => value !== people.meKey && value !== '')
      .map((option) => ({ ...option })),
  )
  const put = (change: Partial<TicketFilter>): void => {
    const next = Object.fromEntries(
      Object.entries({ ...filter, ...change }).filter(([, value]) => value !== undefined),
    )
    onFilter(Object.keys(next).length === 0 ? null : next)
  }
  const listOf = <T extends string>(value: T | null): T[] | undefined =>
    value === null ? undefined : [value]
  const size = Object.keys(filter).length
  return (
    <Popover width={300} position="bottom-end" trapFocus opened={opened} onChange={setOpened}>
      <Popover.Target>
        <Button
          leftSection={<IconFilter size={14} aria-hidden />}
          variant={props.isOwn ? 'light' : 'default'}
          onClick={() => setOpened((before) => !before)}
        >
          {size > 0 ? words.filterOn(size) : words.filter}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <SelectField
            inPopover
            label={words.sortedBy}
            error={null}
            value={props.sort}
            options={sortOptions}
            onChange={(sort) => sort !== null && props.onSort(sort)}
          />
          <Narrowing
            label={ticketWords.status}
            placeholder={words.anyStatus}
            value={filter.statuses?.length === 1 ? (filter.statuses[0] ?? null) : null}
            options={statusOptions}
            onChange={(value) => put({ statuses: listOf(value) })}
          />
          <Narrowing
            label={ticketWords.priority}
            placeholder={words.anyPriority}
            value={filter.priorities?.[0] ?? null}
            options={priorityOptions}
            onChange={(value) => put({ priorities: listOf(value) })}
          />
          <Narrowing
            label={ticketWords.category}
            placeholder={words.anyCategory}
            value={filter.categories?.[0] ?? null}
            options={categoryOptions}
            onChange={(value) => put({ categories: listOf(value) })}
          />
          <Narrowing
            label={ticketWords.assignee}
            placeholder={words.anybody}
            value={filter.assignedTo ?? null}
            options={assigned}
            onChange={(value) => put({ assignedTo: value ?? undefined })}
          />
          <TextField
            label={ticketWords.tags}
            error={null}
            placeholder={words.anyTag}
            value={filter.tag ?? ''}
            onChange={(value) => put({ tag: value === '' ? undefined : value })}
          />
          <Narrowing
            label={words.replies}
            placeholder={words.anyReplies}
            value={filter.replyStates?.join(' ') ?? null}
            options={replyOptions}
            onChange={(value) => put({ replyStates: repliesOf(value) })}
          />
          {props.isOwn && (
            <SaveView
              filter={filter}
              sort={props.sort}
              onSaved={(viewId) => {
                setOpened(false)
                props.onSaved(viewId)
              }}
              onClear={() => onFilter(null)}
            />
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

function SaveView(props: {
  readonly filter: TicketFilter
  readonly sort: TicketSort
  readonly onSaved: (viewId: string) => void
  readonly onClear: () => void
}) {
  const [name, setName] = useState('')
  const save = useCommand('tickets.saveView')
  const submit = (): void => {
    if (name.trim() === '') return
    save.mutate(
      { name, filter: props.filter, sort: props.sort },
      {
        onSuccess: ({ viewId }) => {
          toastDone(words.viewSaved(name))
          setName('')
          props.onSaved(viewId)
        },
        onError: toastError,
      },
    )
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Stack gap="xs">
        <TextField label={words.viewName} error={null} value={name} onChange={setName} />
        <Group gap="xs" justify="space-between">
          <Button onClick={props.onClear}>{words.clearFilter}</Button>
          <Button type="submit" variant="filled" disabled={name.trim() === ''} loading={save.isPending}>
            {words.saveView}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
