import { mailboxFormWords as words } from '../../i18n/accounts.ts'
import { useCommand } from '../../ipc/index.ts'
import { Dialog, DialogForm, toastDone, useForm } from '../../ui/index.ts'
import type { MailboxDetail } from './mailbox-card.tsx'
import { fieldsOf, mailboxValues, valuesOf, type MailboxValues } from './mailbox-fields.ts'
import { MailboxSettings } from './server-fields.tsx'

interface MailboxDialogProps {
  readonly mailbox: MailboxDetail
  /** Values that stand in the form instead of the stored ones, for example the server that a finding names. */
  readonly proposed?: Partial<MailboxValues>
  readonly opened: boolean
  readonly onClose: () => void
}

/** Changes how a mailbox is reached. */
export function MailboxDialog(props: MailboxDialogProps) {
  const { opened, onClose, mailbox } = props
  return (
    <Dialog opened={opened} onClose={onClose} size="lg" title={words.editTitle(mailbox.address)}>
      <Fields {...props} />
    </Dialog>
  )
}

function Fields({ mailbox, proposed, onClose }: MailboxDialogProps) {
  const form = useForm(mailboxValues, { ...valuesOf(mailbox), ...proposed })
  const edit = useCommand('accounts.editMailbox')
  const save = (values: MailboxValues): void =>
    edit.mutate(
      { mailboxId: mailbox.mailboxId, ...fieldsOf(values) },
      {
        onSuccess: () => {
          toastDone(words.saved)
          onClose()
        },
      },
    )
  return (
    <DialogForm
      act={words.save}
      pending={edit.isPending}
      error={edit.error}
      onSubmit={() => form.submit(save)}
      onClose={onClose}
    >
      <MailboxSettings form={form} />
    </DialogForm>
  )
}
