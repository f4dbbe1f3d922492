import { formWords as words } from '../../i18n/tickets.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { SelectField } from '../../ui/index.ts'
import type { FieldProps } from '../../ui/index.ts'

/** Chooses one of the desk's mailboxes, or none. */
export function MailboxField(props: FieldProps<string | null>) {
  const mailboxes = useQueryOf('accounts.listMailboxes', { limit: 500 }).data?.mailboxes ?? []
  return (
    <SelectField
      label={words.mailbox}
      hint={words.mailboxHint}
      placeholder={words.noMailbox}
      options={mailboxes.map(({ mailboxId, address }) => ({ value: mailboxId, label: address }))}
      searchable
      clearable
      {...props}
    />
  )
}
