import { useState } from 'react'
import { contract } from '../../../core/contract/index.ts'
import { archiveFormWords as words } from '../../i18n/archive.ts'
import { handoverWords } from '../../i18n/handover.ts'
import { useCommand } from '../../ipc/index.ts'
import { Button, Dialog, DialogForm, SecretField, TextField, useForm } from '../../ui/index.ts'
import { LiveRuns } from './live-runs.tsx'

const { input } = contract.archive.endpoints.open

interface OpenDialogProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly onOpened: (archiveId: string) => void
}

/** Opens an archive folder or a bundle from somewhere else, or checks a bundle without opening it. */
export function OpenDialog(props: OpenDialogProps) {
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={words.openTitle}>
      <OpenForm {...props} />
    </Dialog>
  )
}

function OpenForm({ onClose, onOpened }: OpenDialogProps) {
  const form = useForm(input, { path: '', secret: null })
  const [secret, setSecret] = useState('')
  const [fingerprint, setFingerprint] = useState('')
  const open = useCommand('archive.open')
  const check = useCommand('archive.verifyBundle')
  const given = secret === '' ? null : secret
  return (
    <DialogForm
      act={words.openAct}
      pending={open.isPending}
      error={open.error ?? check.error}
      onSubmit={() =>
        form.submit(({ path }) =>
          open.mutate({ path, secret: given }, { onSuccess: ({ archiveId }) => onOpened(archiveId) }),
        )
      }
      onClose={onClose}
      others={
        <Button
          loading={check.isPending}
          onClick={() =>
            form.submit(({ path }) =>
              check.mutate(
                { path, secret: given, fingerprint: fingerprint.trim() === '' ? null : fingerprint },
                { onSuccess: onClose },
              ),
            )
          }
        >
          {words.checkAct}
        </Button>
      }
    >
      <TextField
        label={words.openPath}
        hint={words.openPathHint}
        required
        autoFocus
        {...form.field('path')}
      />
      <SecretField
        label={handoverWords.secret}
        hint={handoverWords.secretHint}
        value={secret}
        error={null}
        onChange={setSecret}
      />
      <TextField
        label={handoverWords.fingerprint}
        hint={handoverWords.fingerprintHint}
        value={fingerprint}
        error={null}
        onChange={setFingerprint}
      />
      <LiveRuns />
    </DialogForm>
  )
}
