import { z } from 'zod'
import { emailPattern } from '../../../core/accounts/address.ts'
import type { Person } from '../../../core/accounts/types.ts'
import { mailboxFormWords, personWords as words } from '../../i18n/accounts.ts'
import { uiWords } from '../../i18n/ui.ts'
import { useCommand } from '../../ipc/index.ts'
import { Button, ErrorState, Group, Modal, Stack, TextField, toastDone, useForm } from '../../ui/index.ts'

const schema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  email: z.string().trim().max(320).regex(emailPattern, mailboxFormWords.addressBad),
})

interface PersonFormProps {
  readonly person: Person
  readonly opened: boolean
  readonly onClose: () => void
}

/** Changes a person's name and address. */
export function PersonForm(props: PersonFormProps) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={words.edit}
      closeButtonProps={{ 'aria-label': uiWords.close }}
    >
      <Fields {...props} />
    </Modal>
  )
}

function Fields({ person, onClose }: PersonFormProps) {
  const form = useForm(schema, { name: person.name, email: person.email })
  const edit = useCommand('accounts.edit')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        form.submit((values) =>
          edit.mutate(
            { personId: person.personId, ...values },
            {
              onSuccess: (saved) => {
                toastDone(words.saved(saved.name))
                onClose()
              },
            },
          ),
        )
      }}
    >
      <Stack gap="md">
        <TextField label={words.name} required autoFocus {...form.field('name')} />
        <TextField label={words.email} kind="email" required {...form.field('email')} />
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
