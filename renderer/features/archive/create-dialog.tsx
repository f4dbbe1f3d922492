import { contract } from '../../../core/contract/index.ts'
import { archiveFormWords as words } from '../../i18n/archive.ts'
import { useCommand } from '../../ipc/index.ts'
import { Dialog, DialogForm, TextField, useForm } from '../../ui/index.ts'

const { input } = contract.archive.endpoints.create

interface CreateDialogProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly onCreated: (archiveId: string) => void
}

/** Makes an empty archive. */
export function CreateDialog(props: CreateDialogProps) {
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={words.createTitle}>
      <CreateForm {...props} />
    </Dialog>
  )
}

function CreateForm({ onClose, onCreated }: CreateDialogProps) {
  const form = useForm<{ name: string; path: string }>(input, { name: words.defaultName, path: '' })
  const create = useCommand('archive.create')
  const send = (): void =>
    form.submit(({ name, path }) =>
      create.mutate(
        { name, path: path.trim() === '' ? null : path.trim() },
        { onSuccess: ({ archiveId }) => onCreated(archiveId) },
      ),
    )
  return (
    <DialogForm
      act={words.createAct}
      pending={create.isPending}
      error={create.error}
      onSubmit={send}
      onClose={onClose}
    >
      <TextField label={words.name} hint={words.nameHint} required autoFocus {...form.field('name')} />
      <TextField label={words.path} hint={words.pathHint} {...form.field('path')} />
    </DialogForm>
  )
}
