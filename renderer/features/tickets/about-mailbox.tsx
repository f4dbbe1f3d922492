import { formWords as words } from '../../i18n/tickets.ts'
import type { FieldProps } from '../../ui/index.ts'
import { MailboxField } from '../accounts/index.tsx'

/** The mailbox that a ticket is about, or none. */
export function AboutMailbox(props: FieldProps<string | null>) {
  return (
    <MailboxField {...props} label={words.mailbox} hint={words.mailboxHint} placeholder={words.noMailbox} />
  )
}
