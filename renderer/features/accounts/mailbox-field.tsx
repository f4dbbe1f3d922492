import { useState } from 'react'
import { mailboxFieldWords as words } from '../../i18n/accounts.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { EmptyState, QueryView, SelectField, type FieldProps } from '../../ui/index.ts'

const offered = 500

interface MailboxFieldProps extends FieldProps<string | null> {
  readonly label: string
  readonly hint: string
  readonly placeholder: string
  /** Shown when no mailbox is connected at all; left out where one can do without. */
  readonly none?: string
}

/** Chooses one of the desk's mailboxes by name or address. */
export function MailboxField({ none, hint, ...field }: MailboxFieldProps) {
  const [text, setText] = useState('')
  const list = useQueryOf('accounts.listMailboxes', { text, limit: offered }, { keepPrevious: true })
  return (
    <QueryView query={list} rows={1}>
      {({ mailboxes, total }) =>
        none !== undefined && total === 0 && text === '' ? (
          <EmptyState title={none} />
        ) : (
          <SelectField
            {...field}
            hint={total > mailboxes.length ? words.someOf(mailboxes.length, total) : hint}
            searchable
            clearable={none === undefined}
            onSearch={setText}
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
