import { mailboxFormWords as words } from '../../i18n/accounts.ts'
import { uiWords } from '../../i18n/ui.ts'
import { useCommand } from '../../ipc/index.ts'
import { Button, ErrorState, Group, Modal, Stack, toastDone, useForm } from '../../ui/index.ts'
import type { MailboxDetail } from './mailbox-card.tsx'
import { fieldsOf, mailboxValues, valuesOf } from './mailbox-fields.ts'
import { MailboxSettings } from './server-fields.tsx'

interface MailboxDialogProps {
  readonly mailbox: MailboxDetail
  readonly opened: boolean
  readonly onClose: () => void
}

/** Changes how a mailbox is reached. */
export function MailboxDialog(props: MailboxDialogProps) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      size="lg"
      title={words.editTitle(props.mailbox.address)}
      closeButtonProps={{ 'aria-label': uiWords.close }}
    >
      <Fields {...props} />
    </Modal>
  )
}

function Fields({ mailbox, onClose }: MailboxDialogProps) {
  const form = useForm(mailboxValues, valuesOf(mailbox))
  const edit = useCommand('accounts.editMailbox')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        form.submit((values) =>
          edit.mutate(
            { mailboxId: mailbox.mailboxId, ...fieldsOf(values) },
            {
              onSuccess: () => {
                toastDone(words.saved)
                onClose()
              },
            },
          ),
        )
      }}
    >
      <Stack gap="md">
        <MailboxSettings form={form} />
        {edit.error !== null && <ErrorState error={edit.error} inline />}
        <Group justify="flex-end" gap="xs">
          <Button onClick={onClose}>{uiWords.cancel}</Button>
          <Button type="submit" variant="filled" loading={edit.isPending}>
            {words.save}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
