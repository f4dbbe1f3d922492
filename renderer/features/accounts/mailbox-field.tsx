import { useState } from 'react'
import { useQueryOf } from '../../ipc/index.ts'
import { EmptyState, QueryView, SelectField } from '../../ui/index.ts'

const offered = 500

/** Chooses one of the desk's mailboxes by name or address. */
export function MailboxField(props: {
  readonly label: string
  readonly hint: string
  readonly placeholder: string
  /** Shown when no mailbox is connected at all. */
  readonly none: string
  readonly value: string | null
  readonly onChange: (mailboxId: string | null) => void
}) {
  const [text, setText] = useState('')
  const list = useQueryOf('accounts.listMailboxes', { text, limit: offered }, { keepPrevious: true })
  return (
    <QueryView query={list} rows={1}>
      {({ mailboxes, total }) =>
        total === 0 && text === '' ? (
          <EmptyState title={props.none} />
        ) : (
          <SelectField
            label={props.label}
            hint={props.hint}
            placeholder={props.placeholder}
            searchable
            onSearch={setText}
            value={props.value}
            error={null}
            onChange={props.onChange}
            options={mailboxes.map(({ mailboxId, personName, address }) => ({
              value: mailboxId,
              label: `${personName} · ${address}`,
            }))}
          />
        )
      }
    </QueryView>
  )
}
