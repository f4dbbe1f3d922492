import { useState } from 'react'
import { contract } from '../../../core/contract/index.ts'
import { archiveFormWords as words } from '../../i18n/archive.ts'
import { keyWords } from '../../i18n/archive-keys.ts'
import { useCommand } from '../../ipc/index.ts'
import { Dialog, DialogForm, TextField, useForm } from '../../ui/index.ts'
import { EncryptionChoice } from './keys/encryption-choice.tsx'
import { RecoveryKeyOnce } from './keys/recovery-key-once.tsx'
import type { ShownKey } from './keys/recovery-key-once.tsx'

const { input } = contract.archive.endpoints.create

interface CreateDialogProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly onCreated: (archiveId: string) => void
}

/** Makes an empty archive, and shows the recovery key of an encrypted one before it is gone to. */
export function CreateDialog(props: CreateDialogProps) {
  const { opened, onClose, onCreated } = props
  const [shown, setShown] = useState<ShownKey | null>(null)
  const leave = (): void => {
    setShown(null)
    if (shown === null) onClose()
    else onCreated(shown.archiveId)
  }
  return (
    <Dialog opened={opened} onClose={leave} title={shown === null ? words.createTitle : keyWords.once.title}>
      {shown === null ? (
        <CreateForm {...props} onKey={setShown} />
      ) : (
        <RecoveryKeyOnce shown={shown} onDone={leave} />
      )}
    </Dialog>
  )
}

function CreateForm(props: CreateDialogProps & { readonly onKey: (shown: ShownKey) => void }) {
  const form = useForm<{ name: string; path: string }>(input, { name: words.defaultName, path: '' })
  const [encrypted, setEncrypted] = useState(true)
  const create = useCommand('archive.create')
  const send = (): void =>
    form.submit(({ name, path }) =>
      create.mutate(
        { name, path: path.trim() === '' ? null : path.trim(), encryption: encrypted ? 'default' : 'off' },
        {
          onSuccess: ({ archiveId, recoveryKey }) =>
            recoveryKey === null ? props.onCreated(archiveId) : props.onKey({ archiveId, name, recoveryKey }),
        },
      ),
    )
  return (
    <DialogForm
      act={words.createAct}
      pending={create.isPending}
      error={create.error}
      onSubmit={send}
      onClose={props.onClose}
    >
      <TextField label={words.name} hint={words.nameHint} required autoFocus {...form.field('name')} />
      <TextField label={words.path} hint={words.pathHint} {...form.field('path')} />
      <EncryptionChoice value={encrypted} onChange={setEncrypted} />
    </DialogForm>
  )
}
