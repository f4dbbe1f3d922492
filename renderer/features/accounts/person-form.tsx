import { z } from 'zod'
import { emailPattern } from '../../../core/accounts/address.ts'
import type { Person } from '../../../core/accounts/types.ts'
import { mailboxFormWords, personWords as words } from '../../i18n/accounts.ts'
import { useCommand } from '../../ipc/index.ts'
import { Dialog, DialogForm, TextField, toastDone, useForm } from '../../ui/index.ts'

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
    <Dialog opened={props.opened} onClose={props.onClose} title={words.edit}>
      <Fields {...props} />
    </Dialog>
  )
}

function Fields({ person, onClose }: PersonFormProps) {
  const { personId, name, email } = person
  const form = useForm(schema, { name, email })
  const edit = useCommand('accounts.edit')
  const save = (values: z.output<typeof schema>): void =>
    edit.mutate(
      { personId, ...values },
      {
        onSuccess: (saved) => {
          toastDone(words.saved(saved.name))
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
      <TextField label={words.name} required autoFocus {...form.field('name')} />
      <TextField label={words.email} kind="email" required {...form.field('email')} />
    </DialogForm>
  )
}
